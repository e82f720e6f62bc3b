"""What is worth a word: a line that fell silent, one that is back, a watcher that was not there. Pure; nothing is sent.

It tells what was seen and gives no verdict: who is to blame, and from when to when, says `heller outages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from heller.model.text import Text, text

US = 1_000_000
SHORT = 3.0  # seconds without an answer that are silence at all


class Kind(StrEnum):
    """What a word is about."""

    DOWN = "down"
    BACK = "back"
    WATCHER = "watcher"
    DEADLINE = "deadline"
    LETTER = "letter"


class News(Struct, frozen=True):
    """One word. `key` is what it is about, so that nobody is told twice; `named` says the same with what may name
    people or the case, empty where there is nothing to add."""

    key: str
    kind: Kind
    title: Text
    said: Text
    named: Text | None = None


class Turn(Struct, frozen=True):
    """An uplink fell silent (`alive` false) or answered again, at `at` microseconds since 1970."""

    at: int
    alive: bool


def turns(changes: Iterable[tuple[int, bool]], now: int, after: float, begun: int = 0) -> list[Turn]:
    """What an uplink did for `after` seconds or longer. `changes` are the first losses after answers and the first
    answers after losses, in order; nobody watched before `begun`, and what is silent again within `after` seconds
    was not back.

    >>> changes = [(0, True), (40 * US, False), (100 * US, True), (110 * US, False), (120 * US, True)]
    >>> [(turn.at // US, turn.alive) for turn in turns(changes, 200 * US, 30)]
    [(0, True), (40, False), (120, True)]
    """
    rows = list(changes)
    silent = _silences(rows, begun, now, after)
    found = [Turn(at, alive=True) for at, alive in rows[:1] if alive]
    for start, end in silent:
        found.append(Turn(start, alive=False))
        if end < now:
            found.append(Turn(end, alive=True))
    ends = [*(turn.at for turn in found[1:]), now]
    return [turn for turn, end in zip(found, ends, strict=False) if end - turn.at >= after * US]


def _silences(rows: Sequence[tuple[int, bool]], begun: int, now: int, after: float) -> list[tuple[int, int]]:
    """From when to when nothing was answered, one that still lasts until `now`; what lies too close is one."""
    found: list[tuple[int, int]] = []
    for (at, alive), (end, _) in pairwise([*rows, (now, True)]):
        start = max(at, begun)
        if alive or end - start < SHORT * US:
            continue
        if found and start - found[-1][1] < after * US:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if end - start >= after * US]


def of_line(uplink: str, found: Iterable[Turn], last: str, case: str) -> list[News]:
    """What is to be said of an uplink; `last` is the key of what was said of it last, empty before the first word. A
    watch that begins in the middle of a silence that was told goes on with it."""
    said: list[News] = []
    down = last if last.startswith(f"{Kind.DOWN}:") else ""
    for turn in found:
        if turn.at <= _start(last) or turn.alive != bool(down):
            continue
        if turn.alive:
            said.append(_back(uplink, _start(down), turn.at, case))
        else:
            said.append(_down(uplink, turn.at, case))
        last = said[-1].key
        down = "" if turn.alive else last
    return said


def _start(key: str) -> int:
    return int(key.rpartition(":")[2] or 0)


def _down(uplink: str, at: int, case: str) -> News:
    when = _moment(at)
    return News(
        f"{Kind.DOWN}:{uplink}:{at}",
        Kind.DOWN,
        text("The line is down: {line}", line=uplink),
        text(
            "Nobody has answered over {line} since {when}. Leave the router on, save its log, note who cannot work.",
            line=uplink,
            when=when,
        ),
        text(
            "{case}: nobody has answered over {line} since {when}. Leave the router on, save its log, note who cannot"
            " work.",
            case=case,
            line=uplink,
            when=when,
        ),
    )


def _back(uplink: str, start: int, end: int, case: str) -> News:
    when, length = _moment(end), timedelta(seconds=(end - start) // US)
    return News(
        f"{Kind.BACK}:{uplink}:{end}",
        Kind.BACK,
        text("The line answers again: {line}", line=uplink),
        text(
            "{line} answers again since {when}; it was silent for {length}. Run the acceptance test now, before anybody"
            " says that all is well: heller accept",
            line=uplink,
            when=when,
            length=length,
        ),
        text(
            "{case}: {line} answers again since {when}; it was silent for {length}. Run the acceptance test now, before"
            " anybody says that all is well: heller accept",
            case=case,
            line=uplink,
            when=when,
            length=length,
        ),
    )


def not_watched(start: int, end: int) -> News:
    """This watcher itself was not there."""
    return News(
        f"{Kind.WATCHER}:own:{start}",
        Kind.WATCHER,
        text("Nobody watched the line"),
        text(
            "From {start} to {end} nobody watched: the machine was off, or the watch had ended without being told to.",
            start=_moment(start),
            end=_moment(end),
        ),
    )


def other_silent(name: str, last: int) -> News:
    """Another watcher has sent no beat since `last`."""
    return News(
        f"{Kind.WATCHER}:{name}:{last}",
        Kind.WATCHER,
        text("The watcher {name} is silent", name=name),
        text(
            "The watcher {name} has not been heard since {when}. Look whether its machine and its network are on.",
            name=name,
            when=_moment(last),
        ),
    )


def other_again(name: str, at: int) -> News:
    """Another watcher is heard again."""
    return News(
        f"{Kind.WATCHER}:{name}:again:{at}",
        Kind.WATCHER,
        text("The watcher {name} is heard again", name=name),
        text("The watcher {name} has been heard again since {when}.", name=name, when=_moment(at)),
    )


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / US, UTC)
