"""Days counted by the rules agree with a calendar that is walked day by day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from importlib.metadata import version
from importlib.resources import files

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.law.book.refusals import BeyondTheData
from heller.law.de import lumpsums
from heller.law.de.deadlines import (
    PeriodUnit,
    holidays_between,
    holidays_from,
    is_working_day,
    period,
    places,
    public_holidays,
)
from heller.law.de.limitation import limitation
from heller.law.de.lumpsums import Reading58, Reading59
from heller.law.facts_of_case import Talks
from heller.model.money import Money

ONE = timedelta(1)
CODES = ["", *places()]
NEW_LAW = st.dates(date(2021, 12, 1), date(2030, 12, 31))
ANY = st.dates(date(1992, 1, 1), date(2039, 1, 1))


@pytest.mark.parametrize("state", CODES)
def test_the_kept_days_are_those_of_the_library(state: str) -> None:
    """Every public holiday of every year that is kept, and the days of the Catholic places."""
    for year in range(1991, 2101):
        found = holidays.country_holidays("DE", subdiv=state or None, years=year)
        assert public_holidays(state, year) == set(found), year
        wider = holidays.country_holidays(
            "DE", subdiv=state or None, years=year, categories=("public", "catholic")
        )
        if state:
            assert public_holidays(state, year, catholic=True) == set(wider), year


def test_the_version_of_the_library_is_kept() -> None:
    """What the days were taken from is what is installed: a new version must be taken over on purpose."""
    kept = json.loads((files("heller.law.de") / "feiertage.json").read_text("utf-8"))
    assert holidays_from() == kept["library"] == f"holidays {version('holidays')}"


@pytest.mark.parametrize("year", [1990, 2101])
def test_years_that_are_not_kept_are_refused(year: int) -> None:
    """No holiday is guessed."""
    with pytest.raises(BeyondTheData):
        public_holidays("NW", year)


def walked(first: date, last: date) -> list[date]:
    """Every day, one after the other."""
    days = []
    while first <= last:
        days.append(first)
        first += ONE
    return days


@given(ANY, st.integers(0, 500), st.sampled_from(CODES), st.booleans())
def test_holidays_between_are_those_of_a_walk(day: date, n: int, state: str, catholic: bool) -> None:
    """The list that is kept with an answer holds the holidays of the days and no other."""
    last = day + n * ONE
    expected = [
        one for one in walked(day, last) if one in public_holidays(state, one.year, catholic=catholic)
    ]
    assert list(holidays_between(day, last, state, catholic=catholic)) == expected


@given(ANY, st.integers(1, 60), st.sampled_from(CODES), st.booleans(), st.booleans())
def test_working_days_are_counted_one_by_one(
    event: date, n: int, state: str, catholic: bool, counts: bool
) -> None:
    """A period of working days holds exactly that many, and ends on one."""
    end = period(
        event, n, PeriodUnit.WORKING_DAYS, state=state, catholic=catholic, event_day_counts=counts
    ).last
    days = walked(event if counts else event + ONE, end)
    assert sum(is_working_day(day, state, catholic=catholic) for day in days) == n
    assert is_working_day(end, state, catholic=catholic)


@given(
    ANY,
    st.integers(1, 200),
    st.sampled_from([PeriodUnit.DAYS, PeriodUnit.WEEKS, PeriodUnit.MONTHS, PeriodUnit.YEARS]),
    st.booleans(),
)
def test_a_period_ends_where_a_walk_ends(event: date, n: int, unit: PeriodUnit, counts: bool) -> None:
    """Days and weeks by walking; months and years by number, the last of a short month (§ 188 BGB)."""
    if unit is PeriodUnit.YEARS:
        n = min(n, 10)
    if event.year + n // 12 > 2038:
        return
    last = period(event, n, unit, event_day_counts=counts, moves=False).last
    if unit in {PeriodUnit.DAYS, PeriodUnit.WEEKS}:
        days = n * (7 if unit is PeriodUnit.WEEKS else 1)
        assert len(walked(event if counts else event + ONE, last)) == days
        return
    months = n * (12 if unit is PeriodUnit.YEARS else 1)
    number = event.day - counts  # where the day of the event counts, the period ends one day earlier
    if number == 0:
        assert last + ONE == next(d for d in walked(event, last + ONE) if _apart(event, d) == months)
        return
    assert last == next(
        day
        for day in walked(event, last + 40 * ONE)
        if _apart(event, day) == months and (day.day == number or (day + ONE).day == 1)
    )


def _apart(first: date, then: date) -> int:
    """How many months lie between two days by the calendar's page."""
    return (then.year - first.year) * 12 + then.month - first.month


@given(ANY, st.sampled_from(CODES))
def test_an_end_moves_over_every_day_that_does_not_work(day: date, state: str) -> None:
    """§ 193 BGB: from the last day on, no working day is passed over."""
    found = period(day, 1, PeriodUnit.DAYS, state=state)
    passed = walked(found.last, found.end)
    assert [is_working_day(one, state) for one in passed] == [False] * (len(passed) - 1) + [True]


def test_a_period_has_a_length() -> None:
    """No days is no period."""
    with pytest.raises(ValueError, match="one day"):
        period(date(2026, 1, 1), 0, PeriodUnit.DAYS)


FEES = st.integers(0, 200_000).map(Money)


@given(NEW_LAW, st.integers(0, 60), FEES, st.booleans(), st.booleans())
def test_lump_sums_of_an_outage_by_walking(
    report: date, n: int, fee: Money, day_0: bool, repair: bool
) -> None:
    """§ 58 (3): day by day, two free, two at the first rate, the rest at the second."""
    back = report + n * ONE
    found = lumpsums.for_outage(report, back, fee, reading=Reading58(day_0, repair))
    counted = walked(report if day_0 else report + ONE, back if repair else back - ONE)
    first, then = max(Money(500), fee * _share(10)), max(Money(1000), fee * _share(20))
    expected = [(day, first if k <= 4 else then) for k, day in enumerate(counted, 1) if k > 2]
    assert list(found.days) == expected


@given(NEW_LAW, st.integers(0, 60), FEES, st.sampled_from(CODES), st.booleans(), st.booleans())
def test_lump_sums_of_a_change_by_walking(
    stop: date, n: int, fee: Money, state: str, day_0: bool, repair: bool
) -> None:
    """§ 59 (4): every working day but the first."""
    back = stop + n * ONE
    found = lumpsums.for_change(stop, back, fee, state=state, reading=Reading59(day_0, repair))
    days = walked(stop if day_0 else stop + ONE, back if repair else back - ONE)
    working = [day for day in days if is_working_day(day, state)]
    each = max(Money(1000), fee * _share(20))
    assert list(found.days) == [(day, each) for day in working[1:]]


def _share(percent: int) -> Fraction:
    return Fraction(percent, 100)


@given(
    st.dates(date(2012, 7, 2), date(2020, 12, 31)),
    st.lists(st.tuples(st.integers(0, 1800), st.integers(0, 200)), max_size=3),
)
def test_suspended_days_by_walking(arose: date, rounds: list[tuple[int, int]]) -> None:
    """§§ 199, 203, 209 BGB: walk through the period, let suspended days pass, until all its days are used."""
    talks = [Talks(arose + a * ONE, arose + (a + b) * ONE) for a, b in rounds]
    found = limitation(arose, talks)
    start = date(arose.year, 12, 31)
    left, day = (date(start.year + 3, 12, 31) - start).days, start
    while left:
        day += ONE
        left -= not any(one.first <= day <= one.last for one in talks)
    assert found.end >= day  # three months after the end of talks may be later still
    if all(one.last < date(start.year + 3, 9, 1) for one in talks):
        assert found.end == day
