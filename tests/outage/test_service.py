"""Terms of service against outages: availability of each reading, hours of service, credits, each worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heller.model.credit_steps import credit_steps
from heller.model.event import EventKind, LineEvent
from heller.model.kinds.appointment import Appointment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.service_terms import AvailabilityYear, ServiceTerms
from heller.model.money import Money
from heller.model.outage import Cause, Outage, Strength
from heller.model.span import Bounds, Span
from heller.model.text import text
from heller.model.weekly import inside, weekly
from heller.outage.service import Found, check

BERLIN = ZoneInfo("Europe/Berlin")
AS_OF = date(2025, 12, 31)
H = timedelta(hours=1)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2025) -> datetime:
    """A moment at the site."""
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def event(start: datetime, end: datetime, kind: EventKind = EventKind.OUTAGE) -> LineEvent:
    """An event of one outage that is certain from start to end."""
    dead = Outage(Bounds(start, start), Bounds(end, end), Cause.LINE, Strength.MEASURED, text("x"))
    return LineEvent(start.isoformat(), "", kind, start.astimezone(BERLIN).date(), (dead,))


def found(
    *events: LineEvent, reports: tuple[datetime, ...] = (), missed: tuple[Appointment, ...] = ()
) -> Found:
    """What was found until the end of 2025; a month costs 200.00."""
    contacts = tuple(Contact(one, ContactKind.FAULT_REPORT, "", "", "dead", False) for one in reports)
    return Found(events, contacts, missed, AS_OF, BERLIN, Money.of("200"))


def test_a_calendar_year_without_maintenance() -> None:
    """43.8 hours of 8,760 are 0.5 %: 99.5 % hold at 43 h and are broken at 44 h."""
    terms = ServiceTerms(availability=Decimal("0.995"), year=AvailabilityYear.CALENDAR)
    (kept,) = check(terms, found(event(at(2, 4), at(2, 4) + 43 * H))).availability
    assert (kept.total, kept.allowed, kept.broken) == (8760 * H, timedelta(hours=43, minutes=48), False)
    assert kept.reached == Decimal("0.995091")  # 8,717 / 8,760
    (broken,) = check(terms, found(event(at(2, 4), at(2, 4) + 44 * H))).availability
    assert broken.broken and (broken.first, broken.last) == (date(2025, 1, 1), date(2025, 12, 31))


def test_maintenance_and_announced_work_are_left_out() -> None:
    """An outage of Sunday 01:00-05:00 lies for three hours in the window 02:00-06:00; the work of Wednesday is out."""
    terms = ServiceTerms(
        availability=Decimal("0.99"), year=AvailabilityYear.CALENDAR, maintenance="So 02:00-06:00"
    )
    dead = event(at(3, 2, 1), at(3, 2, 5))
    work = event(at(3, 5, 1), at(3, 5, 3), EventKind.WORK)
    (one,) = check(terms, found(dead, work)).availability
    assert one.down == 1 * H
    # 52 Sundays of 4 h (3 h on 30 March, 5 h on 26 October, when the clock is changed), and 2 h of work
    assert one.total == 8760 * H - 52 * 4 * H - 2 * H


def test_without_a_named_year_each_reading_stands() -> None:
    """30 hours in November and 30 in February: 30 in each calendar year, 60 in contract year and twelve months."""
    terms = ServiceTerms(availability=Decimal("0.995"), since=date(2023, 5, 1))
    first, second = (
        event(at(11, 3, year=2024), at(11, 3, year=2024) + 30 * H),
        event(at(2, 4), at(2, 4) + 30 * H),
    )
    seen = check(terms, found(first, second)).availability
    by_year = [(one.year, one.first, one.down // H, one.broken) for one in seen]
    assert by_year == [
        (AvailabilityYear.CALENDAR, date(2024, 1, 1), 30, False),
        (AvailabilityYear.CALENDAR, date(2025, 1, 1), 30, False),
        (AvailabilityYear.CONTRACT, date(2024, 5, 1), 60, True),
        (AvailabilityYear.ROLLING, date(2024, 2, 6), 60, True),
    ]


def test_repair_time_counts_in_hours_of_service_from_the_report() -> None:
    """Reported on Friday at 16:00, back on Monday at 11:00: two hours and three are five, promised are four."""
    terms = ServiceTerms(repair=4, service="Mo-Fr 08:00-18:00", credits="1 h=5 %; 4 h=10 %")
    dead = event(at(6, 13, 14), at(6, 16, 11))
    (repair,) = (one := check(terms, found(dead, reports=(at(6, 13, 16),)))).repairs
    assert (repair.took, repair.over, repair.reported) == (5 * H, 1 * H, True)
    ((month, credit),) = one.credits
    assert (month, credit.share, credit.amount) == (date(2025, 6, 1), Decimal("0.05"), Money.of("10"))


def test_without_a_report_it_counts_from_the_beginning_around_the_clock() -> None:
    """No report, no hours of service: 69 hours; a repair that is in time gives no credit."""
    dead = event(at(6, 13, 14), at(6, 16, 11))
    (repair,) = check(ServiceTerms(repair=72), found(dead)).repairs
    assert (repair.took, repair.over, repair.reported) == (69 * H, timedelta(), False)
    assert check(ServiceTerms(repair=72, credits="1 h=5 %"), found(dead)).credits == ()


def test_credits_are_steps_with_a_cap() -> None:
    """Two repairs of one month give 10 % each, limited to 15 % of 200.00; availability gives its own."""
    terms = ServiceTerms(
        availability=Decimal("0.999"),
        year=AvailabilityYear.CALENDAR,
        repair=4,
        credits="99.9 %=5 %; 99.5 %=20 %; 2 h=10 %",
        cap=Decimal("0.15"),
    )
    dead = (event(at(6, 2), at(6, 2) + 6 * H), event(at(6, 20), at(6, 20) + 40 * H))
    seen = check(terms, found(*dead)).credits
    assert [(on, c.share, c.capped, c.amount) for on, c in seen] == [
        (date(2025, 12, 31), Decimal("0.2"), Decimal("0.15"), Money.of("30")),
        (date(2025, 6, 1), Decimal("0.20"), Decimal("0.15"), Money.of("30")),
    ]


def test_missed_appointments_name_with_whom() -> None:
    """One that was kept, and one that the firm missed, are none of the provider's."""
    all_of = (
        Appointment(at(6, 3, 9), "Technician A"),
        Appointment(at(6, 4, 9), "Technician B", kept=True),
        Appointment(at(6, 5, 9), "Technician C", ours=True),
    )
    assert [one.who for one in check(ServiceTerms(), found(missed=all_of)).missed] == ["Technician A"]


def test_repair_time_runs_from_a_report_during_announced_work() -> None:
    """Dead on 3 June from 08:00, announced until 14:00, reported at 09:00 and again on the next day, back on 4 June at
    10:00: 20 hours from the end of the work, not one from the second report; and 6 hours of announced work are out."""
    terms = ServiceTerms(
        repair=8, availability=Decimal("0.99"), year=AvailabilityYear.CALENDAR, announced=True
    )
    one = event(at(6, 3, 14), at(6, 4, 10))
    cut = replace(one.outages[0], announced=(Span(at(6, 3, 8), at(6, 3, 14)),))
    reports = (at(6, 3, 9), at(6, 4, 9))
    seen = check(terms, found(replace(one, outages=(cut,)), reports=reports))
    (repair,) = seen.repairs
    assert (repair.start, repair.reported, repair.took) == (at(6, 3, 14), True, 20 * H)
    assert seen.availability[0].total == 8760 * H - 6 * H
    (late,) = check(terms, found(one, reports=reports)).repairs
    assert late.took == 1 * H  # nothing was announced: the first report is of another fault


def test_outages_of_other_times_are_not_of_these_terms() -> None:
    """A contract that ended before an outage promises nothing for it."""
    terms = ServiceTerms(repair=4, until=date(2025, 5, 31))
    assert check(terms, found(event(at(6, 13), at(6, 14)))).repairs == ()


@pytest.mark.parametrize("said", ["Mon", "8-18 Uhr", "Xy 08:00-10:00", "Mon 25:00-26:00", "Mon 08:00-08:00"])
def test_windows_that_are_none_are_refused(said: str) -> None:
    """Nothing is guessed of hours."""
    with pytest.raises(ValueError):
        weekly(said)


@pytest.mark.parametrize("said", ["5 %", "98 % = x", "4 d = 5 %"])
def test_steps_that_are_none_are_refused(said: str) -> None:
    """Nothing is guessed of credits."""
    with pytest.raises(ValueError):
        credit_steps(said)


def test_an_overnight_window_ends_on_the_next_day() -> None:
    """22:00-02:00 of a Monday holds the first two hours of Tuesday, and 24x7 holds all."""
    night = Span(at(6, 2, 20), at(6, 3, 8))
    assert inside(night, weekly("Mon 22:00-02:00"), BERLIN) == 4 * H
    assert inside(night, weekly("24x7"), BERLIN) == 12 * H


@given(st.datetimes(datetime(2025, 1, 1), datetime(2025, 11, 30)), st.integers(1, 5000), st.integers(0, 4999))
def test_hours_of_service_add_up(start: datetime, minutes: int, cut: int) -> None:
    """A span cut in two has the same hours of service as a whole, also where the clock is changed."""
    begin = start.replace(tzinfo=UTC)
    middle, end = begin + timedelta(minutes=min(cut, minutes)), begin + timedelta(minutes=minutes)
    windows = weekly("Mo-Fr 08:00-18:00; Sa 22:00-04:00")
    parts = inside(Span(begin, middle), windows, BERLIN) + inside(Span(middle, end), windows, BERLIN)
    assert parts == inside(Span(begin, end), windows, BERLIN)
