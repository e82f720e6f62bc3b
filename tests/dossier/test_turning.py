"""The rows of a log between which the line died are found, and few of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heller.dossier import rows_at_the_cut
from heller.model.case import Case
from heller.model.finding import Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.span import Bounds

START = datetime(2015, 2, 4, 7, 0, tzinfo=UTC)


def case(seen: list[bool], member: str = "") -> Case:
    """A log with a probe each minute, answered or not; its first probe stands in row 2."""
    observations = Observations.of(
        Observation(START + timedelta(minutes=i), i + 2, None if up else Failure.TIMEOUT)
        for i, up in enumerate(seen)
    )
    log = ProbeLog("192.0.2.1", observations, 60.0, Locator("ab" * 32, member=member))
    return Case("case", START, noted=(log,))


def test_the_last_answer_and_the_first_silence_are_named() -> None:
    """Probes of minutes 0-3 are answered, from minute 4 on they are not: rows 5 and 6."""
    bounds = Bounds(START + timedelta(minutes=3), START + timedelta(minutes=4))
    rows = rows_at_the_cut.rows_at(case([True] * 4 + [False] * 5), bounds)
    assert [row.place for row in rows] == ["row 5", "row 6"]


def test_bounds_inside_a_gap_name_the_probes_on_both_sides() -> None:
    """Another witness narrowed the bounds to ten seconds between two probes."""
    bounds = Bounds(START + timedelta(minutes=3, seconds=20), START + timedelta(minutes=3, seconds=30))
    rows = rows_at_the_cut.rows_at(case([True] * 4 + [False] * 5), bounds)
    assert [row.place for row in rows] == ["row 5", "row 6"]


def test_rows_inside_an_archive_are_not_rows_of_the_original() -> None:
    """Row 5 of a member says nothing about row 5 of the archive."""
    bounds = Bounds(START, START + timedelta(minutes=1))
    assert rows_at_the_cut.rows_at(case([True, False], member="ping.log"), bounds) == ()


@given(st.lists(st.booleans(), max_size=60), st.integers(-9, 70), st.integers(0, 40))
def test_few_rows_in_order_and_only_those_that_exist(seen: list[bool], first: int, width: int) -> None:
    """Whatever the bounds, at most six rows of a log are named, each of them in it, in its order."""
    earliest = START + timedelta(minutes=first)
    rows = rows_at_the_cut.rows_at(case(seen), Bounds(earliest, earliest + timedelta(minutes=width)))
    numbers = [int(row.place.removeprefix("row ")) for row in rows]
    assert len(numbers) <= rows_at_the_cut.MOST
    assert numbers == sorted(set(numbers))
    assert all(2 <= n < len(seen) + 2 for n in numbers)
