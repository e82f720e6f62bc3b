"""The calendar file follows RFC 5545: another program, and our own reader, find in it what was put in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from heller.dossier.calendar_file import Entry, calendar, plain, stable_uid

D = date.fromisoformat
SAID = st.text(st.characters(codec="utf-8"), max_size=300)
BERLIN = ZoneInfo("Europe/Berlin")


@given(SAID, SAID, SAID)
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_comes_back(title: str, description: str, name: str) -> None:
    """Parsed again, every word is there; no line is over 75 octets, no character cut, no control character left."""
    made = calendar([Entry("a@heller", D("2018-12-31"), title, description, 3)], D("2015-06-30"), name)
    (event,) = Calendar.from_ical(made).events
    assert (event["summary"], event["description"]) == (plain(title), plain(description))
    assert event.alarms.times[0].trigger == D("2018-12-28")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert not any(ord(char) < 32 or ord(char) == 127 for char in made.replace("\r\n", ""))


def test_a_calendar() -> None:
    """An all-day event ends on the day after it (exclusive), text is escaped, every line ends with CRLF."""
    entry = Entry(stable_uid("case", "BGB-199", "1"), D("2018-12-31"), "Verjährung; Ende", "a, b\nc\\d", 14)
    made = calendar([entry], D("2015-06-30"), "Fristen, alle")
    assert made == calendar([entry], D("2015-06-30"), "Fristen, alle")
    lines = made.split("\r\n")
    assert "\n" not in made.replace("\r\n", "") and lines[0] == "BEGIN:VCALENDAR" and lines[-1] == ""
    for expected in (
        "VERSION:2.0",
        "X-WR-CALNAME:Fristen\\, alle",
        "DTSTAMP:20150630T000000Z",
        "DTSTART;VALUE=DATE:20181231",
        "DTEND;VALUE=DATE:20190101",
        "SUMMARY:Verjährung\\; Ende",
        "DESCRIPTION:a\\, b\\nc\\\\d",
        "TRIGGER:-P14D",
    ):
        assert expected in lines
    assert [line for line in lines if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
    ]


def test_an_appointment_stands_in_utc() -> None:
    """It begins and ends at the instants that were meant, whatever the zone of the reader's program."""
    begins = datetime(2026, 3, 2, 9, 30, tzinfo=BERLIN)
    entry = Entry("a@heller", D("2026-03-02"), "Messen", "", begins=begins, ends=begins + timedelta(hours=1))
    (event,) = Calendar.from_ical(calendar([entry], D("2026-02-01"), "Messtage")).events
    assert (event.start, event.end) == (
        datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    )
    assert event.alarms.times == []


def test_identities_tell_things_apart() -> None:
    """Parts are not run together, and the same parts give the same identity."""
    assert stable_uid("a", "bc") != stable_uid("ab", "c")
    assert stable_uid("a", "b") == stable_uid("a", "b")
