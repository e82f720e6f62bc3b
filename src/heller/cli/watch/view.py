"""The live view of a watch: it reads the watch's file from a process of its own and slows no probe."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from heller.cli import screen
from heller.dossier.wording import Words
from heller.model.errors import InputRefused
from heller.model.text import Text, text
from heller.watch import glance
from heller.watch.glance import Cell, Glance, State, UplinkGlance
from heller.watch.keeping import lock, store

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

BLOCKS = "▁▂▃▄▅▆▇"
NOTHING, SOME, NONE, BLIND = " ", "!", "×", "░"
PATIENCE = 15  # seconds to wait for a watch that just begins
STATES: dict[State, tuple[str, str, Text]] = {
    State.ANSWERS: ("✓", "green", text("answers since {when} ({length})")),
    State.SILENT: ("×", "bold red", text("silent since {when} ({length})")),
    State.WAITING: ("…", "dim", text("nothing was answered yet, since {when} ({length})")),
    State.UNOBSERVED: ("░", "yellow", text("not watched since {when} ({length})")),
}


def show(folder: Path, *, as_json: bool) -> None:
    """Show the newest session until it ends or this process is told to; once where it has ended."""
    ends = _told_to_end()
    db, seen = _begin(folder / store.HOME, ends)
    try:
        if as_json:
            _lines(db, folder, seen, ends)
        else:
            _live(db, folder, seen, ends)
    finally:
        db.close()


def _told_to_end() -> Callable[[], bool]:
    """Whether somebody wants the view gone: SIGTERM, Ctrl-C, or the watch that started it has died."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, frame: told.append(got))
    parent = os.getppid()
    return lambda: bool(told) or os.getppid() != parent


def _begin(home: Path, ends: Callable[[], bool]) -> tuple[sqlite3.Connection, Glance]:
    """The file and the first look; a watch that just begins is waited for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not ends():
        db = store.reading(home)
        if db is not None:
            seen = _look(db, home)
            if seen is not None:
                return db, seen
            db.close()
        if not lock.is_held(home):
            break
        time.sleep(0.2)
    raise InputRefused(
        what=text("Nothing was watched in {folder} yet.", folder=str(home.parent)),
        why=text("A view shows what a watch writes."),
        do=text("Begin with: heller watch {folder}", folder=str(home.parent)),
    )


def _look(db: sqlite3.Connection, home: Path) -> Glance | None:
    try:
        return glance.look(db, home, int(time.time() * 1_000_000))
    except sqlite3.OperationalError:  # the file is just being made, or the disk does not answer
        return None


def _lines(db: sqlite3.Connection, folder: Path, seen: Glance | None, ends: Callable[[], bool]) -> None:
    """One object for each line and second."""
    while seen is not None:
        for line in seen.lines:
            sys.stdout.write(json.dumps(plain(seen, line), sort_keys=True) + "\n")
        sys.stdout.flush()
        if ends() or not seen.running:
            return
        time.sleep(1)
        seen = _look(db, folder / store.HOME) or seen


def plain(seen: Glance, line: UplinkGlance) -> dict[str, object]:
    """One line of a watch for machines (docs/watch.md)."""
    disk = seen.disk
    return {
        "at": _instant(seen.at),
        "line": line.name,
        "state": line.state.value,
        "since": _instant(line.since),
        "probes": {"sent": line.sent, "lost": line.lost, "seconds": glance.CELLS * glance.CELL // 1_000_000},
        "rtt_ms": None if line.rtt is None else round(line.rtt * 1000, 3),
        "bytes": {"own": line.own, "interface": line.counted, "budget": _budget(seen, line)},
        "ways": screen.words()(_ways(seen)) if seen.said.get("ways") else "",
        "disk": {
            "free": disk.free,
            "ballast": disk.ballast,
            "full_since": _instant(disk.full_since) if disk.full_since else None,
            "set_aside": disk.set_aside or None,
        },
    }


def _instant(at: int) -> str:
    return _moment(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def _budget(seen: Glance, line: UplinkGlance) -> int | None:
    said = seen.said.get(f"budget {line.name}")
    return int(said) if said else None


def _live(db: sqlite3.Connection, folder: Path, seen: Glance, ends: Callable[[], bool]) -> None:
    from rich.live import Live

    say = screen.words()
    with Live(picture(seen, folder, say), console=screen.out(), auto_refresh=False, transient=True) as live:
        while seen.running and not ends():
            time.sleep(1)
            seen = _look(db, folder / store.HOME) or seen
            live.update(picture(seen, folder, say), refresh=True)
    screen.out().print(picture(seen, folder, say))


def picture(seen: Glance, folder: Path, say: Words) -> Group:
    """All lines with their strips, what the signs mean, and how the disk stands; fits 80 columns."""
    from rich.console import Group
    from rich.text import Text as Styled

    ran = timedelta(microseconds=max(seen.at - seen.began, 0))
    top = say(
        text(
            "{case}: watched since {when} ({length})",
            case=folder.name or str(folder.resolve().name),
            when=say.moment(_moment(seen.began), seconds=True),
            length=ran,
        )
    )
    scale = glance.strip_scale(seen.lines)
    parts: list[RenderableType] = [Styled(top, style="bold")]
    for line in seen.lines:
        parts += [Styled(""), *_line(seen, line, scale, say)]
    if seen.said.get("ways"):
        parts += [Styled(""), Styled(say(_ways(seen)), style="dim")]
    parts += [Styled(""), Styled(_legend(scale, say), style="dim")]
    if seen.running:
        parts += _disk(seen, say)
    return Group(*parts)


def _line(seen: Glance, line: UplinkGlance, scale: float, say: Words) -> list[RenderableType]:
    from rich.text import Text as Styled

    sign, style, said = STATES[line.state]
    length = timedelta(microseconds=max(seen.at - line.since, 0))
    when = say.moment(_moment(line.since), seconds=True)
    state = say(Text(said.id, {"when": when, "length": length}))
    name = Styled.assemble((f"{sign} ", style), (line.name, "bold"), "  ", (state, style))
    rows: list[RenderableType] = [name, strip(line.cells, scale), _axis(say)]
    rows.append(Styled("  " + "   ".join(_figures(seen, line, say))))
    return rows


def strip(cells: tuple[Cell, ...], scale: float) -> RenderableType:
    """Ten minutes as one row: the height is the round trip, bands are silence and time nobody watched."""
    from rich.text import Text as Styled

    made = Styled("  ")
    for cell in cells:
        sign = sign_of(cell, scale)
        style = {NONE: "bold red", SOME: "yellow", BLIND: "dim"}.get(sign, "green")
        made.append(sign, style)
    return made


def sign_of(cell: Cell, scale: float) -> str:
    """The sign of ten seconds.

    >>> "".join(sign_of(cell, 0.04) for cell in (Cell(True, 10, 0, 0.04), Cell(True, 10, 1, 0.01),
    ...     Cell(True, 10, 10), Cell(False), Cell(True)))
    '▇!×░ '
    """
    if not cell.watched:
        return BLIND
    if not cell.sent:
        return NOTHING
    if cell.lost == cell.sent:
        return NONE
    if cell.lost:
        return SOME
    share = (cell.rtt or 0.0) / scale if scale else 0.0
    return BLOCKS[min(int(share * len(BLOCKS)), len(BLOCKS) - 1)]


def _axis(say: Words) -> RenderableType:
    from rich.text import Text as Styled

    left, right = say(text("10 min ago")), say(text("now"))
    return Styled("  " + left + right.rjust(glance.CELLS - len(left)), style="dim")


def _figures(seen: Glance, line: UplinkGlance, say: Words) -> list[str]:
    """Loss, round trip, bytes against the budget."""
    share = Decimal(line.lost) / line.sent if line.sent else Decimal(0)
    places = 1 if 0 < share < Decimal("0.1") else 0
    found = [
        say(text("Loss {share} of {n}", share=say.percent(share, places), n=line.sent)),
        say(text("Round trip {ms} ms", ms=say.number(Decimal(str(round(line.rtt * 1000, 1))), 1)))
        if line.rtt is not None
        else say(text("Round trip –")),
    ]
    used, budget = _size(line.own, say), _budget(seen, line)
    if budget is not None:
        found.append(say(text("Data {used} of {budget}", used=used, budget=_size(budget, say))))
    elif line.counted is not None:
        all_in = _size(line.counted, say)
        found.append(say(text("Data {used} (interface {all})", used=used, all=all_in)))
    else:
        found.append(say(text("Data {used}", used=used)))
    return found


def _size(count: int, say: Words) -> str:
    unit, size = ("GB", 1e9) if count >= 1e9 else ("MB", 1e6) if count >= 1e5 else ("kB", 1e3)
    return f"{say.number(Decimal(str(round(count / size, 1))), 1)} {unit}"


def _ways(seen: Glance) -> Text:
    """By which way is probed, and why by no better one."""
    said, args = msgspec.json.decode(seen.said["ways"], type=tuple[str, dict[str, str]])
    return Text(said, {**args})


def _legend(scale: float, say: Words) -> str:
    ms = scale * 1000
    top = say.number(Decimal(str(round(ms, 1))), 0 if ms >= 10 else 1)
    return say(
        text(
            "{low}–{high} round trip up to {ms} ms  {some} some lost  {none} none answered  {blind} not watched",
            low=BLOCKS[0],
            high=BLOCKS[-1],
            ms=top,
            some=SOME,
            none=NONE,
            blind=BLIND,
        )
    )


def _disk(seen: Glance, say: Words) -> list[RenderableType]:
    from rich.text import Text as Styled

    disk, rows = seen.disk, []
    if disk.full_since:
        full = text(
            "The disk is full since {when}: losses, answers and the time watched are kept, round trips are not.",
            when=say.moment(_moment(disk.full_since), seconds=True),
        )
        rows.append(Styled(say(full), style="bold red"))
    else:
        free = _size(disk.free, say)
        said = (
            text("Disk: {free} free, a reserve of 32 MB lies ready.", free=free)
            if disk.ballast
            else text("Disk: {free} free, without a reserve.", free=free)
        )
        rows.append(Styled(say(said), style="dim" if disk.ballast else "yellow"))
    if disk.set_aside:
        aside = text("A broken file was found and set aside: watch/{name}", name=disk.set_aside)
        rows.append(Styled(say(aside), style="yellow"))
    return list(rows)
