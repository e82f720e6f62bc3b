"""ZIP archives: banks hand out camt statements in them, a file for each day. Nothing goes to disk."""

from __future__ import annotations

import zipfile
from io import BytesIO
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "zip"

LIMIT = 100 * 1024 * 1024  # bytes of all members together
OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})  # spreadsheets and letters


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a ZIP file."""
    return Confidence(85, text("It begins as a ZIP archive does.")) if head[:4] == b"PK\x03\x04" else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts are the members, and what is wrong shows when they are read."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The files inside. Raises InputRefused where it is broken, locked or swells beyond the limit."""
    try:
        with zipfile.ZipFile(BytesIO(blob.data)) as archive:
            if OFFICE & set(archive.namelist()):
                raise _office()
            return tuple(_contents(archive, blob.digest))
    except InputRefused:
        raise
    except RuntimeError as error:
        raise _refuse(text("The ZIP archive is locked with a password.")) from error
    except Exception as error:  # the library answers broken archives with many kinds of errors
        raise _refuse(text("The ZIP archive is broken and cannot be opened.")) from error


def _contents(archive: zipfile.ZipFile, digest: str) -> list[Blob]:
    found, left = [], LIMIT
    for info in archive.infolist():
        name = info.filename
        if info.is_dir() or name.startswith("__MACOSX/"):
            continue
        with archive.open(info) as member:
            data = member.read(left + 1)
        left -= len(data)
        if left < 0:
            raise _refuse(text("The ZIP archive is too large when it is unpacked."))
        found.append(Blob(name, data, digest))
    return found


def _office() -> InputRefused:
    return InputRefused(
        text("The file is a spreadsheet or a letter of an office program, which is not read."),
        text("Its figures may be formulas, and what it shows depends on the program."),
        text("Save the table as CSV, or the letter as PDF, and add that as well."),
    )


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing can be read from it."),
        text("Unpack it and add the files one by one."),
    )
