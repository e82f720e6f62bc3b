"""What Outlook packs into a winmail.dat (MS-OXTNEF): the text of the mail and its attachments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\x78\x9f\x3e\x22"
BODY, MESSAGE_PROPERTIES, NEW_ATTACHMENT = 0x800C, 0x9003, 0x9002
ATTACHMENT_TITLE, ATTACHMENT_DATA, ATTACHMENT_PROPERTIES = 0x8010, 0x800F, 0x9005
PLAIN, RICH, HTML, LONG_NAME, ATTACHED = 0x1000, 0x1009, 0x1013, 0x3707, 0x3701
FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
         0x0040: 8, 0x0048: 16}  # fmt: skip
STRINGS = {0x001E: "cp1252", 0x001F: "utf-16-le"}
BINARY, OBJECT, MANY = 0x0102, 0x000D, 0x1000
MOST = 5000  # properties of one list


class Packed(NamedTuple):
    """The text of the mail as HTML or plain, whether it is there only as RTF, and the attachments by name."""

    html: bytes
    plain: str
    only_rich: bool
    files: tuple[tuple[str, bytes], ...]


def packed(data: bytes) -> Packed | None:
    """What lies in a winmail.dat; None where it is none. A part that is cut off ends it."""
    if not data.startswith(MAGIC):
        return None
    html, plain, rich = b"", "", False
    files: list[tuple[str, bytes]] = []
    for number, body in _attributes(data):
        if number == BODY:
            plain = plain or body.rstrip(b"\0").decode("cp1252", "replace")
        elif number == MESSAGE_PROPERTIES:
            found = dict(_properties(body))
            html, rich = found.get(HTML, html), rich or RICH in found
            plain = found[PLAIN].decode("utf-8", "replace") if PLAIN in found else plain
        elif number == NEW_ATTACHMENT:
            files.append(("", b""))
        elif files and number == ATTACHMENT_TITLE:
            files[-1] = (files[-1][0] or body.rstrip(b"\0").decode("cp1252", "replace"), files[-1][1])
        elif files and number == ATTACHMENT_DATA:
            files[-1] = (files[-1][0], body)
        elif files and number == ATTACHMENT_PROPERTIES:
            found = dict(_properties(body))
            name = found.get(LONG_NAME, b"").decode("utf-8", "replace")
            files[-1] = (name or files[-1][0], files[-1][1] or found.get(ATTACHED, b""))
    return Packed(html, plain, rich and not html and not plain, tuple(files))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each attribute."""
    at = 6
    while at + 9 <= len(data):
        _, number, _, length = struct.unpack_from("<BHHI", data, at)
        if at + 9 + length + 2 > len(data):
            return
        yield number, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each property of a list; strings come in UTF-8, what is fixed in size is left out."""
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, MOST)):
            kind, number = struct.unpack_from("<HH", data, at)
            at += 4
            if number >= 0x8000:
                at = _past_name(data, at)
            if kind in FIXED:
                at += FIXED[kind]
                continue
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
            for n in range(min(values, MOST)):
                if kind & MANY and kind & ~MANY in FIXED:
                    at += FIXED[kind & ~MANY]
                    continue
                (length,) = struct.unpack_from("<I", data, at)
                value = data[at + 4 : at + 4 + length]
                at += 4 + length + (-length % 4)
                if n == 0:
                    yield number, _value(kind & ~MANY, value)
    except struct.error:  # cut off
        return


def _past_name(data: bytes, at: int) -> int:
    """The place behind the name of a property: a number, or a string."""
    by_string, length = struct.unpack_from("<II", data, at + 16)
    if not by_string:
        return at + 24
    length = int(length)
    return at + 24 + length + (-length % 4)


def _value(kind: int, value: bytes) -> bytes:
    if kind in STRINGS:
        return value.decode(STRINGS[kind], "replace").rstrip("\0").encode()
    return value[16:] if kind == OBJECT else value  # behind the identifier of its interface
