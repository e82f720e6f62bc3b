"""What a person sees of a watch while it runs, read from its SQLite file beside the writer.

It describes what was answered and what was not; a verdict about an outage is made elsewhere.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from math import isnan
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from heller.model.sample import ALIVE, LOST, SampleHeader, UpsetKind
from heller.watch.keeping import ballast, packed, sessions, store

NEWEST = 20_000  # samples that are looked at: what is older than the strip is not
CELLS = 60  # of the strip
CELL = 10_000_000  # microseconds of one cell: the strip shows ten minutes
SILENT = 3_000_000  # microseconds without any answer from which a line is said to be silent
FRESH = 3_000_000  # microseconds after the last tick from which nobody watches any more
_ALIVE, _LOST = frozenset(map(int, ALIVE)), frozenset(map(int, LOST))


class State(Enum):
    """What an uplink does now."""

    ANSWERS = "answers"
    SILENT = "silent"
    WAITING = "waiting"  # nothing was asked yet
    UNOBSERVED = "unobserved"


class Cell(NamedTuple):
    """Ten seconds of an uplink. `rtt` in seconds; `watched` is false where nobody did."""

    watched: bool
    sent: int = 0
    lost: int = 0
    rtt: float | None = None


class UplinkGlance(NamedTuple):
    """One uplink now; times in microseconds since 1970, `own` and `counted` in bytes since the watch began:
    of our own probes, and of the interface (None where it is not known)."""

    name: str
    state: State
    since: int
    cells: tuple[Cell, ...]
    own: int
    counted: int | None
    metered: bool

    @property
    def sent(self) -> int:
        """Probes that were sent in the strip and ended."""
        return sum(cell.sent for cell in self.cells)

    @property
    def lost(self) -> int:
        """Of these, lost ones."""
        return sum(cell.lost for cell in self.cells)

    @property
    def rtt(self) -> float | None:
        """The usual round trip in the strip, in seconds."""
        known = [cell.rtt for cell in self.cells if cell.rtt is not None]
        return median(known) if known else None


class Disk(NamedTuple):
    """Room in bytes, whether the ballast lies ready, since when the disk is full (0: it is not), and where
    a broken file lies that was found at the start ('' where none was)."""

    free: int
    ballast: bool
    full_since: int
    set_aside: str


class Glance(NamedTuple):
    """A watch as it stands: the moment, when it began, its lines, what it said of itself, the disk, and
    whether it runs."""

    at: int
    began: int
    lines: tuple[UplinkGlance, ...]
    said: Mapping[str, str]
    disk: Disk
    running: bool


def look(db: sqlite3.Connection, home: Path, now: int) -> Glance | None:
    """The newest session; None where there is none yet. `now` is the wall clock, in microseconds."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'session'").fetchone() is None:
        return None  # a watch that begins this moment is making its tables
    found = db.execute("SELECT id, head, said FROM session ORDER BY id DESC LIMIT 1").fetchone()
    if found is None:
        return None
    number, head = list(sessions.all_sessions(db))[-1]
    first = db.execute("SELECT min(at) FROM tick WHERE session = ?", (number,)).fetchone()[0]
    last = db.execute(
        "SELECT at, wall FROM tick WHERE session = ? ORDER BY id DESC LIMIT 1", (number,)
    ).fetchone()
    at, wall = last or (now, now)
    now += at - wall  # a wall clock that was set moves no sample
    began = first or now
    begun = max(began, resumed(db, number))
    running = now - at < FRESH
    cells = _cells(db, number, head, now)
    uplinks = dict.fromkeys(t.uplink for t in head.targets)
    meters = {uplink: (own, counted) for uplink, own, counted in db.execute("SELECT * FROM meter")}
    lines = []
    for uplink in uplinks:
        state, since = _state(db, number, uplink, begun, at, running=running)
        own, counted = meters.get(uplink, (0, None))
        strip = tuple(cells.get(uplink) or _cells_of((), cells[""]))
        lines.append(UplinkGlance(uplink, state, since, strip, own, counted, uplink in head.metered))
    said = msgspec.json.decode(found[2], type=dict[str, str])
    return Glance(at, began, tuple(lines), said, _disk(db, number, home), running)


def _cells(db: sqlite3.Connection, session: int, head: SampleHeader, now: int) -> dict[str, list[Cell]]:
    """The strip of each uplink; under '' the one that says only when somebody watched."""
    begin = _begin(now)
    ticked = {
        (at - begin) // CELL
        for (at,) in db.execute(
            "SELECT at FROM tick WHERE at >= ? AND kept ORDER BY id DESC LIMIT ?", (begin, 5_000)
        )
    }
    targets = {t.number: t.uplink for t in head.targets if t.outside}
    rows: dict[str, list[tuple[int, int, float | None]]] = defaultdict(list)
    for row in packed.newest(db, session, NEWEST):
        if row.target in targets and row.at >= begin:
            rows[targets[row.target]].append(
                ((row.at - begin) // CELL, row.outcome, None if isnan(row.rtt) else row.rtt)
            )
    bare = [Cell(number in ticked) for number in range(CELLS)]
    return {"": bare} | {uplink: _cells_of(found, bare) for uplink, found in rows.items()}


def _begin(now: int) -> int:
    return (now // CELL - CELLS + 1) * CELL


def _cells_of(rows: Iterable[tuple[int, int, float | None]], bare: Sequence[Cell]) -> list[Cell]:
    """The cells of one uplink from (cell, outcome, round trip)."""
    by: dict[int, list[tuple[int, float | None]]] = defaultdict(list)
    for number, outcome, rtt in rows:
        if outcome in _ALIVE or outcome in _LOST:
            by[number].append((outcome, rtt))
    made = []
    for number, cell in enumerate(bare):
        lost = sum(outcome in _LOST for outcome, _ in by[number])
        rtts = [rtt for outcome, rtt in by[number] if outcome in _ALIVE and rtt is not None]
        made.append(Cell(cell.watched, len(by[number]), lost, median(rtts) if rtts else None))
    return made


def resumed(db: sqlite3.Connection, session: int) -> int:
    """When the watch went on after its last sleep or gap, in microseconds; 0 where there was none in an hour."""
    slept = db.execute(
        'SELECT max("end") FROM upset WHERE session = ? AND kind IN (?, ?)',
        (session, int(UpsetKind.SUSPEND), int(UpsetKind.FREEZE)),
    ).fetchone()[0]
    gap = db.execute(
        "SELECT max(at) FROM (SELECT at, at - lag(at) OVER (ORDER BY id) AS before FROM"
        " (SELECT id, at FROM tick WHERE session = ? ORDER BY id DESC LIMIT 3600)) WHERE before > ?",
        (session, store.GAP),
    ).fetchone()[0]
    return max(slept or 0, gap or 0)


def _state(
    db: sqlite3.Connection, session: int, uplink: str, begun: int, at: int, *, running: bool
) -> tuple[State, int]:
    """What it does, and since when in microseconds, not before it was watched without a gap: a loss becomes
    silence when no answer comes for three seconds, and what was silent answers again with the first answer."""
    if not running:
        return State.UNOBSERVED, at
    changes = db.execute(
        "SELECT at, alive FROM change WHERE session = ? AND uplink = ? ORDER BY id", (session, uplink)
    ).fetchall()
    if not changes:
        return State.WAITING, begun
    last, alive = changes[-1]
    if not alive and at - last >= SILENT:
        return State.SILENT, max(last, begun)
    if not alive:
        changes.pop()
    back = [
        now
        for (before, was), (now, answers) in pairwise(changes)
        if answers and not was and now - before >= SILENT
    ]
    since = back[-1] if back else changes[0][0] if changes else begun
    return State.ANSWERS, max(since, begun)


def _disk(db: sqlite3.Connection, session: int, home: Path) -> Disk:
    full = db.execute(
        'SELECT start, "end" FROM upset WHERE session = ? AND kind = ? ORDER BY id DESC LIMIT 1',
        (session, int(UpsetKind.DISK_FULL)),
    ).fetchone()
    since = full[0] if full and full[0] == full[1] else 0
    return Disk(
        shutil.disk_usage(home).free, (home / ballast.NAME).exists(), since, store.meta(db, "set_aside")
    )


def strip_scale(lines: Iterable[UplinkGlance]) -> float:
    """The longest round trip in the strips, in seconds; what the highest block stands for."""
    return max((cell.rtt for line in lines for cell in line.cells if cell.rtt is not None), default=0.0)
