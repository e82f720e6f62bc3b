"""A reading as JSON, for where the file itself cannot be read again: its records with the columns of logs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import msgspec
from msgspec.structs import replace

from heller.model.column import Column
from heller.model.finding import Finding, Weight
from heller.model.kinds.invoice import Invoice
from heller.model.record import Reading, Record
from heller.model.text import text

LARGEST = 4 << 20  # characters; longer logs are not stated


def state(reading: Reading) -> str:
    """What a reading says; of records that would be too long nothing."""
    said = [msgspec.json.encode(record, enc_hook=_plain).decode() for record in reading.records]
    return "[" + ",".join(one for one in said if len(one) < LARGEST) + "]"


def stated(said: str, name: str) -> Reading:
    """The reading again, with what that is worth. Raises msgspec.DecodeError."""
    records: tuple[Record, ...] = (
        msgspec.json.decode(said, type=tuple[Record, ...], dec_hook=_column) if said else ()
    )
    lost = Finding(
        "exhibit-lost",
        text("The file of this exhibit is lost. What was read from it last stands, and nobody can check it."),
        text("Add the file again if it is found."),
        Weight.WARNING,
    )
    return Reading("lost", name, records, (lost,))


def weakened(reading: Reading) -> Reading:
    """A reading without what other documents proved of it."""
    records = (replace(r, proven_by=()) if isinstance(r, Invoice) else r for r in reading.records)
    return replace(reading, records=tuple(records))


def _plain(column: Any) -> Any:
    return {"kind": column.kind, "size": column.size, "data": b64encode(column.data).decode()}


def _column(kind: type, raw: Any) -> Column:
    del kind
    data = b64decode(raw["data"])
    return Column.packed(raw["kind"], data)
