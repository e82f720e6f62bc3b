"""Other ends that somebody claims: 'you can go online now', and a link that came up without a service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from heller.model.kinds.contact import Contact, ContactKind
from heller.model.outage import CompetingEnd, Witness
from heller.model.span import Span
from heller.model.text import Text, text
from heller.outage.evidence.device import place
from heller.outage.evidence.router import Clock, Match
from heller.outage.line import Line
from heller.outage.rule import CLAIMED_LATER, CLAIMED_OPEN, STANDS
from heller.outage.silence import Cut


def ends_claimed(cut: Cut, line: Line | None, contacts: Sequence[Contact]) -> Iterator[CompetingEnd]:
    """What people said about the end, each held against the measurements."""
    for contact in contacts:
        if contact.kind is not ContactKind.ONLINE_CLAIM:
            continue
        later = CLAIMED_OPEN if cut.open_end else CLAIMED_LATER
        if not cut.start.latest <= contact.at <= cut.end.latest + later:
            continue
        holds, why = _check(contact.at, cut, line)
        sources = (contact.source,) if contact.source else ()
        yield CompetingEnd(contact.at, contact.who, holds, why, sources)


def ends_by_router(cut: Cut, line: Line | None, found: Match, clock: Clock) -> Iterator[CompetingEnd]:
    """Times at which the router saw the line back while nothing answered, if it stayed so for a while."""
    if cut.open_end:
        return
    seen: set[datetime] = set()
    for down in found.ups:
        event = down.last
        if event is None or event.at in seen:
            continue
        same = (d.first.at for d in found.downs if (d.port, d.line) == (down.port, down.line))
        next_down = next((at for at in same if at >= event.at), None)
        if next_down is not None and next_down - event.at < STANDS:
            continue
        seen.add(event.at)
        at = event.at + clock.offset
        holds, why = _check(at, cut, line)
        source = place(found.log, event)
        yield CompetingEnd(at, found.log.device, holds, why, (source,))


def _check(at: datetime, cut: Cut, line: Line | None) -> tuple[bool, Text]:
    """Whether an end that is claimed for `at` is borne out, and the sentence that says why."""
    if cut.open_end and at >= cut.end.earliest:
        last = cut.end.earliest
        return True, text(
            "Nobody measured then; the last proof that the line was down is of {last}.", last=last
        )
    if at > cut.end.latest:
        return True, text("By then the line had been answering since {end}.", end=cut.end.latest)
    if at >= cut.end.earliest:
        return True, text("This lies within the bounds of the measured end.")
    rest = _whole_seconds(cut.end.earliest - at)
    if line is None:
        return False, text("The router's log shows the line down for another {rest}.", rest=rest)
    lost = line.lost(at, cut.end.latest)
    if not lost:
        return False, text("Nobody watched right after it; the line was down {rest} later.", rest=rest)
    return False, text(
        "After it {lost} probes in a row stayed without an answer; the line was down for another {rest}.",
        lost=lost,
        rest=rest,
    )


def _whole_seconds(length: timedelta) -> timedelta:
    return timedelta(seconds=int(length.total_seconds()))


def router_witness(found: Match, clock: Clock, *, narrows: bool) -> Witness | None:
    """What the router saw of an outage, as a sentence; None where it saw nothing of it."""
    if found.start is None:
        return None
    source = place(found.log, found.downs[0].first)
    name = text("Log of {device}", device=found.log.device)
    if found.log.stated:
        name = text("List {name}", name=found.log.device)
    saw = [text("It reported the line as down at {start}.", start=found.start)]
    if found.end:
        saw = [
            text(
                "It reported the line as down at {start} and as back at {end}.",
                start=found.start,
                end=found.end,
            )
        ]
    if clock.offset:
        saw.append(
            text(
                "Its clock differs from the watcher's by {apart}; its times are corrected by that.",
                apart=clock.apart,
            )
        )
    if narrows:
        saw.append(
            text(
                "Its clock agrees with the watcher's on {n} events, so its times narrow the bounds.",
                n=clock.agree,
            )
        )
    span = Span(found.start, found.end) if found.end and found.end > found.start else None
    return Witness(name, _join(saw), source, span)


def _join(sentences: Sequence[Text]) -> Text:
    if len(sentences) == 1:
        return sentences[0]
    if len(sentences) == 2:
        return text("{a} {b}", a=sentences[0], b=sentences[1])
    return text("{a} {b} {c}", a=sentences[0], b=sentences[1], c=sentences[2])
