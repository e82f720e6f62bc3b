"""Keeps what the probe loop measures: a thread of its own commits once a second; the loop never waits.

When the disk is full the ballast is given up, then round trips are no longer kept, state changes and ticks
are. A second whose samples found no room counts as not watched.
"""

from __future__ import annotations

import errno
import math
import os
import shutil
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from heller.model.sample import ALIVE, LOST, Carrier, SampleHeader, Target, Upset, UpsetKind
from heller.watch import budget
from heller.watch.keeping import ballast, sessions, store
from heller.watch.keeping.sealing import Sealing
from heller.watch.keeping.store import AliveChange, Batch, Ticked
from heller.watch.plan import Plan
from heller.watch.rows import Phases, ProbeRow, Tick

PERIOD = 1.0  # seconds between two commits
PENDING = 50_000  # samples that wait for the disk in memory before seconds are given up
CRAMPED = 1 << 20  # bytes free below which any refusal is one for want of room
RECOVER = 60  # seconds between two tries to lay the ballast again
DAY = 86_400_000_000  # microseconds

T = TypeVar("T")

# What an outcome says of the line; the others say nothing.
_SAYS = {**dict.fromkeys(map(int, ALIVE), True), **dict.fromkeys(map(int, LOST), False)}

_ANSWERS = frozenset(outcome for outcome, alive in _SAYS.items() if alive)

REFUSALS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY)


class Keeper:
    """The sink of a probe loop. `seal` is the command of the process that seals what is due."""

    def __init__(
        self,
        home: Path,
        head: SampleHeader,
        said: Mapping[str, str] = {},
        seal: Sequence[str] = (),
        room: int = ballast.SIZE,
        acknowledged: Callable[[Batch], None] = lambda batch: None,
    ) -> None:
        self._home, self._head, self._said, self._room = home, head, said, room
        self._sealing = Sealing(home, seal)
        self._acknowledged = acknowledged
        self._db, self.set_aside = _open(home)
        self._session = store.begin(self._db, head, said)
        self._rows: deque[ProbeRow] = deque()
        self.row = self._rows.append  # one probe and how it ended: as often as nothing else is called
        self._ticks: deque[Tick] = deque()
        self._upsets: deque[Upset] = deque()
        self._given: deque[Target] = deque()
        self._phases: deque[Phases] = deque()
        self._carriers: deque[Carrier] = deque()
        self._waiting = Batch()
        self._targets = sessions.targets_of(head)
        self._outside = {number: t.uplink for number, t in self._targets.items() if t.outside}
        self._alive: dict[str, bool] = {}
        self._own: dict[str, int] = {}
        self.ballast = ballast.lay(home, room)
        self.full_since = 0  # microseconds; 0 while there is room
        self.lost = 0  # samples that found no room
        self._tried = 0.0
        self._cramped = False  # the last refusal was for want of room, not of patience
        self._last = 0  # the last tick, microseconds
        self.fault: Exception | None = None
        self.failed: Callable[[], object] = lambda: None  # called by the thread when it cannot go on
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def target(self, target: Target) -> None:
        """Somebody is probed from now on."""
        self._given.append(target)

    def phases(self, phases: Phases) -> None:
        """The parts of an HTTPS probe."""
        self._phases.append(phases)

    def carrier(self, look: Carrier) -> None:
        """Who carries an uplink, as one look showed."""
        self._carriers.append(look)

    def tick(self, tick: Tick) -> None:
        """A second in which the loop ran."""
        self._ticks.append(tick)

    def upset(self, upset: Upset) -> None:
        """Something that disturbed the watch."""
        self._upsets.append(upset)

    def used(self, plan: Plan) -> dict[str, int]:
        """What metered uplinks used of their present period, by earlier sessions."""
        now = int(time.time() * 1_000_000)
        return {
            uplink.name: store.bytes_spent(self._db, uplink.name, budget.period(uplink.since, now)[0] // DAY)
            for uplink in plan.uplinks
            if uplink.metered
        }

    def close(self) -> None:
        """Write what is left and let go of the file. Raises StoreFailed where the disk did not take it all."""
        self._stop.set()
        self._thread.join()
        if self.full_since:
            self._upsets.append(Upset(UpsetKind.DISK_FULL, self.full_since, self._now()))
        with store.failing(self._home):
            if self.fault is not None:
                raise self.fault
            self._commit()
            if any(self._waiting):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._sealing.wait()
        self._db.close()
        ballast.give_up(self._home)

    def _run(self) -> None:
        try:
            while not self._stop.wait(PERIOD):
                self._commit()
                self._tend()
        except Exception as error:  # nothing would be kept any more: the watch must end and say so
            self.fault = error
            self.failed()

    def _commit(self) -> None:
        """Everything that came since the last commit, with what that one could not write."""
        batch = self._next_batch()
        if not any(batch):
            return
        self._waiting = batch
        if not self._try_write(batch):
            if self._cramped:
                self._make_room()
                batch = self._poor(self._waiting)
            if not self._try_write(batch):
                self._waiting = self._for_next_try(batch)

    def _try_write(self, batch: Batch) -> bool:
        try:
            store.write(self._db, self._session, batch)
        except sqlite3.DatabaseError as error:
            code = error.sqlite_errorcode & 0xFF
            if code in REFUSALS:
                self._cramped = code == sqlite3.SQLITE_FULL or shutil.disk_usage(self._home).free < CRAMPED
                return False
            self._begin_anew()
            store.write(self._db, self._session, batch)
        self._acknowledged(batch)
        self._waiting = Batch()
        return True

    def _begin_anew(self) -> None:
        """The file broke while it was written: it is set aside, the session goes on in a new one."""
        self._db.close()
        self._db, self.set_aside = store.open_store(self._home)
        head = replace(self._head, targets=tuple(self._targets.values()))
        self._session = store.begin(self._db, head, self._said)

    def _next_batch(self) -> Batch:
        """What the loop handed over until now. Ticks are taken first: a tick must not stand before the
        samples of its second."""
        ticks, rows = _take_all(self._ticks), _take_all(self._rows)
        given, old = _take_all(self._given), self._waiting
        self._last = max([self._last, *(tick.at for tick in ticks)])
        self._targets |= {target.number: target for target in given}
        self._outside |= {target.number: target.uplink for target in given if target.outside}
        meters = {
            uplink: (own, tick.counted.get(uplink)) for tick in ticks for uplink, own in tick.own.items()
        }
        return Batch(
            [*old.changes, *self._changes(rows)],
            [*old.upsets, *_take_all(self._upsets)],
            [*old.targets, *given],
            [*old.samples, *(map(_without_rtt, rows) if self.full_since else rows)],
            [*old.phases, *_take_all(self._phases)],
            [*old.carriers, *_take_all(self._carriers)],
            [*old.ticks, *(Ticked(t.at, t.wall, t.sync, t.error) for t in ticks)],
            {**old.meters, **meters},
            self._spent(ticks),
        )

    def _spent(self, ticks: Sequence[Tick]) -> dict[tuple[str, int], int]:
        """Own bytes by uplink and day, with what the last commit could not write."""
        found = dict(self._waiting.spent)
        for tick in ticks:
            for uplink, own in tick.own.items():
                key = (uplink, tick.at // DAY)
                found[key] = found.get(key, 0) + own - self._own.get(uplink, 0)
                self._own[uplink] = own
        return {key: count for key, count in found.items() if count}

    def _changes(self, rows: Sequence[ProbeRow]) -> list[AliveChange]:
        """The first loss and the first answer of each uplink; who stands on the way says nothing about it."""
        found, alive, outside = [], self._alive, self._outside
        if {row[2] for row in rows} <= _ANSWERS and all(map(alive.get, outside.values())):
            return []  # as nearly always: all answered, over uplinks that did so before
        for row in rows:
            uplink, said = outside.get(row[0]), _SAYS.get(row[2])
            if uplink is not None and said is not None and alive.get(uplink) is not said:
                alive[uplink] = said
                found.append(AliveChange(row.at, uplink, said, row.target))
        return found

    def _make_room(self) -> None:
        """The disk refused: give the ballast up, and say so once."""
        self.ballast = False
        ballast.give_up(self._home)
        if not self.full_since:
            self.full_since = self._now()
            full = Upset(UpsetKind.DISK_FULL, self.full_since, self.full_since)
            self._waiting = self._waiting._replace(upsets=[*self._waiting.upsets, full])

    def _poor(self, batch: Batch) -> Batch:
        return batch._replace(samples=[*map(_without_rtt, batch.samples)])

    def _for_next_try(self, batch: Batch) -> Batch:
        """What waits for the next try: when too much does, samples go and their seconds with them."""
        if len(batch.samples) <= PENDING:
            return batch
        self.lost += len(batch.samples)
        return batch._replace(
            samples=[], phases=[], ticks=[tick._replace(kept=False) for tick in batch.ticks]
        )

    def _now(self) -> int:
        """The last second that is known, in microseconds."""
        return self._last or int(time.time() * 1_000_000)

    def _tend(self) -> None:
        """What is not urgent: room for the next full disk, the hour that is due, rows that may go."""
        try:
            if not self.ballast and time.monotonic() - self._tried > RECOVER:
                self._recover()
            self._sealing.look(self._db)
        except (OSError, sqlite3.OperationalError, ValueError):
            return  # the next second tries again; measuring goes on

    def _recover(self) -> None:
        self._tried = time.monotonic()
        self.ballast = ballast.lay(self._home, self._room)
        if self.ballast and self.full_since:
            self._upsets.append(Upset(UpsetKind.DISK_FULL, self.full_since, self._now()))
            self.full_since = 0


def _open(home: Path) -> store.OpenStore:
    """The file; where the disk is full at the very start, an earlier ballast is given up for it."""
    try:
        return store.open_store(home)
    except (OSError, sqlite3.OperationalError):
        if not ballast.give_up(home):
            raise
        return store.open_store(home)


def _without_rtt(row: ProbeRow) -> ProbeRow:
    return row._replace(rtt=math.nan)


def _take_all(queue: deque[T]) -> list[T]:
    """What is in a queue now; what is added meanwhile stays for the next time."""
    return [queue.popleft() for _ in range(len(queue))]
