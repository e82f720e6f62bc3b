"""The calendar file follows RFC 5545: line ends, folding, escaping, all-day events, identities."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from heller.law.duties.calendar_file import Entry, calendar, escaped, folded, stable_uid

D = date.fromisoformat
SAID = st.text(st.characters(codec="utf-8"), max_size=300)


@given(SAID)
@settings(max_examples=200, deadline=None)
def test_folding_can_be_undone(said: str) -> None:
    """RFC 5545 3.1: no line over 75 octets, no character cut, and unfolding gives the line back."""
    line = "SUMMARY:" + escaped(said)
    out = folded(line)
    assert all(len(piece.encode()) <= 75 for piece in out.split("\r\n"))
    assert out.replace("\r\n ", "") == line
    assert not any(ord(char) < 32 or ord(char) == 127 for char in escaped(said))


def test_a_calendar() -> None:
    """An all-day event ends on the day after it (exclusive), text is escaped, every line ends with CRLF."""
    entry = Entry(stable_uid("case", "BGB-199", "1"), D("2018-12-31"), "Verjährung; Ende", "a, b\nc\\d", 14)
    made = calendar([entry], D("2015-06-30"), "Fristen")
    assert made == calendar([entry], D("2015-06-30"), "Fristen")
    lines = made.split("\r\n")
    assert "\n" not in made.replace("\r\n", "") and lines[0] == "BEGIN:VCALENDAR" and lines[-1] == ""
    for expected in (
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


def test_identities_tell_things_apart() -> None:
    """Parts are not run together, and the same parts give the same identity."""
    assert stable_uid("a", "bc") != stable_uid("ab", "c")
    assert stable_uid("a", "b") == stable_uid("a", "b")


def test_an_appointment_is_written_in_utc() -> None:
    """10:00 in Berlin in February is 09:00Z; it has an end and is no day."""
    begins = datetime(2015, 2, 16, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    entry = Entry("u", D("2015-02-16"), "Technician", "", begins=begins, ends=begins + timedelta(hours=2))
    made = calendar([entry], D("2015-02-10"), "x")
    assert "DTSTART:20150216T090000Z\r\nDTEND:20150216T110000Z\r\n" in made and "VALUE=DATE" not in made
