"""What `heller note` reads of the terms of an offer and of an own policy."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from heller.intake.written import canonical, numbers
from heller.model.errors import InputRefused
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import ZERO, Money
from heller.model.terms import Terms, Waiver
from heller.model.text import Text, text

T = TypeVar("T")
MOST_HOURS, MOST_DAYS = 24 * 366, 3660

WAIVER_WORDS = {
    "nothing": Waiver.NONE, "nichts": Waiver.NONE, "none": Waiver.NONE,
    "outage": Waiver.OUTAGE, "ausfall": Waiver.OUTAGE,
    "all": Waiver.ALL, "alles": Waiver.ALL,
}  # fmt: skip
POLICY_WORDS = {
    "betriebsunterbrechung": PolicyKind.BUSINESS_INTERRUPTION,
    "business interruption": PolicyKind.BUSINESS_INTERRUPTION,
    "elektronik": PolicyKind.ELECTRONICS,
    "electronics": PolicyKind.ELECTRONICS,
    "cyber": PolicyKind.CYBER,
    "rechtsschutz": PolicyKind.LEGAL_EXPENSES,
    "legal expenses": PolicyKind.LEGAL_EXPENSES,
}


class TypedOffer(NamedTuple):
    """The options of an offer, as typed: a credit on future bills, its worth to the firm, what is given up."""

    credit: str | None = None
    worth: str | None = None
    waives: str | None = None


class TypedPolicy(NamedTuple):
    """The options of a policy, as typed, in the order in which they are asked for."""

    deductible: str | None = None
    limit: str | None = None
    waiting: str | None = None
    waiting_deducted: str | None = None
    notice: str | None = None
    notified: str | None = None
    covers: str | None = None


def terms(details: TypedOffer) -> Terms | None:
    """The terms of an offer, None where none was typed. Raises InputRefused."""
    if details.credit is None and details.worth is None and details.waives is None:
        return None
    waived = WAIVER_WORDS.get(canonical.fold(details.waives or ""))
    return Terms(
        credit=_read(details.credit, _euros(details.credit)),
        credit_worth=_read(details.worth, canonical.share(details.worth or "")),
        waiver=_read(details.waives, waived) or Waiver.UNSTATED,
    )


def policy(said: list[str], details: TypedPolicy) -> Policy:
    """A policy: its kind, its insurer, its terms. Raises InputRefused."""
    kind = POLICY_WORDS.get(canonical.fold(said[0])) if said else None
    if kind is None:
        raise _refused(
            text("There is no kind of policy called {kind}.", kind=said[0] if said else "''"),
            text("Kinds are: business_interruption, electronics, cyber, legal_expenses."),
        )
    return Policy(
        kind=kind,
        insurer=" ".join(said[1:]),
        deductible=_read(details.deductible, _euros(details.deductible)) or ZERO,
        limit=_read(details.limit, _euros(details.limit)),
        waiting_hours=_read(details.waiting, _whole(details.waiting, MOST_HOURS)) or 0,
        waiting_deducted=_read_yes(details.waiting_deducted),
        notice_days=_read(details.notice, _whole(details.notice, MOST_DAYS)),
        notified=_read(details.notified, numbers.day(details.notified or "")),
        covers=_read_yes(details.covers),
    )


def _read(raw: str | None, value: T | None) -> T | None:
    """What was read; InputRefused where something was typed and nothing could be read."""
    if raw is not None and value is None:
        raise _refused(
            text("{raw} cannot be read.", raw=raw or "''"),
            text(
                "Write amounts as 3.000,00, shares as 38 %, days as 04.02.2015, hours and days as whole "
                "numbers, yes or no as yes or no; what is given up as nothing, outage or all."
            ),
        )
    return None if raw is None else value


def _read_yes(raw: str | None) -> bool | None:
    said = _read(raw, canonical.yes_no(raw or ""))
    return None if said is None else said == "yes"


def _euros(raw: str | None) -> Money | None:
    found = numbers.amount(raw or "")
    return found if found is not None and found.currency == "EUR" and found >= ZERO else None


def _whole(raw: str | None, most: int) -> int | None:
    found = numbers.decimal(raw or "")
    return int(found) if found is not None and found == int(found) and 0 <= found <= most else None


def _refused(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
