"""Writes compound files (MS-CFB) and Outlook mails (MS-OXMSG) byte by byte, for the tests of their reader."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeAlias

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Storage: TypeAlias = "dict[str, bytes | Storage]"


class _Entry:
    """A directory entry: a stream with its bytes, or a storage with what it holds."""

    def __init__(self, name: str, held: bytes | Storage, kind: int) -> None:
        self.name, self.held, self.kind = name, held, kind
        self.right = self.child = FREE
        self.start, self.size = END if kind == 2 else 0, 0


def compound(root: Storage) -> bytes:
    """A compound file of version 3: streams below 4,096 bytes lie in the mini stream."""
    entries: list[_Entry] = []
    _listed(_Entry("Root Entry", root, 5), entries)
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        fat.extend([start + n + 1 for n in range(len(pieces) - 1)] + [END] if pieces else [])
        return start if pieces else END

    mini, minifat = b"", list[int]()
    for entry in entries:
        if not isinstance(entry.held, bytes) or not entry.held:
            continue
        entry.size = len(entry.held)
        if entry.size >= CUTOFF:
            entry.start = put(entry.held)
            continue
        entry.start = len(minifat)
        pieces = -(-entry.size // MINI)
        minifat += [entry.start + n + 1 for n in range(pieces - 1)] + [END]
        mini += entry.held.ljust(pieces * MINI, b"\0")
    entries[0].size, entries[0].start = len(mini), put(mini)
    minis = put(struct.pack(f"<{len(minifat)}I", *minifat) + b"\xff" * (-4 * len(minifat) % SECTOR))
    directory = put(b"".join(map(_packed, entries)) + _EMPTY * (-len(entries) % 4))
    return _whole(sectors, fat, directory, minis, -(-len(minifat) * 4 // SECTOR))


def _listed(entry: _Entry, entries: list[_Entry]) -> int:
    at = len(entries)
    entries.append(entry)
    if isinstance(entry.held, dict):
        names = sorted(entry.held, key=lambda name: (len(name), name.upper()))
        made = []
        for name in names:
            held = entry.held[name]
            made.append(_listed(_Entry(name, held, 2 if isinstance(held, bytes) else 1), entries))
        entry.child = made[0] if made else FREE
        for left, right in pairwise(made):
            entries[left].right = right
    return at


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<HBB3I", len(name), entry.kind, 1, FREE, entry.right, entry.child)
    return name.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", entry.start, entry.size)


_EMPTY = bytes(68) + b"\xff" * 12 + bytes(48)


def _whole(sectors: list[bytes], fat: list[int], directory: int, minis: int, mini_count: int) -> bytes:
    """The header, the sectors and the table that chains them; the table lies at the end."""
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    assert count <= 109
    where = [len(fat) + n for n in range(count)]
    table = [*fat, *([FAT] * count)]
    table += [FREE] * (count * SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<4I", 0, count, directory, 0) + struct.pack("<5I", CUTOFF, minis, mini_count, END, 0)
    head += struct.pack("<109I", *(where + [FREE] * (109 - count)))
    assert len(head) == SECTOR
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def outlook(
    *,
    subject: str = "",
    sender: tuple[str, str] = ("", ""),
    to: tuple[tuple[str, str, int], ...] = (),
    sent: datetime | None = None,
    body: str = "",
    files: tuple[tuple[str, bytes | Storage], ...] = (),
    headers: str = "",
    narrow: int = 0,
    more: dict[str, bytes] | None = None,
) -> Storage:
    """The storage of a mail. `narrow` is the code page where texts are not UTF-16; a file may be a mail."""
    fixed = b""
    if sent:
        steps = (sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000
        fixed += struct.pack("<HHIQ", 0x0040, 0x0039, 6, int(steps))
    if narrow:
        fixed += struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, narrow)
    said = {0x0037: subject, 0x1000: body, 0x0042: sender[0], 0x5D02: sender[1], 0x007D: headers}
    held: Storage = {"__properties_version1.0": bytes(32) + fixed, **_texts(said, narrow), **(more or {})}
    for n, (name, address, role) in enumerate(to):
        kind = struct.pack("<HHIQ", 0x0003, 0x0C15, 6, role)
        recipient = _texts({0x3001: name, 0x39FE: address}, narrow)
        held[f"__recip_version1.0_#{n:08X}"] = {"__properties_version1.0": bytes(8) + kind, **recipient}
    for n, (name, data) in enumerate(files):
        stream = "__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"
        part: Storage = {"__properties_version1.0": bytes(8), **_texts({0x3707: name}, narrow), stream: data}
        if isinstance(data, dict):  # the properties of a mail inside begin eight bytes earlier
            inner = data["__properties_version1.0"]
            assert isinstance(inner, bytes)
            part[stream] = {**data, "__properties_version1.0": inner[8:]}
        held[f"__attach_version1.0_#{n:08X}"] = part
    return held


def _texts(said: dict[int, str], narrow: int) -> Storage:
    if narrow:
        return {
            f"__substg1.0_{tag:04X}001E": text.encode(f"cp{narrow}") for tag, text in said.items() if text
        }
    return {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in said.items() if text}
