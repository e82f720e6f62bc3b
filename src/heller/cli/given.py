"""Files and zones named on the command line, without a case."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from heller.intake import handed
from heller.model.errors import InputRefused
from heller.model.record import Blob
from heller.model.text import text


def blob(path: Path) -> Blob:
    """The file as received, a database with the log beside it; raises InputRefused where it cannot be read."""
    return handed.blob(path, text("Only what stands in a file can be said about it."))


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; raises InputRefused where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputRefused(
            what=text("There is no time zone called {name}.", name=name or "''"),
            why=text("Times in a log without an offset belong to a zone."),
            do=text("Write it like Europe/Berlin."),
        ) from error
