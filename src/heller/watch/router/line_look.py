"""One look at a router's line as a row of the file that a watch keeps, under the names of its fields."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import fields

from heller.model.kinds.line_values import LineLook

HEAD = ";".join(field.name for field in fields(LineLook))


def row(look: LineLook) -> str:
    """The look as a line of the file, its time in ISO 8601 with offset."""
    return ";".join(_cell(getattr(look, field.name)) for field in fields(LineLook))


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)
