"""The plan of a campaign is one that the authority's criteria take as complete, on whatever days it falls."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from heller.dossier import speed_campaign
from heller.dossier.wording import Words
from heller.model.finding import Locator
from heller.model.kinds.speed_test import SpeedTest
from heller.outage.speed import campaign
from heller.outage.speed.campaign import timetable

BERLIN = ZoneInfo("Europe/Berlin")


@given(st.dates(date(2021, 12, 13), date(2030, 12, 31)), st.integers(0, 18 * 60))
def test_a_planned_campaign_is_complete(first: date, minute: int) -> None:
    """Summer time begins or ends, a year ends, it is February: ten on each of three days, as the order asks."""
    days = timetable(first, (datetime.min + timedelta(minutes=minute)).time(), BERLIN)
    tests = [SpeedTest(at, "plan", Locator(""), 1, 1) for day in days for at in day]
    checked = campaign.check(tests, None, BERLIN)
    assert checked.complete and len(checked.tests) == 30
    assert min(checked.pauses) >= timedelta(hours=3)
    assert all(day.weekday() < 5 for day in checked.days) and checked.days[0] >= first


def test_the_calendar_has_two_appointments_a_day_in_utc() -> None:
    """Another program reads the file: six appointments, the first at nine in Berlin, winter."""
    days = timetable(date(2026, 12, 1), time(9), BERLIN)
    read = icalendar.Calendar.from_ical(speed_campaign.calendar(days, date(2026, 12, 1), Words("de")))
    events: list[Any] = read.walk("VEVENT")
    assert len(events) == 6 and len({str(event["UID"]) for event in events}) == 6
    first = events[0]
    assert first["DTSTART"].dt.isoformat() == "2026-12-01T08:00:00+00:00"
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=45)
    assert "09:00" in str(first["DESCRIPTION"])
