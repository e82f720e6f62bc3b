"""Spreadsheets (XLSX): each sheet is handed on as a table, its cells as the sheet holds them.

Formulas are not run: what counts are the values that the program stored.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "spreadsheet"
LIMIT = 60 * 1024 * 1024  # bytes of all parts together
CELLS = 3_000_000  # of the rectangle that a sheet spans
SHEETS = 30
_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a ZIP file and the parts of a workbook."""
    if head[:4] == b"PK\x03\x04" and (b"xl/" in head or name.casefold().endswith(".xlsx")):
        return Confidence(92, text("It is a workbook in the form of Excel."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts are the sheets."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """Each sheet with cells as a table. Raises InputRefused where it is broken or too large."""
    from python_calamine import CalamineWorkbook

    _check(blob.data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(blob.data))
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names[:SHEETS]]
    except Exception as error:  # the library answers broken files with many kinds of errors
        raise _refuse(text("The spreadsheet is broken and cannot be opened.")) from error
    return tuple(Blob(f"{name}.csv", _table(rows), blob.digest) for name, rows in sheets if any(rows))


def _check(data: bytes) -> None:
    """Refuse what would not fit into memory before the library unpacks it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            left = LIMIT
            for info in archive.infolist():
                with archive.open(info) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _refuse(text("The spreadsheet is too large when it is unpacked."))
                if info.filename.startswith("xl/worksheets/") and _span(content) > CELLS:
                    raise _refuse(text("A sheet of the spreadsheet spans too many cells."))
    except InputRefused:
        raise
    except Exception as error:
        raise _refuse(text("The spreadsheet is broken and cannot be opened.")) from error


def _span(sheet: bytes) -> int:
    """Rows times columns of the rectangle that the cells of a sheet span."""
    columns, rows = 1, 1
    for letters, number in _REFERENCE.findall(sheet):
        at = 0
        for letter in letters:
            at = at * 26 + letter - 64
        columns, rows = max(columns, at), max(rows, int(number))
    return columns * rows


def _table(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    """A cell as an office writes it: a decimal comma, a German day."""
    match value:
        case bool():
            return "ja" if value else "nein"
        case float():
            whole = value.is_integer() and abs(value) < 1e15
            return str(int(value)) if whole else f"{value:.10f}".rstrip("0").replace(".", ",")
        case datetime():
            plain = value.time() == time()
            return f"{value:%d.%m.%Y}" if plain else f"{value:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M:%S}"
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return " ".join(str(value).split()) if value is not None else ""


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing can be read from it."),
        text("Save the sheet as CSV and add that."),
    )
