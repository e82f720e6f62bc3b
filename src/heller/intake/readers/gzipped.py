"""Files packed with gzip: logs that were rotated, access.log.2.gz. Nothing goes to disk.

The header tells when the file was last written (RFC 1952, MTIME): the year of a log that writes none.
"""

from __future__ import annotations

import re
import zlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "gzip"

LIMIT = 512 << 20  # bytes when unpacked


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a gzip file."""
    return Confidence(85, text("It begins as a gzip file does.")) if head[:3] == b"\x1f\x8b\x08" else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts is the file inside."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The one file inside. Raises InputRefused where it is broken or swells beyond the limit."""
    found, rest = [], blob.data
    left = LIMIT
    while rest[:2] == b"\x1f\x8b":  # several packed files may stand one behind the other
        engine = zlib.decompressobj(wbits=31)
        try:
            part = engine.decompress(rest, left + 1)
        except zlib.error as error:
            raise _refuse(text("The gzip file is broken and cannot be opened.")) from error
        left -= len(part)
        if left < 0:
            raise _refuse(text("The gzip file is larger than 512 MB when it is unpacked."))
        if not engine.eof:
            raise _refuse(text("The gzip file is cut off in the middle."))
        found.append(part)
        rest = engine.unused_data
    name = re.sub(r"(?i)\.gz$", "", blob.name.replace("\\", "/").rpartition("/")[2]) or "file"
    return (Blob(name, b"".join(found), blob.digest, blob.until or _day_of_writing(blob.data)),)


def _day_of_writing(data: bytes) -> date | None:
    """The day on which the file was last written, where the header has it."""
    seconds = int.from_bytes(data[4:8], "little")
    return datetime.fromtimestamp(seconds, UTC).date() if seconds else None


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing can be read from it."),
        text("Unpack it and add the part that matters, for example the weeks around the outage."),
    )
