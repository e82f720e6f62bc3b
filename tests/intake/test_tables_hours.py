"""Sheets of hours: minutes that passed, over midnight and over the change of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.tables import BERLIN, blob, codes

from heller.intake.readers import hours
from heller.model.kinds.shift import Shift, ShiftKind

HEAD = "Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung\n"


def one(row: str, head: str = HEAD) -> tuple[Shift | None, list[str]]:
    """The shift of a row, and the codes of the findings."""
    found = hours.read(blob(head + row + "\n"), BERLIN)
    assert found.rows == 1
    assert found.rows_rejected == 1 - len(found.records)
    first = found.records[0] if found.records else None
    return (first if isinstance(first, Shift) else None), codes(found)


def minutes(row: str) -> int:
    """The minutes of a shift that is read without a doubt."""
    shift, doubts = one(row)
    assert shift is not None
    assert doubts == []
    return shift.minutes


def test_a_shift_knows_who_when_why_and_where_it_stood() -> None:
    """A winter's morning with half an hour of pause: seven and a half hours idle."""
    shift, _ = one("Ada;04.02.2015;8:30;16.30 Uhr;30;Leerlauf;kein Netz")
    assert shift is not None
    assert (shift.person, shift.minutes, shift.kind, shift.note) == ("Ada", 450, ShiftKind.IDLE, "kein Netz")
    assert shift.span.start == datetime(2015, 2, 4, 7, 30, tzinfo=UTC)
    assert shift.span.end == datetime(2015, 2, 4, 15, 30, tzinfo=UTC)
    assert (shift.source.place, shift.source.raw) == ("row 2", "04.02.2015 8:30 16.30 Uhr 30")


def test_a_sheet_may_say_the_kind_where_it_describes_the_work() -> None:
    """Without a column for the kind the description does, where it is a word for one and no more than that."""
    head = "Name;Datum;Von;Bis;Pause;Tätigkeit\n"
    for word, kind in (
        ("Leerlauf", ShiftKind.IDLE),
        ("Überstunden", ShiftKind.OVERTIME),
        ("verlangsamt 40 %", ShiftKind.SLOWED),
        ("Angebot geschrieben", ShiftKind.WORK),
    ):
        shift, _ = one(f"Ada;04.02.2015;08:00;12:00;;{word}", head)
        assert shift is not None and shift.kind is kind


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A;04.02.2015;22:00;06:00;;Überstunden;", 480),  # over midnight
        ("A;28.03.2015;22:00;06:00;;Überstunden;", 420),  # the night of 23 hours
        ("A;24.10.2015;22:00;06:00;;Überstunden;", 540),  # the night of 25 hours
        ("A;29.03.2015;01:00;04:00;;Überstunden;", 120),
        ("A;25.10.2015;01:00;04:00;;Überstunden;", 240),
        ("A;25.10.2015;02:30 +02:00;02:30 +01:00;;Überstunden;", 60),  # the hour that is there twice
        ("A;04.02.2015;16:00;24:00;0:45;Überstunden;", 435),
        ("A;04.02.2015;8 Uhr;12 Uhr;15 Min.;removal;", 225),
        ("A;2015-02-04;08:00;17:00;1 Std.;pursuit;", 480),
        ("A;4.2.15;08:00;17:00;0,5 h;idle;", 510),
    ],
)
def test_minutes_worked_by_hand(row: str, expected: int) -> None:
    """Elapsed time in UTC less the pause, in each spelling an office uses."""
    assert minutes(row) == expected


@given(st.dates(date(2014, 1, 1), date(2026, 12, 31)), st.integers(0, 23), st.integers(1, 23))
def test_minutes_are_those_that_passed_on_every_day_of_the_calendar(
    on: date, begin: int, length: int
) -> None:
    """On every day, a shift that is read lasts as long as the clock of the world says."""
    end = (begin + length) % 24
    shift, _ = one(f"A;{on};{begin}:00;{end}:00;;idle;")
    if shift is None:  # it begins or ends at an hour that is there twice or never
        assert on.month in (3, 10)
        return
    wall = timedelta(hours=length)
    moved = shift.span.start.astimezone(BERLIN).utcoffset(), shift.span.end.astimezone(BERLIN).utcoffset()
    assert moved[0] is not None
    assert moved[1] is not None
    assert timedelta(minutes=shift.minutes) == wall + moved[0] - moved[1]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A;04.02.2015;08:00;08:00;;Leerlauf;", "shift.negative"),
        ("A;04.02.2015;08:00;09:00;60;Leerlauf;", "shift.pause"),
        ("A;04.02.2015;08:00;09:00;90;Leerlauf;", "shift.pause"),
        ("A;04.02.2015;08:00;16:00;-30;Leerlauf;", "row.unreadable"),
        ("A;04.02.2015;08:00;16:00;halb;Leerlauf;", "row.unreadable"),
        ("A;04.02.2015;08:00;16:00;0,5;Leerlauf;", "row.unreadable"),
        ("A;04.02.2015;8;16:00;;Leerlauf;", "row.unreadable"),
        ("A;04.02.2015;08:00;25:00;;Leerlauf;", "row.unreadable"),
        ("A;29.03.2015;02:30;06:00;;Leerlauf;", "row.unreadable"),
        ("A;25.10.2015;02:30;06:00;;Leerlauf;", "row.unreadable"),
        ("A;02/03/2015;08:00;16:00;;Leerlauf;", "row.unreadable"),
        ("A;04.02.2015;08:00;16:00;;Urlaub;", "shift.absence"),
        ("A;04.02.2015;08:00;16:00;;;", "row.empty"),
        (";04.02.2015;08:00;16:00;;Leerlauf;", "row.empty"),
    ],
)
def test_hours_that_are_uncertain_are_rejected(row: str, code: str) -> None:
    """Hours cost money: what cannot be or could be two things is not read."""
    shift, doubts = one(row)
    assert shift is None
    assert doubts[-1] == code


def test_an_end_date_before_the_beginning_is_negative() -> None:
    """With a column for the end's date nothing is carried over midnight by itself."""
    head = "Mitarbeiter;Datum;Beginn;Enddatum;Ende;Art\n"
    assert one("A;04.02.2015;22:00;04.02.2015;06:00;idle", head) == (None, ["shift.negative"])
    shift, _ = one("A;04.02.2015;22:00;05.02.2015;06:00;idle", head)
    assert shift is not None
    assert shift.minutes == 480


def test_long_shifts_and_short_pauses_are_doubted() -> None:
    """Swapped times look like a long night, '1' may be an hour: both are read and said."""
    assert one("A;04.02.2015;17:00;08:00;;Leerlauf;")[1] == ["shift.long"]
    assert one("A;04.02.2015;08:00;16:00;1;Leerlauf;")[1] == ["shift.short_pause"]


def test_the_sum_of_the_sheet_is_a_check_and_never_the_source() -> None:
    """8.00 h on the sheet for eight hours less half an hour of pause: the clock counts, the doubt is said."""
    head = "Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Stunden\n"
    shift, doubts = one("A;04.02.2015;08:00;16:00;30;idle;8,00", head)
    assert shift is not None
    assert (shift.minutes, doubts) == (450, ["shift.other_sum"])
    assert one("A;04.02.2015;08:00;16:00;30;idle;7:30", head)[1] == []


def test_one_person_cannot_be_at_work_twice() -> None:
    """The same row twice is rejected; shifts that overlap are doubted; those that meet, or of others, are not."""
    rows = [
        "Ada;04.02.2015;08:00;12:00;;idle;",
        "ada;04.02.2015;8:00;12:00;;idle;again",
        "Ada;04.02.2015;12:00;16:00;;idle;",
        "Ben;04.02.2015;08:00;12:00;;idle;",
        "Ada;04.02.2015;15:00;18:00;;overtime;",
        "Ada;04.02.2015;15:30;15:45;;idle;",
    ]
    found = hours.read(blob(HEAD + "\n".join(rows)), BERLIN)
    assert (found.rows, found.rows_rejected, len(found.records)) == (6, 1, 5)
    assert codes(found) == ["shift.twice", "shift.overlap", "shift.overlap"]
