"""From the checked journal to the bracket of each entry. Pure; it verifies no token.

An entry is older than any stamp over an anchor that covers its line, and younger than any token or beacon
whose digest stands in an entry before it: those bytes could not be known earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from heller.journal.entry import Entry
from heller.model.bracket import Bracket, Bracketed, Edge, Stamp
from heller.model.finding import Finding
from heller.model.text import text

SLACK = timedelta(seconds=1)  # how far an honest clock may be off before it is said


def stamps_of(entries: Sequence[Entry]) -> tuple[Stamp, ...]:
    """The stamps that the journal names, over anchors that it names too. Nothing of them is verified."""
    anchors = _anchors(entries)
    found = []
    for entry in entries:
        if entry.kind == "stamp" and entry.body is not None and _said(entry, "anchor", "size") in anchors:
            stamp = _stamp(entry.seq, entry.body)
            if stamp is not None:
                found.append(stamp)
    return tuple(found)


def _anchors(entries: Sequence[Entry]) -> set[tuple[object, ...]]:
    """Digest and size of the anchors that the journal names."""
    return {_said(e, "digest", "size") for e in entries if e.kind == "anchor"}


def _said(entry: Entry, *keys: str) -> tuple[object, ...]:
    body = entry.body or {}
    return tuple(body.get(key) for key in keys)


def _stamp(seq: int, body: dict[str, Any]) -> Stamp | None:
    at, accuracy = _moment(body.get("time")), body.get("accuracy_us", 0)
    if at is None or type(accuracy) is not int or accuracy < 0:
        return None
    return Stamp(
        str(body.get("anchor")),
        int(body["size"]),
        str(body.get("token", "")),
        at,
        timedelta(microseconds=accuracy),
        str(body.get("tsa", "")),
        body.get("qualified") is True,
        seq,
    )


def _moment(said: object) -> datetime | None:
    """An instant of RFC 3339; None where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None


def brackets(entries: Sequence[Entry], verified: Iterable[Stamp]) -> Bracketed:
    """The bracket of every entry, from the stamps that hold (`stamps_of` names those to verify) and from
    the proven beacons of the journal. What contradicts itself is a finding, never corrected."""
    held = tuple(verified)
    before, after = _not_before(entries, held), _not_after(entries, held)
    made = tuple(
        Bracket(entry.seq, _moment(entry.wall), before[place], after[place])
        for place, entry in enumerate(entries)
    )
    return Bracketed(made, (*_unread(entries), *_contradictions(made)))


def _not_before(entries: Sequence[Entry], held: Sequence[Stamp]) -> list[Edge | None]:
    """For each place the latest instant that a token or beacon of an earlier entry proves."""
    tokens = {stamp.entry: _edge(stamp, -stamp.accuracy) for stamp in held}
    found: list[Edge | None] = []
    latest: Edge | None = None
    for entry in entries:
        found.append(latest)
        edge = tokens.get(entry.seq) or _beacon(entry)
        if edge is not None and (latest is None or edge.at > latest.at):
            latest = edge
    return found


def _edge(stamp: Stamp, off: timedelta) -> Edge:
    return Edge(stamp.at + off, "stamp", stamp.tsa, stamp.entry, stamp.qualified)


def _beacon(entry: Entry) -> Edge | None:
    """What a proven beacon bounds; one that is only shown bounds nothing."""
    if entry.kind != "beacon" or entry.body is None or entry.body.get("proven") is not True:
        return None
    at = _moment(entry.body.get("time"))
    if at is None:
        return None
    return Edge(at, str(entry.body.get("source", "")), str(entry.body.get("ref", "")), entry.seq)


def _not_after(entries: Sequence[Entry], held: Sequence[Stamp]) -> list[Edge | None]:
    """For each place the earliest proof over an anchor that covers it: a stamp, or a proven beacon that
    has the anchor in it (a till's module signed it)."""
    proofs = [(stamp.size, _edge(stamp, stamp.accuracy)) for stamp in held]
    anchors = _anchors(entries)
    for entry in entries:
        edge = _beacon(entry)
        if edge is not None and _said(entry, "anchor", "size") in anchors:
            proofs.append((int((entry.body or {})["size"]), edge))
    proofs.sort(key=lambda proof: -proof[0])
    found: list[Edge | None] = [None] * len(entries)
    earliest: Edge | None = None
    for number, (size, edge) in enumerate(proofs):
        if earliest is None or edge.at < earliest.at:
            earliest = edge
        least = proofs[number + 1][0] if number + 1 < len(proofs) else 0
        for place in range(least, min(size, len(entries))):
            found[place] = earliest
    return found


def _unread(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Stamps that count for nothing, because no anchor of this journal is what they stamp."""
    known = {stamp.entry for stamp in stamps_of(entries)}
    for entry in entries:
        if entry.kind == "stamp" and entry.seq not in known:
            what = text("The stamp of entry {n} is over no anchor of this journal.", n=entry.seq)
            yield Finding("stamp-astray", what, text("It is left out; stamp the journal again."))


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
                "By this machine's clock entry {a} was written on {wall}, but it cannot be older than {bound}"
                " (entries {a} to {b}).",
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
            "By this machine's clock entry {a} was written on {wall}, but it existed by {bound}"
            " (entries {a} to {b}).",
            a=first.entry,
            b=last.entry,
            wall=first.wall,
            bound=first.not_after.at,
        ),
        text("The clock was ahead: the bracket counts."),
    )
