"""Reads sheets of hours (stunden.csv): who worked or stood idle, from when to when, and why.

Times are those of the wall clock of the site; the minutes are those that passed, also in the nights in
which the clock changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.reading import Confidence
from heller.intake.tables import headings, sum_rows
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import WRITE_MOMENT, Row
from heller.intake.written import canonical, numbers
from heller.intake.written.canonical import LONGEST, did_you_mean, fold, is_absence, shift_kind
from heller.model.finding import Finding, Weight
from heller.model.kinds import shift
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.record import Blob, Reading
from heller.model.span import Span
from heller.model.text import text

NAME = "hours"
LONG = timedelta(hours=14)  # longer than a day's work may be: beginning and end may be swapped
SPEED = re.compile(r"(?<!\s)\s*(?:\b(?:auf|to|at)\s+)?\(?\d{1,3}(?:[.,]\d+)?\s?%\)?")
SHORT_PAUSE = 5  # below it, '1' may be meant as an hour
WRITE_CLOCK = text("A time of day is expected as 8:30.")
WRITE_PAUSE = text("A pause is expected in minutes, as 30, or as 0:30.")

LAYOUT = Layout(
    NAME,
    text("Sheet of hours"),
    ("stunden", "stundenzettel", "zeiten", "hours"),
    (
        ColumnWords("person", ("Mitarbeiter", "Mitarbeiterin", "Person", "Name", "Employee"), needed=True),
        ColumnWords("date", ("Datum", "Tag", "Date", "Day"), needed=True),
        ColumnWords("begin", ("Beginn", "Von", "Anfang", "Begin", "Start", "From"), needed=True),
        ColumnWords("end", ("Ende", "Bis", "End", "To"), needed=True),
        ColumnWords("end_date", ("Enddatum", "Datum Ende", "End date")),
        ColumnWords("pause", ("Pause", "Pause Minuten", "Break")),
        ColumnWords("kind", ("Art", "Kind", "Type")),
        ColumnWords("speed", ("Tempo", "Anteil", "Leistungsanteil", "Speed", "Pace", "Share")),
        ColumnWords("note", ("Bemerkung", "Notiz", "Tätigkeit", "Note", "Remark")),
        ColumnWords("hours", ("Stunden", "Dauer", "Hours", "Duration")),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One shift per row. The same shift a second time is rejected; shifts that overlap are doubted."""
    seen: dict[tuple[str, Span, ShiftKind], int] = {}
    found = headings.gather(blob, LAYOUT, lambda row: _shift(row, zone, seen))
    shifts = [record for record in found.records if isinstance(record, Shift)]
    doubts = [*overlaps(shifts), *_no_kind(shifts)]
    return replace(found, findings=(*found.findings, *doubts))


def _no_kind(shifts: list[Shift]) -> list[Finding]:
    """The note about a sheet that has no column for the kind of the hours."""
    unnamed = [shift for shift in shifts if shift.kind is ShiftKind.WORK]
    if not unnamed:
        return []
    said = text(
        "{n} shifts name no kind of hours: they enter no sum.",
        "One shift names no kind of hours: it enters no sum.",
        n=len(unnamed),
    )
    do = text(
        "Leave the sheet as it is; say the kind in a list of your own with a column 'Art' (Leerlauf, "
        "Überstunden, Schadensbeseitigung or Anspruchsverfolgung), and add that as well."
    )
    return [Finding("shift.no_kind", said, do, Weight.NOTE, unnamed[0].source)]


def overlaps(shifts: list[Shift]) -> list[Finding]:
    """One finding for each shift that begins before an earlier one of the same person ends."""
    by_person = defaultdict(list)
    for one in shifts:
        by_person[fold(one.person)].append(one)
    found = []
    for own in by_person.values():
        own.sort(key=lambda shift: shift.span)
        open_until = own[0]
        for one in own[1:]:
            if one.span.overlaps(open_until.span):
                found.append(_overlap(open_until, one))
            if one.span.end > open_until.span.end:
                open_until = one
    return found


def _overlap(one: Shift, other: Shift) -> Finding:
    said = text(
        "{person} has two shifts at the same time, in rows {first} and {second}.",
        person=other.person,
        first=one.source.place.removeprefix("row "),
        second=other.source.place.removeprefix("row "),
    )
    do = text(
        "An hour of a person counts once. Leave the sheet as it is; note beside it which of the two is right."
    )
    return Finding("shift.overlap", said, do, source=other.source)


def _shift(row: Row, zone: ZoneInfo, seen: dict[tuple[str, Span, ShiftKind], int]) -> Shift:
    if is_absence(row["note"]) and len(row["note"].split()) < 3:
        said = text(
            "Row {row} is an absence ('{word}') and counts no hours.", row=row.number, word=row["note"]
        )
        raise row.skip("shift.absence", said)
    if sum_rows.names_sum(row["person"]):
        said = text("Row {row} is called a sum and was left out.", row=row.number)
        raise row.skip("row.sum", said)
    person, kind = row.need("person"), _kind(row)
    speed = _speed(row) if kind is ShiftKind.SLOWED else None
    span = _span(row, zone)
    whole = int(span.length // timedelta(minutes=1))
    minutes = whole - _pause(row, whole)
    if minutes <= 0:
        raise row.reject(
            "shift.pause",
            text("Row {row} was not read: the pause is as long as the shift, or longer.", row=row.number),
            WRITE_PAUSE,
            "begin",
            "end",
            "pause",
        )
    first = seen.setdefault((fold(person), span, kind), row.number)
    if first != row.number:
        raise row.reject(
            "shift.twice",
            text("Row {row} was not read: it says the same as row {first}.", row=row.number, first=first),
            None,
            "person",
            "date",
        )
    _compare(row, minutes)
    return Shift(person, span, minutes, kind, row.at("date", "begin", "end", "pause"), row["note"], speed)


def _kind(row: Row) -> ShiftKind:
    if "kind" not in row.head.places:  # some sheets say it where the work is described
        return shift_kind(SPEED.sub(" ", row["note"])) or ShiftKind.WORK
    word = row.need("kind")
    if kind := shift_kind(SPEED.sub(" ", word)) or shift_kind(word):
        return kind
    if is_absence(word):
        said = text("Row {row} is an absence ('{word}') and counts no hours.", row=row.number, word=word[:40])
        raise row.skip("shift.absence", said)
    row.doubt(
        "shift.unknown_kind",
        text(
            "Row {row}: no kind of hours is called '{word}'; the hours are kept, and enter no sum until it is said.",
            row=row.number,
            word=word[:60],
        ),
        did_you_mean(word, shift.WORDS),
    )
    return ShiftKind.WORK


def _speed(row: Row) -> Decimal:
    """The share of the usual work that was done in slowed hours: its column, else the kind ('verlangsamt 30 %')."""
    found = re.search(r"\d{1,3}(?:[.,]\d+)?\s?%", row["kind"] or row["note"])
    said = canonical.share(row["speed"] or (found[0] if found else ""), percent=True)
    if said is None:
        raise row.reject(
            "shift.no_speed",
            text(
                "Row {row} was not read: slowed hours need the share of the work that was done.",
                row=row.number,
            ),
            text("The share is expected beside the kind, as 'verlangsamt 30 %', or in a column 'Tempo'."),
            "kind",
        )
    return said


def _span(row: Row, zone: ZoneInfo) -> Span:
    """From beginning to end; an end that is earlier in the day belongs to the next day."""
    day = row.day("date")
    begin, end = _clock(row, "begin"), _clock(row, "end")
    last = row.day("end_date") if row["end_date"] else day + timedelta(end < begin)
    start, stop = _instant(row, "begin", day, begin, zone), _instant(row, "end", last, end, zone)
    if stop <= start:
        raise row.reject(
            "shift.negative",
            text("Row {row} was not read: it ends when it begins, or before.", row=row.number),
            text("Ask the person which of the times is right."),
            "date",
            "begin",
            "end",
        )
    if stop - start > LONG:
        row.doubt(
            "shift.long",
            text("Row {row}: the shift lasts {length}.", row=row.number, length=stop - start),
            text("Check whether beginning and end are swapped."),
        )
    return Span(start, stop)


def _clock(row: Row, key: str) -> timedelta:
    """The wall clock's time since midnight, with or without an offset."""
    row.need(key)
    found = numbers.clock(re.sub(r"\s{0,20}[+-]\d\d:?\d\d$", "", row.short(key, WRITE_CLOCK)))
    if found is None:
        raise row.unreadable(key, WRITE_CLOCK)
    return found


def _instant(row: Row, key: str, day: date, since: timedelta, zone: ZoneInfo) -> datetime:
    if match := re.search(r"[+-]\d\d:?\d\d$", row[key]):
        offset = datetime.strptime(match[0], "%z").tzinfo
        return (datetime.combine(day, time(), offset) + since).astimezone(UTC)
    found = numbers.local(datetime.combine(day, time()) + since, zone)
    if found is None:
        raise row.unreadable(key, WRITE_MOMENT)
    return found


def _pause(row: Row, whole: int) -> int:
    """Minutes without pay or work; an empty cell is none. `whole` are the minutes of the shift: where the
    sheet's own hours fit a pause of hours ('0,5', '1'), it is one of hours."""
    raw = row.short("pause", WRITE_PAUSE)
    if not raw:
        return 0
    bare_hours, stated = numbers.decimal(raw), _stated(row)
    if bare_hours is not None and 0 < bare_hours < SHORT_PAUSE and stated == whole - round(bare_hours * 60):
        return round(bare_hours * 60)
    if clock := re.fullmatch(r"(\d{1,2}):(\d{2})(?:\s*(?:h|Std\.?|Stunden?))?", raw):
        return int(clock[1]) * 60 + int(clock[2])
    if hours := re.fullmatch(r"([\d.,]+)\s*(?:h|Std\.?|Stunden?)", raw):
        minutes = (numbers.decimal(hours[1]) or Decimal("0.001")) * 60
    else:
        bare = numbers.decimal(re.sub(r"\s{0,20}(?:min\.?|Minuten|')$", "", raw, flags=re.IGNORECASE))
        minutes = Decimal(-1) if bare is None else bare
        if 0 < minutes < SHORT_PAUSE:
            row.doubt(
                "shift.short_pause",
                text(
                    "Row {row}: the pause was read as {n} minutes.",
                    "Row {row}: the pause was read as one minute.",
                    row=row.number,
                    n=minutes,
                ),
                text("If hours were meant, add a corrected copy with 1:00 beside it."),
            )
    if minutes < 0 or minutes != int(minutes):
        raise row.unreadable("pause", WRITE_PAUSE)
    return int(minutes)


def _stated(row: Row) -> int | None:
    """The minutes that the sheet itself states, as 7:30 or 7,5 hours."""
    raw = row["hours"][:LONGEST]
    if ":" in raw:
        since = numbers.clock(raw)
        return None if since is None else since // timedelta(minutes=1)
    stated = numbers.decimal(raw)
    return None if stated is None else round(stated * 60)


def _compare(row: Row, minutes: int) -> None:
    """The sheet's own sum of hours is a check, not a source: it is often rounded."""
    said = _stated(row)
    if said is not None and abs(said - minutes) > 1:
        row.doubt(
            "shift.other_sum",
            text(
                "Row {row}: the sheet says {said} minutes, times and pause give {minutes}; these count.",
                row=row.number,
                said=said,
                minutes=minutes,
            ),
            text("Check whether the pause was taken off."),
        )
