"""The clocks of this machine, and what happened to them between two ticks: a pure function of the two.

Where a session stands on the line of time is settled once, at its start; a wall clock that is set later
moves nothing, it is an upset.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from heller.machine.clocks import boot_id, boot_ns
from heller.model.sample import Upset, UpsetKind
from heller.watch.rows import Tick

PERIOD_US = 1_000_000  # between two ticks
MISSED = 3  # periods after which the process did not run
STEP_US = 500_000  # a smaller difference is no step, and no sleep
TRIES, NEAR_NS = 5, 1_000_000


class Session(NamedTuple):
    """One run of the watch. `offset` nanoseconds added to the boot clock give the line of time."""

    name: str
    boot: str
    offset: int

    def at(self, stamp: int) -> int:
        """Microseconds on the line of time for nanoseconds of the boot clock."""
        return (stamp + self.offset) // 1000


def together() -> tuple[int, int, int]:
    """Wall, monotonic and boot clock of the same moment in nanoseconds: read again where something came
    between, for else a busy machine would look like a clock that was set."""
    for _ in range(TRIES):
        before = boot_ns()
        wall, mono = time.time_ns(), time.monotonic_ns()
        if boot_ns() - before < NEAR_NS:
            break
    return wall, mono, before


def begin() -> Session:
    """A new session, its name of boot id, process and start."""
    wall, _, boot = together()
    offset = wall - boot
    return Session(f"{boot_id() or 'boot'}.{os.getpid()}.{(boot + offset) // 1000}", boot_id(), offset)


def read_tick(session: Session) -> Tick:
    """All clocks now."""
    wall, mono, boot = together()
    return Tick(session.at(boot), wall // 1000, mono // 1000, boot // 1000, session.boot)


def between(last: Tick, now: Tick, mark: Tick | None = None) -> tuple[Upset, ...]:
    """What disturbed the watch between two ticks. Pure.

    `mark` is the tick against which the wall clock was last found right (`last` where it is not given): small
    steps that add up are one in the end. Across a boot nothing but the boot itself can be said, since both
    clocks began anew; its end is on the new session's line of time.
    """
    if last.boot != now.boot:
        return (Upset(UpsetKind.REBOOT, last.at, now.at),)
    found = []
    passed = now.since_boot - last.since_boot
    slept = passed - (now.mono - last.mono)
    if slept > STEP_US:
        found.append(Upset(UpsetKind.SUSPEND, last.at, now.at, amount=slept))
    elif passed > MISSED * PERIOD_US:
        found.append(Upset(UpsetKind.FREEZE, last.at, now.at))
    step = clock_step(mark or last, now)
    if abs(step) > STEP_US:
        found.append(Upset(UpsetKind.STEP, last.at, now.at, amount=step))
    return tuple(found)


def clock_step(mark: Tick, now: Tick) -> int:
    """By how many microseconds the wall clock moved against the boot clock."""
    return (now.wall - mark.wall) - (now.since_boot - mark.since_boot)
