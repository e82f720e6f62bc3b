"""Lists of units of business: appointment books, reservations of houses and tables, takings of tills (also DSFinV-K),
deliveries, tickets; by profiles, as orders and bank tables are.

Customers are kept by number or by a pseudonym, never by name. A list whose headings no profile knows is not guessed at.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.tables import cells, headings, status_column, sum_rows
from heller.intake.tables.export import SEARCH
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.profile import TableProfile, built_in
from heller.intake.tables.row import HeadingRow, Rejected, Row
from heller.intake.tables.sum_rows import Labelled
from heller.intake.tables.unit_rows import UnitRows
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "units"
SURE, HALF = 94, 0.5  # and the share of its headings that has to be known where there are few
LONGEST_HEADING = 60  # signs
ENOUGH = 4  # columns of its own that make a list certain

LAYOUT = Layout(
    NAME,
    text("Units of business"),
    (),
    (
        ColumnWords("date", ("Datum", "Termin", "Anreise", "Date", "Arrival", "Check-in"), needed=True),
        ColumnWords(
            "customer",
            ("Patient", "Patientin", "Patientenname", "Klient", "Klientin", "Mandant", "Mandantin", "Schüler",
             "Schülerin", "Gast", "Gastname", "Name des Gastes", "Kunde", "Kundin", "Kundenname", "Guest", "Guest name",
             "Guest Name(s)", "Booked by", "Client", "Customer", "Patient name", "Pupil", "Name"),
        ),
    ),
)  # fmt: skip


class _Fit(Struct, frozen=True):
    """A profile that fits a list, and its row of headings."""

    profile: TableProfile
    layout: Layout
    head: HeadingRow

    @property
    def known(self) -> int:
        """How many of its columns are known."""
        return len(self.head.places)


@cache
def _layouts() -> tuple[tuple[TableProfile, Layout], ...]:
    return tuple((profile, _layout(profile)) for profile in built_in(NAME))


def _layout(profile: TableProfile) -> Layout:
    columns = (
        ColumnWords(role, words, needed=role in profile.needed) for role, words in profile.columns.items()
    )
    return Layout(NAME, text("Units of business"), (), tuple(columns))


def _fit(rows: tuple[headings.FirstRow, ...]) -> _Fit | None:
    """The profile that knows the most of the headings; a more particular one where two know as many."""
    found = [
        _Fit(profile, layout, head)
        for profile, layout in _layouts()
        if (head := headings._head(rows, layout)) is not None and _suits(profile, head)
    ]
    return max(
        found, key=lambda one: (len(one.profile.needed) > 3, one.known, len(one.profile.either)), default=None
    )


def _may_be_table(head: bytes) -> bool:
    """Whether some row may be headings, two at least and each as short as one: else no profile is loaded, for a log or
    a letter."""
    content = numbers.decode(head)
    rows = (row for d in cells.delimiters(content) for row in cells.first_lines(content, d)[:SEARCH])
    return any(row.filled > 1 and all(len(cell) <= LONGEST_HEADING for cell in row.cells) for row in rows)


def _suits(profile: TableProfile, head: HeadingRow) -> bool:
    there = head.places.keys()
    return all(there & set(group) for group in profile.either) and not there & set(profile.never)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings of a profile."""
    found = _fit(headings._lines(head)) if numbers.tabular(head) and _may_be_table(head) else None
    if found is None:
        return NOT_MINE
    why = text("Its headings are those of the profile {profile}.", profile=found.profile.title)
    if found.known >= ENOUGH or len(found.profile.needed) > 2:
        return Confidence(SURE, why)
    return Confidence(round(SURE * found.head.known), why) if found.head.known > HALF else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Each unit in the order of the list; rows that are sums of others are left out, and said."""
    try:
        found = _fit(headings._first(numbers.decode(blob.data)))
        gathered = headings.table(blob, found.layout) if found else None
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    if found is None or gathered is None:
        return Reading(NAME, blob.name, findings=(headings._no_headings(blob, LAYOUT),))
    good = [row for row, broken in gathered.rows if not broken]
    findings = [*gathered.findings, *(broken for _, broken in gathered.rows if broken)]
    findings += status_column.placed(good) if found.profile.unit != UnitKind.TAKINGS.value else ()
    sums = _sums(good)
    reader = UnitRows(found.profile, good, zone)
    units: list[Unit] = []
    rejected = len(gathered.rows) - len(good)
    beside: list[int] = []
    for at, row in enumerate(good):
        if at in sums:
            findings.append(sum_rows.note(row.number, sums[at], row.digest, " ".join(row.cells)))
            continue
        try:
            unit = reader.unit(row)
        except Rejected as refusal:
            findings.append(refusal.finding)
            rejected += 1
            continue
        findings += row.doubts
        units += [unit] if unit is not None else []
        beside += [row.number] if unit is None else []
    findings += [*_unknown(blob, reader), *_no_value(blob, units), *_no_business(blob, beside)]
    return Reading(NAME, found.profile.title, tuple(units), tuple(findings), len(gathered.rows), rejected)


def _sums(rows: list[Row]) -> dict[int, bool]:
    """The places of rows that are sums, with whether they add up."""
    labelled = []
    for row in rows:
        raw = row["gross"] or row["net"] or row["sum"]
        value = numbers.decimal(raw) if raw and len(raw) < 40 else None
        words, bare = tuple(cell.strip() for cell in row.cells), not row["date"] and not row["made"]
        labelled.append(Labelled(words, value, row["number"] or row["date"], bare))
    return {one.at: one.agrees for one in sum_rows.find(labelled)}


def _no_business(blob: Blob, rows: list[int]) -> list[Finding]:
    """The rows that say nothing of business: cash carried to the bank, receipts for training, payments that failed."""
    if not rows:
        return []
    said = text(
        "{n} rows are no business (the first is row {row}) and are not used.",
        "Row {row} is no business and is not used.",
        n=len(rows),
        row=rows[0],
    )
    return [Finding("rows-unused", said, None, Weight.NOTE, Locator(blob.digest, f"row {rows[0]}"))]


def _unknown(blob: Blob, reader: UnitRows) -> list[Finding]:
    return [
        Finding(
            "unit.fate",
            text(
                "What '{word}' means for what became of it is not known ({n} rows, the first is row {row}): they "
                "count nothing.",
                "What '{word}' means for what became of it is not known (row {row}): it counts nothing.",
                word=word,
                n=len(rows),
                row=rows[0],
            ),
            text(
                "Note it by hand: heller note CASE unit, with one of: took place, lost, called off, caught up on."
            ),
            Weight.WARNING,
            Locator(blob.digest, f"row {rows[0]}"),
        )
        for word, rows in reader.unknown.items()
    ]


def _no_value(blob: Blob, units: list[Unit]) -> list[Finding]:
    bare = [unit for unit in units if unit.value is None and unit.fate is not Fate.OPEN]
    if not bare:
        return []
    said = text(
        "{n} rows name no amount: what one of them brings has to be said.",
        "One row names no amount: what it brings has to be said.",
        n=len(bare),
    )
    do = text("Say it once for the channel: heller note CASE channel NAME --value 85,00")
    return [Finding("unit.value", said, do, Weight.NOTE, bare[0].source or Locator(blob.digest))]
