"""Exports of time tracking programs by their profiles (Toggl, Clockify, Kimai, Personio ...), and lists of hours alone.

What counts is the clock; the program's own duration is a check, because it is rounded (400 s are '0.11').
Hours become shifts of a kind only where a tag, a project or an activity names the kind, and units of business where
they are billable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import billable_hours, sum_rows
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.profile import Found, look
from heller.intake.tables.sum_rows import Labelled
from heller.intake.written import numbers
from heller.intake.written.canonical import fold, is_absence, shift_kind
from heller.intake.written.day_forms import DATE_FORMS, day, proven_forms
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading, Record
from heller.model.span import Span
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "tracker"

PROGRAMS = ("billable", "project", "tags", "description", "customer")  # two of them tell a program's export
GENERIC = ("program", "list")  # profiles of words that many programs share
SLACK = timedelta(seconds=90)
NOON = timedelta(hours=12)
_CLOCK12 = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])\.?\s?[Mm]\.?")
_LENGTH = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?(?:\s*(?:h|Std\.?))?")


class _Entry(Struct, frozen=True):
    """One row: who, how long, and when where the clock is known."""

    person: str
    length: timedelta
    line: CellRow
    span: Span | None = None
    kind: ShiftKind | None = None
    on: date | None = None
    stated: timedelta | None = None


def identify(head: bytes, name: str) -> Confidence:
    """By the headings of a tracking program, or those of a list of days and hours without times."""
    found = _profile_in(numbers.tabular(head)[:32768])
    if found is None:
        return NOT_MINE
    clocked = {"begin", "end"} <= found.listing.places.keys()
    named = found.profile.name not in GENERIC
    if named or (clocked and sum(key in found.listing.places for key in PROGRAMS) >= 2):
        return Confidence(96, text("Its headings are those of a program for tracking time."))
    if "project" in found.listing.places and {"billable", "rate", "amount"} & found.listing.places.keys():
        return Confidence(92, text("Its headings are those of a program for tracking time."))
    return NOT_MINE if clocked else Confidence(60, text("Its headings name a person, a day and hours."))


def _profile_in(content: str) -> Found | None:
    found = look(content, "hours")
    if found and not found.listing.places.keys() & {"person", "mail", "first", "last"}:
        return None
    return found


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The hours as a whole, and as shifts those whose kind is named."""
    found = _profile_in(numbers.decode(blob.data))
    if found is None:
        return nothing(blob, _unreadable(blob, CellRow(1, ())), NAME)
    return read_by(blob, zone, found.listing)


def read_by(blob: Blob, zone: ZoneInfo, found: Listing) -> Reading:
    """A list read by its columns, as a person looks at it before they are kept."""
    body = list(found.rows(numbers.decode(blob.data)))
    forms, doubts = _forms(found, body, blob)
    entries: list[_Entry] = []
    aside = _aside(found, body)
    for line in body:
        if line.number in aside:
            doubts.append(_left_out(blob, line, aside[line.number]))
            continue
        entry = _entry(found, line, forms, zone)
        if entry is None:
            doubts.append(_unreadable(blob, line))
            continue
        entries.append(entry)
        if entry.stated is not None and abs(entry.stated - entry.length) > SLACK:
            doubts.append(_other(blob, entry))
    bad = len(body) - len(entries) - len(aside)
    if not entries:
        return Reading(NAME, blob.name, (), tuple(doubts), len(body), bad)
    shifts = (
        [] if len(forms) != 1 else [_shift(entry, blob) for entry in entries if entry.kind and entry.span]
    )
    units = (
        billable_hours.units_of(_with_moments(entries, zone), found.cell, found.places, blob.digest)
        if len(forms) == 1
        else ()
    )
    records: tuple[Record, ...] = (_summary(entries, blob), *shifts, *units)
    return Reading(NAME, blob.name, records, tuple(doubts), len(body), bad)


def _with_moments(entries: list[_Entry], zone: ZoneInfo) -> Iterator[tuple[_Entry, datetime, bool]]:
    """The entries whose day is known, with their moment: noon where no clock says it."""
    for entry in entries:
        at = entry.span.start if entry.span else _instant(entry.on, NOON, zone) if entry.on else None
        if at is not None:
            yield entry, at, entry.span is not None


def _aside(found: Listing, body: list[CellRow]) -> dict[int, str]:
    """The rows that are no hours of work, by number: sums of others ('sum', 'no sum'), and the words of absences."""
    absent = {line.number: word for line in body if (word := _absence(found, line))}
    rows = [line for line in body if line.number not in absent]
    labelled = []
    for line in rows:
        length = _length(found.cell(line, "duration")) or _length(found.cell(line, "decimal"))
        value = None if length is None else Decimal(int(length.total_seconds()))
        person = _person(found, line)
        labelled.append(
            Labelled(line.cells, value, person, bare=not person and not found.cell(line, "begin"))
        )
    return absent | {
        rows[one.at].number: "sum" if one.agrees else "no sum" for one in sum_rows.find(labelled)
    }


def _absence(found: Listing, line: CellRow) -> str:
    """The word that says that nobody worked: leave, sickness, a day off; '' where the row is work."""
    exact = (found.cell(line, role) for role in ("project", "description", "customer"))
    words = (*(found.cell(line, role) for role in ("activity", "note")), *found.cell(line, "tags").split(","))
    for word in words:
        if is_absence(word):
            return word.strip()
    return next((word for word in exact if is_absence(word) and len(word.split()) == 1), "")


def _left_out(blob: Blob, line: CellRow, why: str) -> Finding:
    if why in ("sum", "no sum"):
        return sum_rows.note(line.number, why == "sum", blob.digest, " ".join(line.cells))
    said = text("Row {row} is an absence ('{word}') and counts no hours.", row=line.number, word=why[:40])
    return Finding("shift.absence", said, None, Weight.NOTE, Locator(blob.digest, f"row {line.number}"))


def _person(found: Listing, line: CellRow) -> str:
    named = " ".join(filter(None, (found.cell(line, "first"), found.cell(line, "last"))))
    return found.cell(line, "person") or named or found.cell(line, "mail")


def _forms(found: Listing, body: list[CellRow], blob: Blob) -> tuple[tuple[str, ...], list[Finding]]:
    """The one form of the days that the whole column proves, else all that fit and the doubt about it."""
    cells = [cell for line in body if (cell := found.cell(line, "date"))]
    forms = proven_forms([cell for cell in cells if day(cell, DATE_FORMS)])
    if len(forms) < 2:
        return forms, []
    said = text(
        "The days can be read in two ways ('{raw}' is {first} or {second}); the hours do not depend on it.",
        raw=cells[0],
        first=day(cells[0], forms[:1]) or cells[0],
        second=day(cells[0], forms[1:2]) or cells[0],
    )
    do = text("Export it again with days as 2026-01-31, so that the hours can be set against the outage.")
    return forms, [
        Finding(
            "days-unsure", said, do, Weight.WARNING, Locator(blob.digest, f"row {body[0].number}", cells[0])
        )
    ]


def _entry(found: Listing, line: CellRow, forms: tuple[str, ...], zone: ZoneInfo) -> _Entry | None:
    on = day(found.cell(line, "date"), forms)
    person = _person(found, line)
    stated = _length(found.cell(line, "duration")) or _length(found.cell(line, "decimal"))
    if on is None or not person:
        return None
    kind = _kind(found, line)
    begin, end = _clock(found.cell(line, "begin")), _clock(found.cell(line, "end"))
    if begin is None or end is None:
        clocked = {"begin", "end"} <= found.places.keys()
        return None if stated is None or clocked else _Entry(person, stated, line, None, kind, on)
    last = day(found.cell(line, "end_date"), forms) or on + timedelta(days=end < begin)
    start, stop = _instant(on, begin, zone), _instant(last, end, zone)
    length = stop - start if start and stop else _wall(last, end) - _wall(on, begin)
    length = length if (start and stop) or stated is None else stated  # the clock alone leaves it open
    pause = _pause(found.cell(line, "pause"))
    if pause is None or length < pause:
        return None
    length -= pause
    span = Span(start, stop) if start and stop and start < stop else None
    return _Entry(person, length, line, span, kind, on, stated)


def _wall(on: date, since: timedelta) -> datetime:
    return datetime.combine(on, time()) + since


def _instant(on: date, since: timedelta, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall clock, None in the hour that a clock change makes double or leaves out."""
    found = numbers.local(_wall(on, since), zone)
    return found.astimezone(UTC) if found else None


def _clock(raw: str) -> timedelta | None:
    """A time of day, on a clock of 24 or of 12 hours."""
    if match := _CLOCK12.fullmatch(raw.strip()):
        hours = int(match[1]) % 12 + (12 if match[4] in "Pp" else 0)
        found = timedelta(hours=hours, minutes=int(match[2]), seconds=int(match[3] or 0))
        return found if 1 <= int(match[1]) <= 12 and int(match[2]) < 60 else None
    return numbers.clock(raw)


def _length(raw: str) -> timedelta | None:
    """A duration: 7:30, 07:30:00, 7,5 or 7.5 hours, '7,5 h'."""
    if match := _LENGTH.fullmatch(raw.strip()):
        return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
    bare = re.sub(r"\s{0,20}(?:h|Std\.?|Stunden)$", "", raw.strip())
    if not re.fullmatch(r"\d{1,4}(?:[.,]\d{1,4})?", bare):
        return None
    return timedelta(hours=float(bare.replace(",", ".")))


def _pause(raw: str) -> timedelta | None:
    """A pause as 0:30, in minutes, or as a part of an hour ('0,5'); None where it cannot be read."""
    bare = re.sub(r"\s{0,20}(?:min\.?|Minuten|minutes|h|Std\.?)$", "", raw.strip(), flags=re.IGNORECASE)
    if not bare:
        return timedelta()
    if re.fullmatch(r"\d{1,3}", bare):
        return timedelta(minutes=int(bare))
    return _length(bare)


def _kind(found: Listing, line: CellRow) -> ShiftKind | None:
    """The kind of hours where a tag, the activity or the project is called like one."""
    words = (found.cell(line, "activity"), found.cell(line, "project"), *found.cell(line, "tags").split(","))
    return next((kind for word in words if word.strip() and (kind := shift_kind(word.strip()))), None)


def _shift(entry: _Entry, blob: Blob) -> Shift:
    assert entry.span is not None and entry.kind is not None
    at = Locator(blob.digest, f"row {entry.line.number}")
    return Shift(entry.person, entry.span, int(entry.length // timedelta(minutes=1)), entry.kind, at)


def _summary(entries: list[_Entry], blob: Blob) -> Summary:
    at = Locator(blob.digest, f"row {entries[0].line.number}")
    seconds = sum((entry.length for entry in entries), timedelta()).total_seconds()
    agree = all(entry.stated is not None and abs(entry.stated - entry.length) <= SLACK for entry in entries)
    clocked = all(entry.span for entry in entries)
    values = {
        "rows": Value(len(entries), Support.COMPUTED, at),
        "hours": Value(
            f"{seconds / 3600:.4f}",
            Support.PROVEN if agree and clocked else Support.COMPUTED,
            at,
            ("clock", "duration") if agree and clocked else (),
        ),
        "people": Value(len({fold(entry.person) for entry in entries}), Support.COMPUTED, at),
    }
    return Summary("hours", values, at)


def _other(blob: Blob, entry: _Entry) -> Finding:
    said = text(
        "Row {row}: the times give {clock}, the program says {stated}; the times count.",
        row=entry.line.number,
        clock=entry.length,
        stated=entry.stated or timedelta(),
    )
    return Finding(
        "tracker-other", said, None, Weight.WARNING, Locator(blob.digest, f"row {entry.line.number}")
    )


def _unreadable(blob: Blob, line: CellRow) -> Finding:
    return Finding(
        "tracker-unreadable",
        text(
            "Row {row} of the hours was not read: its person, day or times are missing or unclear.",
            row=line.number,
        ),
        text("Export the list again, and add that beside it."),
        Weight.WARNING,
        Locator(blob.digest, f"row {line.number}", " ".join(line.cells)[:80]),
    )
