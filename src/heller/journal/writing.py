"""The end of a journal, read without the rest, and lines added behind it. Who calls it holds the lock."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from heller.journal import disk
from heller.journal.clock import changes, read_clock
from heller.journal.entry import NO_PREVIOUS, SALT, Clock, line_hash, read_line, seal_all
from heller.machine import files
from heller.machine.files import read_at

Content = tuple[str, dict[str, Any]]  # kind and body of an entry
BODY_TAIL = re.compile(rb',"salt":"[0-9a-f]{64}","seq":(\d{1,16})\}\n\Z')
CHUNK = 4096


class Tail(Struct, frozen=True):
    """Where a journal ends: the number and `prev` of the next line, what the clocks said at the last one,
    and the lengths of both files."""

    seq: int
    prev: str
    clock: Clock | None
    journal: int
    bodies: int


def read_tail(journal: int, bodies: int) -> Tail | None:
    """The end of two open files; None where they do not end with one entry, line and body, whole."""
    length, said = os.fstat(journal).st_size, os.fstat(bodies).st_size
    if length == said == 0:
        return Tail(0, NO_PREVIOUS, None, 0, 0)
    end = BODY_TAIL.search(_end_of(bodies, said, CHUNK))
    try:
        raw = _last_line(journal, length)
        line = read_line(raw)
    except ValueError:
        return None
    if end is None or int(end[1]) != line.seq:
        return None
    return Tail(line.seq + 1, line_hash(raw), line.clock, length, said)


def _end_of(handle: int, length: int, most: int) -> bytes:
    return read_at(handle, min(most, length), max(length - most, 0))


def _last_line(handle: int, length: int) -> bytes:
    """The last line without its end; raises ValueError where it is torn."""
    most = CHUNK
    while True:
        data = _end_of(handle, length, most)
        if not data.endswith(b"\n"):
            raise ValueError("the last line is torn")
        start = data.rfind(b"\n", 0, -1) + 1
        if start or most >= length:
            return data[start:-1]
        most *= 8


def add(
    journal: int,
    bodies: int,
    tail: Tail,
    entries: Sequence[Content],
    clock: Clock | None = None,
) -> tuple[int, Tail]:
    """Write entries behind the tail, once, and sync; returns the number of the first and the new tail.

    What happened to the clocks since the last line is an entry of kind `clock` before them. Bodies are
    written first, then lines: a killed writer leaves no line without its body. If the disk refuses, both
    files are cut back to where they were.
    """
    now = clock or read_clock()
    changed = changes(tail.clock, now) if tail.clock is not None else {}
    told = [("clock", changed), *entries] if changed else entries
    salts = secrets.token_bytes(SALT * len(told))
    lines, said, prev = seal_all(tail.seq, tail.prev, told, salts, now)
    try:
        disk.write_all(bodies, said)
        disk.write_all(journal, lines)
        files.sync(bodies)
        files.sync(journal)
    except BaseException:
        os.ftruncate(journal, tail.journal)
        os.ftruncate(bodies, tail.bodies)
        raise
    new = Tail(tail.seq + len(told), prev, now, tail.journal + len(lines), tail.bodies + len(said))
    return tail.seq + len(told) - len(entries), new
