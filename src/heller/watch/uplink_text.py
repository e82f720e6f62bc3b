"""Changes the uplinks in the text of a `watch.toml` and leaves all else of it as it stands, comments too.

The tables `[[uplink]]` are cut out by their lines and written anew; where that would change anything else (a string
over several lines, a table inside another), it is refused and the file is edited by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import fields

from heller.watch.config import Config, UplinkTable, plan_of

TABLE = re.compile(r"\s*\[")
UPLINK = re.compile(r"\s*\[\[\s*uplink\s*\]\]\s*(#.*)?$")


def uplinks_of(raw: str) -> tuple[UplinkTable, ...]:
    """The uplinks that a text names, or the one that is meant where it names none. Raises ValueError."""
    return msgspec.toml.decode(raw, type=Config).uplink


def with_uplinks(raw: str, uplinks: Sequence[UplinkTable]) -> str:
    """The text with these uplinks. Raises ValueError where a watch could not run by it, or something else would
    change."""
    kept = "\n".join(_others(raw.splitlines())).rstrip()
    written = "\n\n".join(map(_table, uplinks))
    # what stands before the first table must stay there
    head, tables = _split(kept)
    made = "\n\n".join(part for part in (head, written, tables) if part) + "\n"
    plan_of(msgspec.toml.decode(made, type=Config))
    if _rest(made) != _rest(raw):
        raise ValueError("the uplinks of this file can only be changed in it")
    return made


def _others(lines: Iterable[str]) -> Iterable[str]:
    inside = False
    for line in lines:
        if TABLE.match(line):
            inside = bool(UPLINK.match(line))
        if not inside:
            yield line


def _split(kept: str) -> tuple[str, str]:
    lines = kept.splitlines()
    first = next((n for n, line in enumerate(lines) if TABLE.match(line)), len(lines))
    return "\n".join(lines[:first]).strip(), "\n".join(lines[first:]).strip()


def _rest(raw: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.toml.decode(raw)
    return {key: value for key, value in found.items() if key != "uplink"}


def _table(one: UplinkTable) -> str:
    said = ((field.name, field.default, getattr(one, field.name)) for field in fields(one))
    return "\n".join(
        ["[[uplink]]", *(f"{name} = {_value(value)}" for name, usual, value in said if value != usual)]
    )


def _value(value: object) -> str:
    """A value as TOML writes it; a string of JSON is one of TOML, but for the sign DEL, which no name here holds."""
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case float():
            return repr(value)
        case _:
            return json.dumps(str(value), ensure_ascii=False)
