"""Observations as columns are the observations that they were made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.column import Column
from heller.model.observation import Failure, Observation, Observations

MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
SEEN = st.builds(
    Observation,
    MOMENTS,
    st.integers(1, 2**32 - 1),
    st.sampled_from([None, *Failure]),
    st.floats(0, 100),
    st.sampled_from([0.0, 0.0, 60.0, 0.25]),
)


@given(st.lists(SEEN, max_size=8).map(lambda seen: sorted(seen, key=lambda one: one.at)))
def test_each_observation_comes_back(seen: list[Observation]) -> None:
    """A column holds exactly what was put in, one by one and all together."""
    packed = Observations.of(seen)
    assert list(packed) == seen and [packed[n] for n in range(len(packed))] == seen


@given(st.lists(MOMENTS, min_size=1, max_size=8).map(sorted), MOMENTS)
def test_a_moment_is_found(times: list[datetime], moment: datetime) -> None:
    """How many were sent before a moment, and until it."""
    packed = Observations.of(Observation(at, 1) for at in times)
    for at in (moment, times[0], times[-1] + timedelta(microseconds=1)):
        assert packed.before(at) == sum(one < at for one in times)
        assert packed.until(at) == sum(one <= at for one in times)


def test_a_column_is_fetched_once_and_late() -> None:
    """Its length is known without its bytes, and equal columns need not be the same."""
    asked: list[bytes] = []

    def fetch() -> bytes:
        asked.append(Column.of("q", [5, 6]).data)
        return asked[-1]

    late = Column("q", 2, fetch)
    assert len(late) == 2 and not asked
    assert late == Column.of("q", [5, 6]) and late[-1] == 6 and len(asked) == 1
    assert late != Column.of("q", [5, 7]) and late != Column.of("d", [5, 6])
    with pytest.raises(IndexError):
        late[2]


def test_a_column_that_was_looked_at_last_is_fetched_again() -> None:
    """What was fetched is held no longer after the last look, what was made here always is."""
    asked: list[int] = []

    def fetch() -> bytes:
        asked.append(1)
        return Column.of("I", [7, 8]).data

    late, made = Column("I", 2, fetch), Column.of("I", [7, 8])
    assert late.data == late.release() == made.release() == made.data and len(asked) == 1
    assert late.release() == made.data and len(asked) == 2
    assert list(late) == list(made) == [7, 8]
