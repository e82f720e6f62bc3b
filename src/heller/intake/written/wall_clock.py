"""One model of the clocks behind all logs: what a wall clock wrote, in the order in which it wrote, as instants.

A clock shows an hour twice when summer time ends and skips one when it begins; a box without a battery starts anew
at 1970 or at the day on which its software was built, and jumps when a time server sets it. The order of lines tells:
a block of a clock that nobody had set lies between its neighbours. Nothing is guessed; what stays open is as wide
as it is open, or None. It knows no format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

Moment: TypeAlias = "tuple[datetime, float]"  # it lies in [at, at + seconds]

TWICE = 3600.0  # seconds between the two times that a clock set back by an hour shows alike
UNSET = datetime(2005, 1, 1)  # clocks that nobody set begin before: Linux 1970 and 2000, IOS 1993 and 2002
BACK = timedelta(days=1)  # a time so far before the one above it is that of a clock that started anew
SHORT = timedelta(days=30)  # longer than that no router runs on a clock that nobody set
STEP = 60.0  # seconds; smaller steps of a time server are within what a log's clock may be off anyway


class Hints(NamedTuple):
    """What lines themselves say of the clock: which of them tell of a start, which of a step and by how many
    seconds, by their place."""

    boots: Collection[int] = frozenset()
    steps: Mapping[int, float] = {}


NO_HINTS = Hints()


class Clocked(NamedTuple):
    """The moments, None where nothing places them; which of them a clock without a time wrote, which stand in an hour
    that the zone skips, and by how many seconds a time server set the clock."""

    moments: list[Moment | None]
    unset: frozenset[int]
    skipped: frozenset[int]
    stepped: float = 0.0


@lru_cache(maxsize=1024)
def changes(day: int, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone are set on a day (its ordinal) or beside it; a log asks for every line."""
    begin = datetime.fromordinal(day)
    if not datetime.min + timedelta(1) < begin < datetime.max - timedelta(2):
        return True
    quarters = (begin + timedelta(minutes=15 * n) for n in range(-8, 25 * 4 + 8))
    return len({at.replace(tzinfo=zone, fold=fold).utcoffset() for at in quarters for fold in (0, 1)}) > 1


def is_ambiguous(naive: datetime, zone: ZoneInfo) -> bool:
    """Whether a wall clock shows this time twice, in the hour that the end of summer time repeats."""
    if not changes(naive.toordinal(), zone):
        return False
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    # The hour that summer time skips has two offsets as well; there the first is the smaller one.
    return _ahead(first) > _ahead(second)


def is_skipped(naive: datetime, zone: ZoneInfo) -> bool:
    """Whether no clock of the zone ever shows this time, in the hour that the beginning of summer time skips."""
    if not changes(naive.toordinal(), zone):
        return False
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    return _ahead(first) < _ahead(second)


def _ahead(moment: datetime) -> timedelta:
    """How far the clock is ahead of UTC; in London, in winter, by nothing."""
    return moment.utcoffset() or timedelta()


def to_utc(naive: datetime, zone: ZoneInfo) -> datetime:
    """A wall clock's time as an instant, the first one in a repeated hour."""
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_newest_first(naives: Iterable[datetime]) -> bool:
    """Whether a log was printed with its last line first: most lines lie before the one above; where they are even,
    the last lies before the first."""
    every = list(naives)
    back = sum(other < one for one, other in pairwise(every))
    forth = sum(other > one for one, other in pairwise(every))
    return back > forth or (back == forth > 0 and every[-1] < every[0])


def clocked(naives: Sequence[datetime], zone: ZoneInfo, hints: Hints = NO_HINTS) -> Clocked:
    """The moments of a wall clock's times, the oldest first."""
    walls, steps = list(naives), dict(hints.steps)
    unset = _unset(walls, hints.boots)
    moments: list[Moment | None] = list(_by_order(walls, unset, zone))
    stepped = 0.0
    for at, seconds in steps.items():
        if abs(seconds) >= STEP and at - 1 not in unset:
            stepped = max(stepped, abs(seconds))
        _set_by(moments, walls, unset, at, seconds, hints.boots)
    for begin, end in _blocks(unset):
        _between(moments, walls, begin, end)
    skipped = frozenset(n for n, wall in enumerate(walls) if n not in unset and is_skipped(wall, zone))
    return Clocked(moments, frozenset(unset), skipped, stepped)


def place(naives: Sequence[datetime], zone: ZoneInfo, hints: Hints = NO_HINTS) -> Clocked:
    """The same in whatever order the log was printed."""
    if not is_newest_first(naives):
        return clocked(naives, zone, hints)
    last = len(naives) - 1
    turned = Hints([last - n for n in hints.boots], {last - n: s for n, s in hints.steps.items()})
    found = clocked(naives[::-1], zone, turned)
    return Clocked(
        found.moments[::-1],
        frozenset(last - n for n in found.unset),
        frozenset(last - n for n in found.skipped),
        found.stepped,
    )


def _unset(walls: Sequence[datetime], boots: Collection[int]) -> set[int]:
    """The times of a clock that nobody had set: before any log, or back by more than a day for a while, until the
    clock jumps to where it was."""
    found: set[int] = set()
    if not any(wall >= UNSET for wall in walls):
        return found
    latest: datetime | None = None
    n = 0
    while n < len(walls):
        wall = walls[n]
        if wall < UNSET:
            found.add(n)
        elif latest and wall < latest - BACK and (end := _until_set(walls, n, latest, boots)):
            found.update(range(n, end))
            n = end
            continue
        else:
            latest = max(wall, latest or wall)
        n += 1
    return found


def _until_set(walls: Sequence[datetime], begin: int, latest: datetime, boots: Collection[int]) -> int:
    """Where a clock that started anew is set again, 0 where it did not: an older log that was hung on behind a newer
    one runs up to it without a jump."""
    end = begin
    while end < len(walls) and walls[end] < latest - BACK and walls[end] - walls[begin] <= SHORT:
        end += 1
    if end == len(walls):
        return end if any(begin - 2 <= boot <= begin + 2 for boot in boots) else 0
    jumped = walls[end] - walls[end - 1] > BACK and walls[end] >= latest - BACK
    return end if jumped else 0


def _by_order(walls: Sequence[datetime], unset: Collection[int], zone: ZoneInfo) -> Iterator[Moment | None]:
    """Each time by itself; in the hour that comes twice the order decides where the clock is seen to jump back, and
    without such a jump nothing tells the two apart: the time is as wide as the hour."""
    twice = [n not in unset and is_ambiguous(wall, zone) for n, wall in enumerate(walls)]
    second: dict[int, bool] = {}
    for begin, end in _runs(twice):
        back = next((n for n in range(begin + 1, end) if walls[n] < walls[n - 1]), None)
        if back is not None:
            second |= {n: n >= back for n in range(begin, end)}
    for n, wall in enumerate(walls):
        if n in unset:
            yield None
        elif n in second:
            yield to_utc(wall, zone) + timedelta(seconds=TWICE if second[n] else 0), 0.0
        else:
            yield to_utc(wall, zone), TWICE if twice[n] else 0.0


def _set_by(
    moments: list[Moment | None],
    walls: Sequence[datetime],
    unset: Collection[int],
    at: int,
    seconds: float,
    boots: Collection[int],
) -> None:
    """What a time server's step says of the lines before it: since the start of that session the clock was off by
    so much; where the start is not known, it may have been."""
    told = moments[at]
    if told is None or abs(seconds) < STEP:
        return
    started = max((boot for boot in boots if boot <= at), default=-1)
    step = timedelta(seconds=seconds)
    for n in range(at - 1, -1, -1):
        wall, known = walls[n], moments[n]
        if n in unset:
            exact = told[0] - (walls[at] - (wall + step))
            if n < started or exact > told[0]:
                return
            moments[n] = (exact, 0.0)
        elif started >= 0 and n >= started and known:
            moments[n] = (known[0] + step, known[1])
        elif n < started or at - 1 in unset or known is None:
            return
        else:
            moments[n] = (min(known[0], known[0] + step), known[1] + abs(seconds))


def _between(moments: list[Moment | None], walls: Sequence[datetime], begin: int, end: int) -> None:
    """A block that no step has placed lies between its neighbours: each line as long after the one before the block
    as the block had run by then, and likewise before the one after it."""
    before, after = (moments[begin - 1] if begin else None), (moments[end] if end < len(moments) else None)
    if before is None or after is None:
        return
    for n in range(begin, end):
        if moments[n] is None:
            first = before[0] + max(walls[n] - walls[begin], timedelta())
            last = after[0] + timedelta(seconds=after[1]) - max(walls[end - 1] - walls[n], timedelta())
            first = min(first, last) if last >= before[0] else before[0]
            moments[n] = (first, max((last - first).total_seconds(), 0.0))


def _blocks(unset: Collection[int]) -> Iterator[tuple[int, int]]:
    last = max(unset, default=-1)
    return iter(_runs([n in unset for n in range(last + 1)]))


def _runs(flags: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """The runs of true values as [begin, end)."""
    begin: int | None = None
    for n, flag in enumerate((*flags, False)):
        if flag and begin is None:
            begin = n
        elif not flag and begin is not None:
            yield begin, n
            begin = None
