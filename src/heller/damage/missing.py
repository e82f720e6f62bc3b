"""What is missing: of each position the proof that would raise it, by how much, until when it can be had.

The heads name their own gaps; this file adds what others keep and delete, and puts all in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from heller.damage.head import Event
from heller.model import retention
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.damage import Missing, Position
from heller.model.facts import provider
from heller.model.kinds.invoice import Invoice
from heller.model.retention import RetentionPeriod
from heller.model.text import Text, text


def kept_by_others(case: Case, event: Event, positions: Sequence[Position]) -> Iterable[Missing]:
    """What carriers delete: it shows which connection carried the firm, and what it cost."""
    first, last = (moment.astimezone(case.tz).date() for moment in (event.span.start, event.span.end))
    bridged = _sum(positions, "mobile_data", "emergency_line")
    yield _missing_mobile_data(
        retention.CONNECTION_DATA,
        first,
        text(
            "Connection data of the line and of the mobile contracts: they show which one the firm worked over."
        ),
        bridged,
    )
    yield _missing_mobile_data(
        retention.ONLINE_INVOICES,
        last,
        text("Itemised mobile invoices of the time of the outage."),
        _sum(positions, "mobile_data"),
    )
    if _names(case, "sipgate"):
        calls = text("Itemised calls of the telephone system: an empty stretch shows that nobody could call.")
        yield _missing_mobile_data(retention.SIPGATE_CALLS, first, calls, None)


def _missing_mobile_data(kept: RetentionPeriod, day: date, said: Text, secures: Range | None) -> Missing:
    return Missing("mobile_data", said, until=kept.until(day), secures=secures, kept_by=kept.by)


def _sum(positions: Sequence[Position], *heads: str) -> Range | None:
    """What is counted under some heads, None where that is nothing."""
    found = sum((p.amount for p in positions if p.head in heads and p.recoverable), Range())
    return found if found != Range() else None


def _names(case: Case, company: str) -> bool:
    """Whether a company is the provider or has sent an invoice."""
    sellers = [invoice.seller for invoice in case.records(Invoice)]
    return any(company in name.casefold() for name in (case.facts[provider.NAME] or "", *sellers))


def with_security(missing: Iterable[Missing], positions: Sequence[Position]) -> Iterable[Missing]:
    """Each gap with what it would prove better: the part of its head that no third party's paper shows."""
    for gap in missing:
        weak = [
            p.amount
            for p in positions
            if p.head == gap.head and p.recoverable and p.grade is not ProofGrade.RECEIPT
        ]
        amount = sum(weak, Range())
        silent = gap.secures is None and gap.worth is None and gap.kept_by is None and amount != Range()
        yield replace(gap, secures=amount) if silent else gap


def rank(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """What adds most comes first, then what secures most, then what is deleted first; what is gone last."""
    return tuple(sorted(missing, key=_rank))


def _rank(gap: Missing) -> tuple[bool, int, int, date]:
    worth, secures = (r.high.cents if r else 0 for r in (gap.worth, gap.secures))
    return gap.gone, -worth, -secures, gap.until or date.max


def as_of(missing: Iterable[Missing], day: date) -> tuple[Missing, ...]:
    """The list as it stands on a day: what can probably no longer be had is marked and stands last."""
    return rank(replace(gap, gone=gap.until is not None and gap.until < day) for gap in missing)
