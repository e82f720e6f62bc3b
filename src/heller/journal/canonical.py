"""Canonical JSON: RFC 8785 restricted to ASCII keys, strings, integers below 2^53, booleans, null.

No floats: money is integer cents and decimals are strings. With that restriction an encoder that sorts
keys and writes no blanks writes RFC 8785 bytes; that msgspec does so is a property that the tests hold it
to, against Python's own encoder.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

LIMIT = 2**53
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode


def _check(value: object) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text must hold no NUL")
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -LIMIT < value < LIMIT:
            raise ValueError("integers must stay below 2^53")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii() or "\0" in key:
                raise ValueError("keys must be ASCII text")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    else:
        raise ValueError(f"{type(value).__name__} has no canonical form")


def canonical(value: object) -> bytes:
    """The one encoding of a value; raises ValueError where it has none (a lone surrogate too).

    >>> canonical({"b": 1, "a": "ä"})
    b'{"a":"\\xc3\\xa4","b":1}'
    """
    _check(value)
    return _encode(value)


def parse(line: bytes) -> Json:
    """Read one canonical value; raises ValueError where the bytes are not its one encoding.

    What is read is encoded again and compared: twin keys, blanks, escapes, another order do not survive.
    """
    try:
        value: Json = _decode(line)
        if canonical(value) != line:
            raise ValueError("not in canonical form")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value
