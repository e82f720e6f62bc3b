"""What happened to the clocks, from two ticks."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from heller.machine.clocks import read_sync
from heller.model.sample import UpsetKind
from heller.watch import clocks
from heller.watch.clocks import STEP_US, between, clock_step
from heller.watch.rows import Tick

SECOND = 1_000_000
FIRST = Tick(10**15, 10**15, 5 * 10**9, 7 * 10**9, "boot")


def later(last: Tick, passed: int, slept: int = 0, set_by: int = 0, boot: str = "boot") -> Tick:
    """The next tick: so long after, of which it slept; the wall clock was set."""
    return Tick(
        last.at + passed,
        last.wall + passed + set_by,
        last.mono + passed - slept,
        last.since_boot + passed,
        boot,
    )


@given(st.integers(0, 3 * SECOND), st.integers(-STEP_US, STEP_US))
def test_an_ordinary_second_disturbs_nothing(passed: int, slewed: int) -> None:
    """A late tick and a clock that is slewed are no upset."""
    assert between(FIRST, later(FIRST, passed, set_by=slewed)) == ()


@given(st.integers(STEP_US + 1, 10**12), st.integers(0, 2 * SECOND))
def test_a_sleep_is_a_suspend_and_no_freeze(slept: int, awake: int) -> None:
    """The boot clock ran on while the monotonic one stood: the span between the ticks was seen by nobody."""
    now = later(FIRST, slept + awake, slept)
    (upset,) = between(FIRST, now)
    assert (upset.kind, upset.start, upset.end) == (UpsetKind.SUSPEND, FIRST.at, now.at)
    assert upset.amount == slept


@given(st.integers(3 * SECOND + 1, 10**12))
def test_a_process_that_did_not_run_froze(passed: int) -> None:
    """Both clocks ran on, the ticks did not come."""
    (upset,) = between(FIRST, later(FIRST, passed))
    assert upset.kind == UpsetKind.FREEZE


@given(st.integers(-10 * 3600 * SECOND, 10 * 3600 * SECOND), st.integers(0, 10**10))
def test_a_wall_clock_that_is_set_moves_nothing_and_is_told(step: int, slept: int) -> None:
    """Its size is told exactly, with a sleep and without, and the line of time does not jump."""
    now = later(FIRST, slept + SECOND, slept, set_by=step)
    found = {upset.kind: upset for upset in between(FIRST, now)}
    assert (UpsetKind.STEP in found) == (abs(step) > STEP_US)
    assert (UpsetKind.SUSPEND in found) == (slept > STEP_US)
    if UpsetKind.STEP in found:
        assert found[UpsetKind.STEP].amount == step


@given(st.lists(st.integers(-STEP_US, STEP_US), min_size=2, max_size=20))
def test_small_steps_that_add_up_are_told_in_the_end(steps: list[int]) -> None:
    """Against the tick at which the clock was last found right, no sum of small steps stays unsaid."""
    mark = last = FIRST
    unsaid = 0
    for step in steps:
        now = later(last, SECOND, set_by=step)
        unsaid += step
        told = [upset for upset in between(last, now, mark) if upset.kind == UpsetKind.STEP]
        assert bool(told) == (abs(unsaid) > STEP_US)
        if told:
            assert told[0].amount == unsaid == clock_step(mark, now)
            mark, unsaid = now, 0
        last = now


def test_another_boot_is_a_reboot_whatever_the_clocks_say() -> None:
    """Nothing is concluded from clocks that began anew."""
    now = Tick(FIRST.at + 60 * SECOND, FIRST.wall, 1, 1, "another boot")
    (upset,) = between(FIRST, now)
    assert upset.kind == UpsetKind.REBOOT and (upset.start, upset.end) == (FIRST.at, now.at)


def test_the_clocks_of_this_machine() -> None:
    """A session's line of time is the wall clock at its start, and its ticks run with the boot clock."""
    session = clocks.begin()
    first, second = clocks.read_tick(session), clocks.read_tick(session)
    assert abs(first.at - first.wall) < STEP_US and abs(first.at - time.time_ns() // 1000) < SECOND
    assert abs((second.at - first.at) - (second.since_boot - first.since_boot)) <= 1  # both are rounded
    assert session.boot in session.name and between(first, second) == ()


def test_the_state_of_the_clock_is_one_of_three() -> None:
    """And an error is only claimed where something keeps the clock in step."""
    state, error = read_sync()
    assert state in ("ntp", "none", "unknown")
    assert error >= -1 and (state == "ntp" or error == -1)
