"""The events of a claim as rows: bounds, cause, proof, sum, state. The one that makes most of the money leads, what
only stands beside the claim follows. The screen, the browser and the dossier show the same rows."""

from __future__ import annotations

from msgspec import Struct

from heller.dossier.names import CAUSES, STRENGTHS
from heller.model.amount import Range
from heller.model.claim import Claim, EventClaim
from heller.model.event import EventDebt, EventKind, LineEvent
from heller.model.outage import Strength
from heller.model.text import Text, text

KINDS: dict[EventKind, Text] = {
    EventKind.OUTAGE: text("outage"),
    EventKind.MICRO: text("minutes"),
    EventKind.WORK: text("announced work"),
    EventKind.SLOW: text("slow"),
    EventKind.ASKED: text("line not named"),
}


class EventRow(Struct, frozen=True):
    """One event. `damage` holds its claims of their own too; `due` is None where it enters no claim; `state` says where
    it stands, or on what it rests."""

    line: str
    kind: Text
    when: Text
    cause: Text
    proof: Text
    state: Text
    damage: Range | None = None
    due: Range | None = None
    key: str = ""


def rows(claim: Claim) -> tuple[EventRow, ...]:
    """All events, those of the claim by what is due."""
    debts = {debt.event: debt for debtor in claim.debts for debt in debtor.events}
    by_sum = sorted(claim.by_event, key=lambda e: (-e.waterfall.due.likely.cents, e.event.span))
    beside = [event for event in claim.events if event.kind is not EventKind.OUTAGE]
    return (
        *(_claimed(one, debts.get(one.event.key), claim) for one in by_sum),
        *(_event_row(event) for event in beside),
    )


def several(claim: Claim) -> bool:
    """Whether there is more than one event to show."""
    return len(claim.events) > 1


def _claimed(one: EventClaim, debt: EventDebt | None, claim: Claim) -> EventRow:
    event = one.event
    return EventRow(
        event.line,
        KINDS[event.kind],
        bounds(event),
        _cause(event),
        _proof(event),
        _state(event, debt, claim),
        one.assessment.total + one.assessment.apart,
        one.waterfall.due,
        event.key,
    )


def _event_row(event: LineEvent) -> EventRow:
    cause, proof = (_cause(event), _proof(event)) if event.outages else (Text("–"), Text("–"))
    return EventRow(
        event.line, KINDS[event.kind], bounds(event), cause, proof, event.footing or Text(""), key=event.key
    )


def bounds(event: LineEvent) -> Text:
    """From the first certain moment to the last, and how long the line was dead in it."""
    span = event.span
    if event.open:
        return text("since {start}, still down", start=span.start)
    if event.kind is EventKind.SLOW:
        return text("{start} to {end}", start=span.start, end=span.end)
    if len(event.outages) > 1:
        return text(
            "{start} to {end}, down for {length} in {n} outages",
            start=span.start,
            end=span.end,
            length=event.dead,
            n=len(event.outages),
        )
    return text("{start} to {end}, down for {length}", start=span.start, end=span.end, length=event.dead)


def _cause(event: LineEvent) -> Text:
    return CAUSES[max(event.outages, key=lambda one: one.shortest).cause]


def _proof(event: LineEvent) -> Text:
    order = list(Strength)
    return STRENGTHS[max((one.strength for one in event.outages), key=order.index)]


def _state(event: LineEvent, debt: EventDebt | None, claim: Claim) -> Text:
    on = claim.waterfall.as_of
    if debt is not None and debt.barred is not None and debt.barred < on:
        return text("may be time-barred since {day}", day=debt.barred)
    if debt is not None and debt.default is not None and debt.default <= on:
        return text("in default since {day}", day=debt.default)
    return (
        text("not demanded yet")
        if debt is None or debt.default is None
        else text("demanded, not in default yet")
    )
