"""A wall clock's hours that come twice or never, asked for line by line of long logs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.intake.written.wall_clock import is_ambiguous, is_skipped

ZONES = st.sampled_from(
    ["Europe/Berlin", "Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"]
).map(ZoneInfo)
CHANGES = st.sampled_from(  # days on which clocks were set, one of them over midnight, one for good
    [
        datetime(2015, 3, 29),
        datetime(2015, 10, 25),
        datetime(2015, 4, 5),
        datetime(2011, 12, 30),
        datetime(2018, 10, 28),
    ]
)
MOMENTS = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),
    st.builds(lambda day, s: day + timedelta(seconds=s), CHANGES, st.integers(-90_000, 180_000)),
)


@given(MOMENTS, ZONES)
def test_a_day_without_a_change_is_told_as_any_other(naive: datetime, zone: ZoneInfo) -> None:
    """Whether the clocks are set on a day is asked once; the answers are those of each moment."""
    try:
        first, second = (naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    except OverflowError:
        return
    assert first is not None and second is not None
    assert is_ambiguous(naive, zone) == (first > second)
    assert is_skipped(naive, zone) == (first < second)


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Dublin", "Atlantic/Reykjavik"])
def test_a_clock_that_is_ahead_by_nothing(zone: str) -> None:
    """Where winter time is UTC, the hour that comes twice and the one that is skipped are told like anywhere else."""
    changes = zone != "Atlantic/Reykjavik"
    assert is_ambiguous(datetime(2015, 10, 25, 1, 30), ZoneInfo(zone)) == changes
    assert is_skipped(datetime(2015, 3, 29, 1, 30), ZoneInfo(zone)) == changes
