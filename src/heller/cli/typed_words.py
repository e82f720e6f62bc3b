"""Files and zones named on the command line, without a case."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from heller.intake import from_disk
from heller.model.errors import InputRefused
from heller.model.record import Blob
from heller.model.text import text


def blob(path: Path) -> Blob:
    """The file as received, a database with the log beside it; raises InputRefused where it cannot be read."""
    return from_disk.blob(path, text("Only what stands in a file can be said about it."))


def network(said: str) -> str:
    """An address or prefix as stated; raises InputRefused where it is none."""
    try:
        ip_network(said, strict=False)
    except ValueError as error:
        raise InputRefused(
            what=text("{said} is no address and no prefix.", said=said or "''"),
            why=text("By its address the office is found in a server's log."),
            do=text("Write it like 203.0.113.7 or 2001:db8:1::/48."),
        ) from error
    return said


def last_day(year: int) -> date:
    """The last day of a year; raises InputRefused where no log can be of it."""
    if not 1970 <= year <= 2100:
        raise InputRefused(
            what=text("There is no log of the year {year}.", year=str(year)),
            why=text("The year tells when the lines of a log without one were written."),
            do=text("Write it with four digits: 2015."),
        )
    return date(year, 12, 31)


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
