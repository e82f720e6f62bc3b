"""Plays SQLite's write-ahead log into a copy of its database, in memory. Pure: bytes to bytes.

A program that runs writes new rows into `NAME-wal` first; the database alone lacks them. What was committed
is found by the log's own salts and check sums (SQLite, 'Database File Format', section 4).
"""

from __future__ import annotations

from array import array
from struct import unpack_from
from typing import NamedTuple

MAGIC = b"SQLite format 3\x00"
LOG = (0x377F0682, 0x377F0683)  # little-endian and big-endian check sums
SUFFIX = "-wal"
_HEAD, _FRAME = 32, 24
_WAL_MODE = 2  # at offsets 18 and 19 of the database: it is written through a log


class Merged(NamedTuple):
    """A database with its log: `pages` were taken from it; `torn` where the log ends inside a transaction,
    `fits` where it belongs to the database at all."""

    data: bytes
    pages: int
    torn: bool
    fits: bool


def is_database(head: bytes) -> bool:
    """Whether the bytes begin as a SQLite database does."""
    return head.startswith(MAGIC)


def is_log(head: bytes) -> bool:
    """Whether the bytes begin as a write-ahead log of SQLite does."""
    return len(head) >= 4 and int.from_bytes(head[:4], "big") in LOG


def needs_log(head: bytes) -> bool:
    """Whether a database is written through a log."""
    return is_database(head) and _WAL_MODE in head[18:20]


def alone(data: bytes) -> bytes:
    """The database marked as one without a log, so that it may be opened in memory."""
    return data[:18] + b"\x01\x01" + data[20:] if needs_log(data) else data


def merged(database: bytes, log: bytes) -> Merged:
    """The database as a program sees it that reads the log too, up to the last whole transaction."""
    page = _page_size(database)
    if len(log) < _HEAD or not is_log(log) or unpack_from(">I", log, 8)[0] != page:
        return Merged(alone(database), 0, torn=False, fits=not log)
    frames, size, torn = _committed(log, page)
    if not frames:
        return Merged(alone(database), 0, torn, fits=True)
    out = bytearray(database[: size * page].ljust(size * page, b"\0"))
    for number, at in frames.items():
        if number <= size:
            out[(number - 1) * page : number * page] = log[at : at + page]
    return Merged(alone(bytes(out)), len(frames), torn, fits=True)


def _page_size(database: bytes) -> int:
    """Bytes of a page; 1 stands for 65536."""
    if len(database) < 100:
        return 0
    size = int(unpack_from(">H", database, 16)[0])
    return 65536 if size == 1 else size


def _committed(log: bytes, page: int) -> tuple[dict[int, int], int, bool]:
    """Page number to where its newest committed bytes begin; the pages of the database after the last
    commit; whether frames follow that are not whole."""
    order = ">" if unpack_from(">I", log)[0] == LOG[1] else "<"
    salt = log[16:24]
    sums = _sum(log[:24], (0, 0), order)
    found, pending = dict[int, int](), dict[int, int]()
    size, at = 0, _HEAD
    if sums != unpack_from(">II", log, 24):
        return found, size, True
    while at + _FRAME + page <= len(log):
        number, commit = unpack_from(">II", log, at)
        if log[at + 8 : at + 16] != salt:
            break  # a frame of an older turn of the log
        sums = _sum(log[at : at + 8], sums, order)
        sums = _sum(log[at + _FRAME : at + _FRAME + page], sums, order)
        if sums != unpack_from(">II", log, at + 16) or not number:
            return found, size, True
        pending[number] = at + _FRAME
        if commit:
            found.update(pending)
            pending, size = {}, commit
        at += _FRAME + page
    return found, size, bool(pending)


def _sum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """The running check sum over pairs of 32-bit words."""
    words = array("I", data)
    if (order == ">") != (words.itemsize == 4 and array("I", [1]).tobytes()[0] == 0):
        words.byteswap()
    one, two = sums
    for at in range(0, len(words) - 1, 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two
