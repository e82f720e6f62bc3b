"""Tape archives (.tar, also packed with gzip, bzip2 or xz): each file in them is read as if it had been handed in."""

from __future__ import annotations

import tarfile
from io import BytesIO
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "tar"
LIMIT = 60 * 1024 * 1024  # bytes of all members together
ENDINGS = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
PACKED = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")


def identify(head: bytes, name: str) -> Confidence:
    """By the mark in its first header; a packed one by its name too, as gzip packs other files as well."""
    if head[257:262] == b"ustar":
        return Confidence(92, text("It begins as a tape archive does."))
    if head.startswith(PACKED) and name.casefold().endswith(ENDINGS[1:]):
        return Confidence(90, text("It is a packed tape archive by its name."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts are the members."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The files inside; links and devices are none. Raises InputRefused where it is broken or swells."""
    found, left = [], LIMIT
    try:
        with tarfile.open(fileobj=BytesIO(blob.data)) as archive:
            for info in archive:
                if not info.isfile():
                    continue
                part = archive.extractfile(info)
                data = part.read(left + 1) if part else b""
                left -= len(data)
                if left < 0:
                    raise _refuse(text("The archive is too large when it is unpacked."))
                found.append(Blob(info.name, data, blob.digest))
    except InputRefused:
        raise
    except Exception as error:  # the library answers broken archives with many kinds of errors
        raise _refuse(text("The archive is broken and cannot be opened.")) from error
    return tuple(found)


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing can be read from it."),
        text("Unpack it and add the files one by one."),
    )
