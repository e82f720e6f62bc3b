"""Opening a case and writing down what a person says. A correction names the entry it corrects."""

from __future__ import annotations

import secrets
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from heller.casefile.counting import NOTED
from heller.casefile.formats import FORM, entry_kind
from heller.journal import store
from heller.journal.clock import read_clock
from heller.model.errors import InputRefused
from heller.model.kinds.acceptance import Acceptance
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Record
from heller.model.text import text
from heller.model.visible import readable


def open_case(folder: Path, now: datetime | None = None, zone: str = "Europe/Berlin") -> None:
    """Make a case folder. Raises NotACase where the folder already holds something."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise InputRefused(
            what=text("There is no time zone called {zone}.", zone=zone),
            why=text("Days and working days are worked out in the zone of the site."),
            do=text("Use a name such as Europe/Berlin."),
        ) from None
    store.create(folder)
    body = {"case": secrets.token_hex(16), "zone": zone, "program": f"heller {version('heller')}"}
    store.append(folder, [("opened", body)], read_clock(now))


def note(folder: Path, record: Record, now: datetime | None = None) -> int:
    """Write one record into the journal; returns the number of its entry."""
    said = plain(record)
    return store.append(folder, [(entry_kind(said), {"form": FORM, "record": said})], read_clock(now))


def test(folder: Path, record: Acceptance | SpeedTest, now: datetime | None = None) -> int:
    """Write down a test of the line, whether it went well or not; returns the number of its entry."""
    kind = "acceptance" if isinstance(record, Acceptance) else "speed"
    body = {key: value for key, value in msgspec.to_builtins(record).items() if not isinstance(value, float)}
    return store.append(folder, [(kind, {"record": body})], read_clock(now))


def correct(folder: Path, entry: int, why: str, now: datetime | None = None) -> int:
    """Say that an earlier entry no longer counts, and why. It stays in the journal."""
    known = {e.seq: e.kind for e in store.load(folder).entries}
    if known.get(entry) not in (*NOTED, "exhibit"):
        raise InputRefused(
            what=text("Entry {n} is no note and no exhibit.", n=entry),
            why=text("Only what a person wrote or handed in can be corrected."),
            do=text("Look up the number with: heller journal show {folder}", folder=str(folder)),
        )
    if not why.strip():
        raise InputRefused(
            what=text("A correction needs a reason."),
            why=text("Without one, the other side will ask why something was taken back."),
            do=text("Say why in a sentence."),
        )
    return store.append(folder, [("correction", {"corrects": entry, "why": why})], read_clock(now))


def plain(record: Record) -> dict[str, Any]:
    """A record as canonical JSON holds it: no floats, dates as text, its kind under `type`, every text one that
    can be written down."""
    written: dict[str, Any] = _written(msgspec.to_builtins(record))
    return written


def _written(value: Any) -> Any:
    match value:
        case str():
            return readable(value).replace("\0", "\N{SYMBOL FOR NULL}")
        case dict():
            return {key: _written(one) for key, one in value.items()}
        case list() | tuple():
            return [_written(one) for one in value]
    return value
