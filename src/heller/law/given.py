"""What the law needs to know of a case, gathered once: days, contacts that have legal weight, facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from msgspec import Struct

from heller.law.de.deadlines import default_begins, state_code
from heller.law.de.limitation import Talks
from heller.model.case import Case
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Outage
from heller.model.record import Contact, ContactKind
from heller.model.text import text

T = TypeVar("T")


class Given(Struct, frozen=True):
    """The legally relevant facts. `default` is the first day of default, None before a demand with a date."""

    as_of: date
    contacts: tuple[Contact, ...]
    talks: tuple[Talks, ...]
    state: str
    fault_share: Decimal
    agreed_cap: Money | None
    insured: Money
    mandate: date | None
    monthly_fee: Money | None
    provider_change: bool | None
    deducts_vat: bool | None
    staff: int | None
    demand: Contact | None
    default: date | None
    offer: Contact | None
    reported: date | None
    findings: tuple[Finding, ...]

    def of(self, *kinds: ContactKind) -> tuple[Contact, ...]:
        """The contacts of some kinds, in order of time."""
        return tuple(contact for contact in self.contacts if contact.kind in kinds)


def gather(case: Case, as_of: date) -> Given:
    """Read the facts and contacts up to a day; a fact that makes no sense costs a finding."""
    doubts: list[Finding] = []
    contacts = tuple(sorted(_until(case, as_of), key=_order))
    demand = next((c for c in contacts if c.kind is ContactKind.DEMAND and c.until), None)
    offers = [c for c in contacts if c.kind is ContactKind.OFFER and c.amount and c.incoming]
    reports = [day_of(case, c) for c in contacts if c.kind is ContactKind.FAULT_REPORT]
    state = state_code(case.fact("firm.state"))
    return Given(
        as_of=as_of,
        contacts=contacts,
        talks=_talks(case, contacts, as_of),
        state=state,
        fault_share=_fact(case, "fault.share", _share, doubts) or Decimal(0),
        agreed_cap=_fact(case, "line.agreed_cap", _not_negative, doubts),
        insured=_fact(case, "insurance.paid", _not_negative, doubts) or ZERO,
        mandate=_fact(case, "lawyer.mandate", date.fromisoformat, doubts),
        monthly_fee=_fact(case, "line.monthly_fee", _not_negative, doubts),
        provider_change=case.yes("line.provider_change"),
        deducts_vat=case.yes("firm.deducts_input_vat"),
        staff=_fact(case, "firm.staff", lambda value: int(Decimal(value)), doubts),
        demand=demand,
        default=default_begins(demand.until, state) if demand and demand.until else None,
        offer=offers[-1] if offers else None,
        reported=reports[0] if reports else None,
        findings=tuple(doubts),
    )


def day_of(case: Case, contact: Contact) -> date:
    """The calendar day of a contact at the site."""
    return contact.at.astimezone(case.tz).date()


def first_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the line was certainly dead for the first time."""
    return outage.start.latest.astimezone(case.tz).date()


def last_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the service was certainly back."""
    return outage.end.latest.astimezone(case.tz).date()


def _until(case: Case, as_of: date) -> list[Contact]:
    return [contact for contact in case.records(Contact) if day_of(case, contact) <= as_of]


def _order(contact: Contact) -> tuple[datetime, bool]:
    """By time; of one letter that offers and refuses, the refusal comes last."""
    return contact.at, contact.kind is ContactKind.REFUSAL


def _talks(case: Case, contacts: tuple[Contact, ...], as_of: date) -> tuple[Talks, ...]:
    """Negotiations run from an invitation or offer to the next refusal, or are still open."""
    out: list[Talks] = []
    began: date | None = None
    for contact in contacts:
        day = day_of(case, contact)
        if contact.kind in {ContactKind.INVITATION, ContactKind.OFFER} and began is None:
            began = day
        elif contact.kind is ContactKind.REFUSAL and began is not None:
            out.append(Talks(began, day))
            began = None
    if began is not None:
        out.append(Talks(began, as_of))
    return tuple(out)


def _fact(case: Case, key: str, parse: Callable[[str], T], doubts: list[Finding]) -> T | None:
    said = case.fact(key)
    if said is None:
        return None
    try:
        return parse(said)
    except (ValueError, InvalidOperation, OverflowError):
        doubts.append(
            Finding(
                "law.odd_fact",
                text(
                    "The fact {key} says '{value}'; that cannot be used and was left out.",
                    key=key,
                    value=said,
                ),
                text("Correct the fact."),
                Weight.REFUSED,
            )
        )
        return None


def _share(value: str) -> Decimal:
    share = Decimal(value)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return share


def _not_negative(value: str) -> Money:
    amount = Money.of(value)
    if amount < ZERO:
        raise ValueError(value)
    return amount
