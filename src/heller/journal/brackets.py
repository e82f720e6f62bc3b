"""From the checked journal to the bracket of each entry. Pure; it verifies no token.

An entry is older than any stamp over an anchor that covers its line, and younger than any token or beacon
whose digest stands in an entry before it: those bytes could not be known earlier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from msgspec import Struct

from heller.journal.entry import Entry
from heller.model.bracket import Bracket, Bracketed, Edge, Stamp
from heller.model.finding import Finding, Weight
from heller.model.text import text

SLACK = timedelta(seconds=1)  # how far an honest clock may be off before it is said


class Proofs(Struct, frozen=True):
    """What third parties prove of a journal, worked out from their own bytes; nothing of it is what an entry says
    of itself. `beacons` has the lower bound that the beacon of an entry proves, `covers` how many lines the
    anchor covers that a beacon signed."""

    stamps: tuple[Stamp, ...] = ()
    beacons: Mapping[int, Edge] = {}
    covers: Mapping[int, int] = {}


NOTHING_PROVEN = Proofs()


def _moment(said: object) -> datetime | None:
    """An instant of RFC 3339; None where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None


def brackets(entries: Sequence[Entry], proofs: Proofs) -> Bracketed:
    """The bracket of every entry. What contradicts itself is a finding, never corrected."""
    before, after = _not_before(entries, proofs), _not_after(entries, proofs)
    made = tuple(
        Bracket(entry.seq, _moment(entry.wall), before[place], after[place])
        for place, entry in enumerate(entries)
    )
    return Bracketed(made, (*_stated(entries, proofs), *_contradictions(made)))


def _not_before(entries: Sequence[Entry], proofs: Proofs) -> list[Edge | None]:
    """For each place the latest instant that a token or beacon of an earlier entry proves."""
    edges = {stamp.entry: _edge(stamp, -stamp.accuracy) for stamp in proofs.stamps} | dict(proofs.beacons)
    found: list[Edge | None] = []
    latest: Edge | None = None
    for entry in entries:
        found.append(latest)
        edge = edges.get(entry.seq)
        if edge is not None and (latest is None or edge.at > latest.at):
            latest = edge
    return found


def _edge(stamp: Stamp, off: timedelta) -> Edge:
    return Edge(stamp.at + off, "stamp", stamp.tsa, stamp.entry)


def _not_after(entries: Sequence[Entry], proofs: Proofs) -> list[Edge | None]:
    """For each place the earliest proof over an anchor that covers it: a stamp, or a proven beacon that
    has the anchor in it (a till's module signed it)."""
    above = [(stamp.size, _edge(stamp, stamp.accuracy)) for stamp in proofs.stamps]
    above += [(size, proofs.beacons[entry]) for entry, size in proofs.covers.items()]
    above.sort(key=lambda proof: -proof[0])
    found: list[Edge | None] = [None] * len(entries)
    earliest: Edge | None = None
    for number, (size, edge) in enumerate(above):
        if earliest is None or edge.at < earliest.at:
            earliest = edge
        least = above[number + 1][0] if number + 1 < len(above) else 0
        for place in range(least, min(size, len(entries))):
            found[place] = earliest
    return found


def _stated(entries: Sequence[Entry], proofs: Proofs) -> Iterator[Finding]:
    """Stamps and beacons that count for nothing: an entry tells of them, and nothing bears it out."""
    known = {stamp.entry for stamp in proofs.stamps} | proofs.beacons.keys()
    for entry in entries:
        if entry.kind == "stamp" and entry.seq not in known:
            what = text("The stamp of entry {n} is over no anchor of this journal.", n=entry.seq)
            yield Finding("stamp-astray", what, text("It is left out; stamp the journal again."))
        elif entry.kind == "beacon" and entry.seq not in known:
            what = text(
                "What entry {n} says of a beacon is stated, not proven: it bounds nothing.", n=entry.seq
            )
            do = text(
                "Add it again with its certificate: heller stamp CASE --offline --till FILE --till-certificate FILE"
            )
            yield Finding("beacon-stated", what, do, weight=Weight.NOTE)


def _contradictions(made: Sequence[Bracket]) -> Iterator[Finding]:
    """Entries in a row whose bracket contradicts itself or the clock of the machine are one finding."""
    for wrong, run in groupby(made, _wrong):
        if wrong:
            group = list(run)
            yield _contradiction(wrong, group[0], group[-1])


def _wrong(bracket: Bracket) -> str:
    low, high = bracket.not_before, bracket.not_after
    if low and high and low.at > high.at:
        return "crossed"
    if bracket.wall is None:
        return ""
    if low and bracket.wall < low.at - SLACK:
        return "early"
    if high and bracket.wall > high.at + SLACK:
        return "late"
    return ""


def _contradiction(wrong: str, first: Bracket, last: Bracket) -> Finding:
    if wrong == "crossed":
        return Finding(
            "bracket-crossed",
            text(
                "The proofs of time around entries {a} to {b} contradict each other.",
                a=first.entry,
                b=last.entry,
            ),
            text("One of the two clocks was wrong: ask both authorities."),
        )
    assert first.wall is not None
    if wrong == "early":
        assert first.not_before is not None
        return Finding(
            "clock-behind",
            text(
                "By this machine's clock entry {a} was written on {wall}, but it cannot be older than {bound} "
                "(entries {a} to {b}).",
                a=first.entry,
                b=last.entry,
                wall=first.wall,
                bound=first.not_before.at,
            ),
            text("The clock was behind, or the entry was dated back: the bracket counts."),
        )
    assert first.not_after is not None
    return Finding(
        "clock-ahead",
        text(
            "By this machine's clock entry {a} was written on {wall}, but it existed by {bound} (entries {a} to "
            "{b}).",
            a=first.entry,
            b=last.entry,
            wall=first.wall,
            bound=first.not_after.at,
        ),
        text("The clock was ahead: the bracket counts."),
    )
