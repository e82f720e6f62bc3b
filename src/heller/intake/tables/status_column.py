"""Which column of a list says what became of each row, where no heading says so: the one whose every word is known."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from heller.intake.tables.row import Row
from heller.intake.tables.unit_words import fate
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.unit import Fate
from heller.model.text import text

LEAST = 0.5  # of the rows say something in it


def placed(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Make the column known to its rows, and say so; nothing where a heading names one, or none or several fit."""
    if not rows or "status" in rows[0].head.places:
        return ()
    head = rows[0].head
    free = set(range(len(head.cells))) - set(head.places.values())
    found = [column for column in sorted(free) if _says_fates(rows, column)]
    if len(found) != 1:
        return ()
    known = replace(head, places={**head.places, "status": found[0]})
    for row in rows:
        row.head = known
    said = text(
        "The column '{column}' is read as what became of each row.", column=head.cells[found[0]].strip()
    )
    at = Locator(rows[0].digest, f"row {head.row}")
    return (Finding("unit.status_column", said, None, Weight.NOTE, at),)


def _says_fates(rows: Sequence[Row], column: int) -> bool:
    """Whether its words are fates, all of them, and not all the same that took place."""
    said = [word for row in rows if column < len(row.cells) and (word := row.cells[column].strip())]
    fates = {fate(word) for word in set(said)}
    return len(said) >= LEAST * len(rows) and None not in fates and bool(fates - {Fate.HELD, Fate.OPEN})
