"""Clocks: what they say, and that what happens to them is an entry."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.journal import clock, store
from heller.journal.clock import changes, read_clock
from heller.journal.entry import Clock

T0 = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # a minute before Berlin's clocks go forward


def at(seconds: float, counted: float | None = None, boot: str = "a", sync: str = "ntp") -> Clock:
    """Wall seconds after T0; as many since boot unless `counted` says otherwise."""
    wall = (T0 + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Clock(wall, round((seconds if counted is None else counted) * 1_000_000), boot, sync)


@pytest.mark.parametrize(
    ("says", "file", "state"),
    [("ntp", False, "ntp"), ("none", True, "none"), ("unknown", True, "ntp"), ("unknown", False, "unknown")],
)
def test_the_kernel_counts_and_a_file_only_where_it_is_silent(
    says: str, file: bool, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that fell out of step is not called in step because it once was."""
    monkeypatch.setattr(clock, "read_sync", lambda: (says, -1))
    monkeypatch.setattr(clock, "SYNCHRONISED", tmp_path / "synchronized")
    if file:
        (tmp_path / "synchronized").touch()
    clock.sync_state.cache_clear()
    assert clock.sync_state(0) == state
    clock.sync_state.cache_clear()


def test_this_machine_says_something() -> None:
    """One of the three words, from the real kernel where there is one."""
    assert read_clock().sync in ("ntp", "none", "unknown")
    assert changes(read_clock(), read_clock()) == {}


@given(st.floats(0, 10**7), st.floats(-0.9, 0.9), st.floats(-0.0005, 0.0005))
def test_an_honest_clock_makes_no_noise(seconds: float, off: float, slew: float) -> None:
    """Small offsets, a clock brought back in step at 500 ppm, daylight saving: nothing happened."""
    assert changes(at(0), at(seconds * (1 + slew) + off, seconds)) == {}


@given(st.floats(0, 10**5), st.floats(70, 10**8), st.sampled_from([1, -1]))
def test_a_step_is_said_with_its_size(seconds: float, step: float, way: int) -> None:
    """Forward or back, to the microsecond."""
    found = changes(at(0), at(seconds + way * step, seconds))
    assert abs(found["step_us"] - way * step * 1_000_000) <= 2


def test_a_new_boot_and_a_lost_service_are_said() -> None:
    """Across a boot the time since boot says nothing, but a wall clock does not go back."""
    assert changes(at(0), at(5, 1, boot="b")) == {"boot": True}
    assert changes(at(0), at(-5, 1, boot="b")) == {"boot": True, "step_us": -5_000_000}
    assert changes(at(0), at(5, sync="none")) == {"sync": "ntp none"}


def test_what_happened_to_the_clocks_stands_before_the_entry_that_noticed(tmp_path: Path) -> None:
    """And the number that is told is that of the entry asked for."""
    folder = tmp_path / "case"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"})], at(0))
    assert store.append(folder, [("note", {}), ("note", {})], at(3600, 5)) == 2
    assert store.append(folder, [("note", {})], at(3601, 6)) == 4
    found = store.load(folder).entries
    assert [e.kind for e in found] == ["opened", "clock", "note", "note", "note"]
    assert found[1].body == {"step_us": 3_595_000_000}
