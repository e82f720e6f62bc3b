"""One row of a table while it is read: its cells by column, its doubts, and how it is rejected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.written import numbers
from heller.intake.written.canonical import LONGEST
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import Money
from heller.model.text import Text, text

NOON = time(12)
WRITE_DAY = text("A day is expected as 04.02.2015 or 2015-02-04.")
WRITE_AMOUNT = text("An amount is expected as 1234,56, with two decimals at most.")
YEARS = range(1990, 2100)  # outside stands a slip of the pen
WRITE_MOMENT = text(
    "Day and time are expected as 04.02.2015 and 09:30; in the night of the clock change with +01:00 or +02:00."
)

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_CURRENCY = re.compile(
    r"(?:[(\[]\s{0,9}|(?<!\s)\s{1,9}(?=(?:EUR|Euro|€)\s{0,9}$))([A-Z]{3}|Euro|[€$£])\s{0,9}(?:[)\]]|$)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(.{0,60}?\d)\s{0,20}([+-]\d{2}:?\d{2}|Z)", re.ASCII)
_TWO_DIGITS = re.compile(r"\d{2}(?!\d)", re.ASCII)


class Rejected(Exception):
    """A row that cannot be read, with the reason as a finding; it never leaves this room."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class HeadingRow(Struct, frozen=True):
    """The heading row: which row and line it is, what stands in which column, what is there twice."""

    row: int
    line: int
    delimiter: str
    places: dict[str, int]
    cells: tuple[str, ...]
    twice: tuple[str, ...] = ()

    @property
    def known(self) -> float:
        """Share of the headings that are known."""
        return len(self.places) / max(1, sum(1 for cell in self.cells if cell.strip()))


class Row:
    """One row being read. Its `doubts` are kept even where the row is read."""

    __slots__ = ("cells", "digest", "doubts", "head", "number")

    def __init__(self, number: int, cells: Sequence[str], head: HeadingRow, digest: str) -> None:
        self.number, self.cells, self.head, self.digest = number, cells, head, digest
        self.doubts: list[Finding] = []

    def __getitem__(self, key: str) -> str:
        """The cell of a column without blanks around it, '' where there is none."""
        place = self.head.places.get(key)
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""

    def at(self, *keys: str) -> Locator:
        """Where the cells of these columns stand, with their characters."""
        return Locator(self.digest, f"row {self.number}", " ".join(self[key] for key in keys).strip())

    def heading(self, key: str) -> str:
        """The heading of a column as the file writes it."""
        place = self.head.places.get(key)
        return self.head.cells[place].strip() if place is not None else key

    def doubt(self, code: str, said: Text, do: Text | None = None, weight: Weight = Weight.WARNING) -> None:
        """Note a doubt about a row that is read nevertheless."""
        self.doubts.append(Finding(code, said, do, weight, Locator(self.digest, f"row {self.number}")))

    def reject(self, code: str, said: Text, do: Text | None = None, *keys: str) -> Rejected:
        """The exception that rejects this row: `raise row.reject(...)`. Nobody is told to alter what was handed in."""
        return Rejected(Finding(code, said, do and beside(do), Weight.REFUSED, self.at(*keys)))

    def skip(self, code: str, said: Text, do: Text | None = None) -> Rejected:
        """The exception for a row that says nothing yet: it counts as rejected, and is only noted."""
        return Rejected(Finding(code, said, do, Weight.NOTE, self.at()))

    def need(self, key: str) -> str:
        """A cell that must not be empty."""
        found = self[key]
        if found:
            return found
        raise self.reject(
            "row.empty",
            text("Row {row} was not read: '{column}' is empty.", row=self.number, column=self.heading(key)),
            text("A value is expected there."),
        )

    def short(self, key: str, do: Text) -> str:
        """A cell that holds a number or a time; a longer one cannot be either."""
        if len(self[key]) > LONGEST:
            raise self.unreadable(key, do)
        return self[key]

    def unreadable(self, key: str, do: Text) -> Rejected:
        """The exception for a cell that is no value of its column, or could be two."""
        return self.reject(
            "row.unreadable",
            text(
                "Row {row} was not read: '{value}' under '{column}' cannot be understood without doubt.",
                row=self.number,
                value=self[key][:60],
                column=self.heading(key),
            ),
            do,
            key,
        )

    def day(self, key: str) -> date:
        """A day that must be there."""
        self.need(key)
        found = numbers.day(self.short(key, WRITE_DAY))
        if found is None or found.year not in YEARS:
            raise self.unreadable(key, WRITE_DAY)
        return found

    def money(self, key: str, mark: str = "") -> Money:
        """An amount in euro that must be there. `mark` is the decimal mark of the column, if proven."""
        self.need(key)
        raw = self.short(key, WRITE_AMOUNT)
        found = numbers.amount(raw, currency_of(self.heading(key)) or "EUR", mark)
        if found is None or self.torn(key):
            raise self.unreadable(key, WRITE_AMOUNT)
        if found.currency != "EUR":
            raise self.reject(
                "row.currency",
                text(
                    "Row {row} was not read: it is in {currency}, and a claim is worked out in euro.",
                    row=self.number,
                    currency=found.currency,
                ),
                text("Enter the amount in euro with the rate of the day and its source."),
                key,
            )
        return found

    def moment(self, day_key: str, time_key: str, zone: ZoneInfo) -> datetime:
        """An instant in UTC from a day and a time of day, or from one cell that holds both.

        The time of day may carry an offset, which the night of the clock change needs.
        """
        self.need(day_key)
        on, at = self.short(day_key, WRITE_MOMENT), self.short(time_key, WRITE_MOMENT)
        found = _exact(on, at) or _moment(on, at, zone)
        if found is not None and found.year in YEARS:
            return found
        at_fault = time_key if self[time_key] and numbers.day(self[day_key]) else day_key
        raise self.unreadable(at_fault, WRITE_MOMENT)

    def noon(self, key: str, zone: ZoneInfo) -> datetime:
        """Noon of a day: it stands for the day where no time of day is known."""
        found = numbers.local(datetime.combine(self.day(key), NOON), zone)
        if found is None:  # no zone changes its clock at noon
            raise self.unreadable(key, text("A time of day is expected."))
        return found

    def torn(self, key: str) -> bool:
        """Whether '31,50' may have been torn in two by a comma that separates columns: '31' and '50'."""
        place = self.head.places[key]
        if self.head.delimiter != "," or place + 1 >= len(self.cells):
            return False
        after = self.cells[place + 1].strip()
        return bool(_WHOLE.fullmatch(self[key]) and _TWO_DIGITS.match(after) and "." not in after)


def beside(do: Text) -> Text:
    """What is expected of a value, and that the file stays what it is: a list that its owner rewrote is attacked in
    court, a corrected copy beside the original is not."""
    return text("{do} The file stays as it is: add a corrected copy beside it.", do=do)


@cache
def currency_of(heading: str) -> str:
    """The currency that a heading names in brackets, '' where it names none.

    >>> currency_of("Netto (EUR)"), currency_of("Netto [$]"), currency_of("Netto")
    ('EUR', '$', '')
    """
    match = _CURRENCY.search(heading)
    return numbers.SYMBOLS.get(match[1].lower(), match[1].upper()) if match else ""


def _moment(day_raw: str, time_raw: str, zone: ZoneInfo) -> datetime | None:
    try:
        return numbers.moment(day_raw, time_raw, zone)
    except OverflowError:  # the year 1 or 9999
        return None


def _exact(day_raw: str, time_raw: str) -> datetime | None:
    """The instant of a day and a time of day with an offset; None where there is no offset."""
    match, on = _OFFSET.fullmatch(time_raw), numbers.day(day_raw)
    since = numbers.clock(match[1]) if match else None
    if match is None or on is None or since is None or since >= timedelta(1):
        return None
    if on.year not in YEARS:
        return None
    return datetime.fromisoformat(f"{on}T{datetime.min + since:%H:%M:%S}{match[2]}").astimezone(UTC)
