"""Call lists of a FRITZ!Box: how many calls came in, were missed, went out, and how long they lasted.

Numbers and names of callers are third parties': none is kept. A silence during an outage may itself be
evidence, so the first and the last call are named.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "calls"

COLUMNS = {
    "kind": ("Typ", "Type"),
    "at": ("Datum", "Date"),
    "length": ("Dauer", "Duration"),
    "number": ("Rufnummer", "Telephone number", "Phone number", "Telefonnummer"),
    "extension": ("Nebenstelle", "Extension", "Telephony device"),
}
# The box's export numbers outgoing calls 4, older firmware and TR-064 3; 10 was turned away by a block.
KINDS = {"1": "incoming", "2": "missed", "3": "outgoing", "4": "outgoing", "10": "blocked", "5": "blocked"}
_STAMP = re.compile(r"(\d{2}\.\d{2}\.(?:\d{4}|\d{2}))\s+(\d{1,2}:\d{2}(?::\d{2})?)")
_LENGTH = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")


def identify(head: bytes, name: str) -> Confidence:
    """By its five headings."""
    content = numbers.tabular(head)[:8192]
    found = _head(content)
    return Confidence(93, text("Its headings are those of a FRITZ!Box's call list.")) if found else NOT_MINE


def _head(content: str) -> tuple[str, int, dict[str, int]] | None:
    """Delimiter, row of the headings, place of each column."""
    for delimiter in cells.delimiters(content):
        for line in list(cells.lines(content[:8192], delimiter))[:3]:
            row = [fold(cell) for cell in line.cells]
            places = {
                key: row.index(fold(word))
                for key, words in COLUMNS.items()
                for word in words
                if fold(word) in row
            }
            if places.keys() == COLUMNS.keys():
                return delimiter, line.number, places
    return None


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The list as a whole; its times are those of the box's wall clock."""
    content = numbers.decode(blob.data)
    found = _head(content)
    if found is None:
        return nothing(blob, _unreadable(blob, CellRow(1, ())), NAME)
    delimiter, head, places = found
    body = [line for line in cells.lines(content, delimiter) if line.number > head and line.filled]
    counts, minutes, stamps, findings = dict.fromkeys(KINDS.values(), 0), 0, list[datetime](), list[Finding]()
    for line in body:
        call = _call(line, places)
        if call is None:
            findings.append(_unreadable(blob, line))
            continue
        kind, moment, length = call
        counts[kind] += 1
        minutes += length
        stamps.append(moment)
    at = Locator(blob.digest, f"row {head + 1}")
    values = {
        "rows": Value(len(body), Support.COMPUTED, at),
        "calls": Value(len(stamps), Support.COMPUTED, at),
        **{kind: Value(n, Support.COMPUTED, at) for kind, n in counts.items()},
        "minutes": Value(minutes, Support.COMPUTED, at),
        "from": Value(min(stamps).isoformat() if stamps else None, Support.COMPUTED, at),
        "to": Value(max(stamps).isoformat() if stamps else None, Support.COMPUTED, at),
    }
    if body and not stamps:
        return Reading(NAME, blob.name, (), tuple(findings), len(body), len(findings))
    return Reading(
        NAME, "FRITZ!Box", (Summary("calls", values, at),), tuple(findings), len(body), len(findings)
    )


def _call(line: CellRow, places: dict[str, int]) -> tuple[str, datetime, int] | None:
    """Kind, time and minutes of a call; the box rounds minutes up."""

    def cell(key: str) -> str:
        return line.cells[places[key]] if places[key] < len(line.cells) else ""

    kind, stamp, length = (
        KINDS.get(cell("kind")),
        _STAMP.fullmatch(cell("at")),
        _LENGTH.fullmatch(cell("length") or "0:00"),
    )
    day = numbers.day(stamp[1]) if stamp else None
    clock = numbers.clock(stamp[2]) if stamp else None
    if kind is None or day is None or clock is None or length is None:
        return None
    seconds = int(length[3] or 0)
    return (
        kind,
        datetime(day.year, day.month, day.day) + clock,
        int(length[1]) * 60 + int(length[2]) + (seconds > 0),
    )


def _unreadable(blob: Blob, line: CellRow) -> Finding:
    return Finding(
        "call-unreadable",
        text("Row {row} of the call list cannot be read.", row=line.number),
        text("Save the list from the box again, unopened."),
        Weight.WARNING,
        Locator(blob.digest, f"row {line.number}"),
    )
