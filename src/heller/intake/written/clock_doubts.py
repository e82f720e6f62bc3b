"""What is uncertain about the clock that wrote a log, in numbers and in words. It places nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.written.wall_clock import TWICE, Clocked
from heller.model.finding import Finding, Locator, Weight
from heller.model.text import text


class ClockDoubts(NamedTuple):
    """How many lines a clock that started anew wrote that could be placed, and could not; by how many seconds a time
    server set it; how many times lie in an hour that it showed twice, or skipped."""

    placed: int = 0
    left: int = 0
    stepped: float = 0.0
    twice: int = 0
    skipped: int = 0


def doubted(found: Clocked) -> ClockDoubts:
    """What is uncertain about the clock, in numbers."""
    placed = sum(found.moments[n] is not None for n in found.unset)
    twice = sum(moment is not None and moment[1] == TWICE for moment in found.moments)
    return ClockDoubts(placed, len(found.unset) - placed, found.stepped, twice, len(found.skipped))


def doubts(found: Clocked, zone: ZoneInfo, source: Locator) -> Iterator[Finding]:
    """What is uncertain about the clock that wrote a log."""
    return findings(doubted(found), zone, source)


def findings(found: ClockDoubts, zone: ZoneInfo, source: Locator) -> Iterator[Finding]:
    """The same in words."""
    if placed := found.placed:
        said = text(
            "{n} lines were written by a clock that had started anew; they lie between the lines beside them.",
            "One line was written by a clock that had started anew; it lies between the lines beside it.",
            n=placed,
        )
        yield Finding("log.clock_unset", said, None, Weight.WARNING, source)
    if left := found.left:
        said = text(
            "{n} lines carry a date from before the device's clock was set; they are left out.",
            "One line carries a date from before the device's clock was set; it is left out.",
            n=left,
        )
        yield Finding("log.clock_unset", said, None, Weight.WARNING, source)
    if found.stepped:
        said = text(
            "A time server set the device's clock by {length}; the lines before it are moved by that or are as much"
            " wider.",
            length=timedelta(seconds=round(found.stepped)),
        )
        yield Finding("log.clock_stepped", said, None, Weight.WARNING, source)
    if twice := found.twice:
        said = text(
            "{n} entries lie in the hour that the clock showed twice.",
            "One entry lies in the hour that the clock showed twice.",
            n=twice,
        )
        do = text("Nothing tells which of the two was meant: the bounds are wider by that hour.")
        yield Finding("log.repeated_hour", said, do, Weight.NOTE, source)
    if found.skipped:
        yield skipped(found.skipped, zone, source)


def skipped(n: int, zone: ZoneInfo, source: Locator) -> Finding:
    """Times that the zone never showed: the clock stood in another one."""
    said = text(
        "{n} times stand in an hour that {zone} skipped when summer time began: the clock was not set to it.",
        "One time stands in an hour that {zone} skipped when summer time began: the clock was not set to it.",
        n=n,
        zone=str(zone.key),
    )
    do = text(
        "Say which zone the clock was set to with --tz, for example UTC; until then {zone} is taken.",
        zone=str(zone.key),
    )
    return Finding("time.wrong_zone", said, do, Weight.WARNING, source)
