"""Opening a case and writing down what a person says. What is changed later is in `change`."""

from __future__ import annotations

import secrets
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from heller.casefile.formats import FORM, entry_kind
from heller.casefile.writing.change import prepared, replaceable, require_zone
from heller.journal import store
from heller.journal.clock import read_clock
from heller.model.kinds.acceptance import Acceptance
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Record
from heller.model.visible import readable


def open_case(folder: Path, now: datetime | None = None, zone: str = "Europe/Berlin") -> None:
    """Make a case folder. Raises NotACase where the folder already holds something."""
    require_zone(zone)
    store.create(folder)
    body = {"case": secrets.token_hex(16), "zone": zone, "program": f"heller {version('heller')}"}
    store.append(folder, [("opened", body)], read_clock(now))


def note(folder: Path, record: Record, now: datetime | None = None, replaces: int | None = None) -> int:
    """Write one record into the journal, in the place of the note that it `replaces`; returns the number of its
    entry. Raises InputRefused where it is about a row or a file that the case does not hold."""
    if replaces is not None:
        replaceable(folder, replaces)
    said = plain(prepared(folder, record))
    body: dict[str, Any] = {"form": FORM, "record": said}
    if replaces is not None:
        body["replaces"] = replaces
    return store.append(folder, [(entry_kind(said), body)], read_clock(now))


def test(folder: Path, record: Acceptance | SpeedTest, now: datetime | None = None) -> int:
    """Write down a test of the line, whether it went well or not; returns the number of its entry."""
    kind = "acceptance" if isinstance(record, Acceptance) else "speed"
    body = {key: value for key, value in msgspec.to_builtins(record).items() if not isinstance(value, float)}
    return store.append(folder, [(kind, {"record": body})], read_clock(now))


def plain(record: Record) -> dict[str, Any]:
    """A record as canonical JSON holds it: no floats, dates as text, its kind under `type`, every text one that
    can be written down."""
    written: dict[str, Any] = _readable_value(msgspec.to_builtins(record))
    return written


def _readable_value(value: Any) -> Any:
    match value:
        case str():
            return readable(value).replace("\0", "\N{SYMBOL FOR NULL}")
        case dict():
            return {key: _readable_value(one) for key, one in value.items()}
        case list() | tuple():
            return [_readable_value(one) for one in value]
    return value
