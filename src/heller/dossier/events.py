"""All that happened, in order of time: what records say of themselves, and the outages. One chronology for every page.

What has a day only stands at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from heller.dossier import rows_at_the_cut
from heller.dossier.writer import Pen
from heller.model.kinds import kinds
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.record_kind import ChronologyEvent
from heller.model.span import Bounds
from heller.model.text import Text, text


def events(pen: Pen) -> list[ChronologyEvent]:
    """Every event of the case in order of time."""
    outages = [event for outage in pen.claim.seen for event in _outage(outage, pen)]
    return sorted((*_recorded(pen), *outages), key=lambda event: moment(event, pen))


def moment(event: ChronologyEvent, pen: Pen) -> datetime:
    """When an event happened, for the order of events."""
    if isinstance(event.at, datetime):
        return event.at
    return datetime.combine(event.at, time(23, 59), pen.words.zone).astimezone(UTC)


def _recorded(pen: Pen) -> Iterator[ChronologyEvent]:
    for kind in kinds().values():
        for record in pen.case.records(kind.of):
            if event := kind.event(record):
                yield event


def _outage(outage: Outage, pen: Pen) -> Iterator[ChronologyEvent]:
    start, end, down = text("Start of the outage"), text("End of the outage"), "up"
    if isinstance(outage.start, OpenStart):
        start = text("The line is down; when it went down was not measured")
    if isinstance(outage.end, OpenEnd):
        end, down = text("The line is still down, last measured now"), "down"
    if pen.case.lines:
        start, end = (text("{event}: {what}", event=outage.line, what=said) for said in (start, end))
    yield _edge(outage.start, outage.start.latest, "down", start, pen)
    yield _edge(outage.end, outage.end.earliest, down, end, pen)
    for said in outage.ends:
        if abs(said.at - outage.widest.end) < timedelta(minutes=1) and said.holds:
            continue
        title = (
            text("End of the outage, borne out by the measurements")
            if said.holds
            else text("Claimed end, not borne out by the measurements")
        )
        tone = "up" if said.holds else "doubt"
        yield ChronologyEvent(
            said.at, tone, title, said.said_by, more=(said.why,), sources=said.sources, printed=False
        )


def _edge(
    edge: Bounds | OpenStart | OpenEnd, at: datetime, tone: str, title: Text, pen: Pen
) -> ChronologyEvent:
    known = rows_at_the_cut.known(edge)
    more: tuple[Text, ...] = ()
    if isinstance(edge, Bounds):
        more = (text("It lies {between}.", between=pen.between(known.earliest, known.latest)),)
    return ChronologyEvent(
        at, tone, title, more=more, sources=tuple(rows_at_the_cut.rows_at(pen.case, known))
    )


def with_whom(event: ChronologyEvent, pen: Pen) -> str:
    """The other side of an event, and by which way."""
    if not event.ours or not event.who:
        return event.who
    return pen(text("to {who}", who=event.who))


def details(event: ChronologyEvent, pen: Pen) -> Iterator[str]:
    """What is to be said of an event beside its title and its words."""
    if event.amount is not None and not event.receipt:
        yield pen(text("Amount: {amount}.", amount=event.amount))
    yield from map(pen, event.more)
    if event.by:
        yield pen(text("For us: {who}.", who=event.by))
