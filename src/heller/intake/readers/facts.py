"""Reads what a firm states about itself, its line and its shop (angaben.csv)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import Row
from heller.intake.written.canonical import LONGEST, canonical, did_you_mean, fact_of, is_open
from heller.model.kinds.fact import Fact
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value_form import ValueKind

NAME = "facts"

LAYOUT = Layout(
    NAME,
    text("Statements of the firm"),
    ("angaben", "facts"),
    (
        ColumnWords("fact", ("Angabe", "Angaben", "Fact", "Statement"), needed=True),
        ColumnWords("value", ("Wert", "Value"), needed=True),
        ColumnWords("basis", ("Quelle", "Beleg", "Nachweis", "Source", "Basis")),
    ),
)
_NUMERIC = (ValueKind.MONEY, ValueKind.SHARE, ValueKind.NUMBER)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One fact per row, in canonical form. A fact stated twice with two values is doubted."""
    seen: dict[str, tuple[int, str]] = {}
    return headings.gather(blob, LAYOUT, lambda row: _fact(row, zone, seen))


def _fact(row: Row, zone: ZoneInfo, seen: dict[str, tuple[int, str]]) -> Fact:
    word = row.need("fact")
    spec = fact_of(word)
    if spec is None:
        return _unknown(row, word)
    if is_open(row["value"]):
        raise row.skip(
            "fact.open",
            text("Row {row}: {fact} is open; nothing was read.", row=row.number, fact=spec.label),
            spec.why,
        )
    value = canonical(spec, row["value"], zone)
    if value is None or (spec.kind in _NUMERIC and row.torn("value")):
        raise row.unreadable("value", spec.how)
    first, before = seen.setdefault(spec.key, (row.number, value))
    if before != value:
        row.doubt(
            "fact.twice",
            text(
                "Row {row} states {fact} otherwise than row {first}; the later one counts.",
                row=row.number,
                fact=spec.label,
                first=first,
            ),
            text("State the one that holds with heller note CASE fact; nothing is removed."),
        )
    return Fact(spec.key, value, row["basis"], row.at("value"))


def _unknown(row: Row, word: str) -> Fact:
    """A statement whose name is no fact is kept as it stands, and asked: nothing follows from it until then."""
    row.doubt(
        "fact.unknown",
        text(
            "Row {row}: there is no fact called '{word}'. It is kept as it stands, and nothing follows from it.",
            row=row.number,
            word=word[:60],
        ),
        did_you_mean(word),
    )
    return Fact(word[:LONGEST], row["value"], row["basis"], row.at("value"))
