"""Canonical JSON: RFC 8785 restricted to ASCII keys, strings, integers below 2^53, booleans, null.

No floats: money is integer cents and decimals are strings. With that restriction Python's own
encoder writes RFC 8785 bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

LIMIT = 2**53


def _check(value: object) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) >= LIMIT:
            raise ValueError("integers must stay below 2^53")
    elif isinstance(value, str):
        if any(0xD800 <= ord(c) <= 0xDFFF for c in value) or "\0" in value:
            raise ValueError("text must be valid Unicode without NUL")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError("keys must be ASCII text")
            _check(item)
    else:
        raise ValueError(f"{type(value).__name__} has no canonical form")


def canonical(value: object) -> bytes:
    """The one encoding of a value.

    >>> canonical({"b": 1, "a": "ä"})
    b'{"a":"\\xc3\\xa4","b":1}'
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _no_twins(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in pairs:
        if key in out:
            raise ValueError(f"the key {key!r} stands twice")
        out[key] = value
    return out


def _no_float(raw: str) -> object:
    raise ValueError(f"{raw} is not an integer")


def parse(line: bytes) -> Json:
    """Read one canonical value; raises ValueError where the bytes are not its one encoding."""
    try:
        value: Json = json.loads(
            line.decode(), object_pairs_hook=_no_twins, parse_float=_no_float, parse_constant=_no_float
        )
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if canonical(value) != line:
        raise ValueError("not in canonical form")
    return value
