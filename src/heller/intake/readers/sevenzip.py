"""Archives of 7-Zip: each file in them is read as if it had been handed in by itself. Nothing goes to disk."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.packed import seven
from heller.intake.packed.coders import Locked, Unknown
from heller.intake.reading import NOT_MINE, Confidence
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "7z"
LIMIT = 60 * 1024 * 1024  # bytes of all members together


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of the format."""
    return (
        Confidence(92, text("It begins as an archive of 7-Zip does."))
        if head.startswith(seven.MAGIC)
        else NOT_MINE
    )


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts are the members."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The files inside. Raises InputRefused where it is locked, broken, or packed in a way that is not read."""
    try:
        return tuple(Blob(name, data, blob.digest) for name, data in seven.files(blob.data, LIMIT))
    except Locked as error:
        raise _refuse(text("The archive is locked with a password.")) from error
    except Unknown as error:
        raise _refuse(
            text("The archive is broken, too large, or packed in a way that is not read.")
        ) from error


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing can be read from it."),
        text("Unpack it and add the files one by one."),
    )
