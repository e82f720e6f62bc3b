"""Bytes that are loaded when they are read, one whole after the other: a dossier of gigabytes in little memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from msgspec import Struct


class Later(Struct, frozen=True):
    """How many bytes there will be, and how to have them; the same each time."""

    size: int
    load: Callable[[], bytes]


class Reader(io.RawIOBase):
    """Reads what is there now, then what is loaded later, then what is there now again."""

    def __init__(self, later: Later, before: bytes = b"", after: bytes = b"") -> None:
        self._later, self._before, self._after = later, before, after
        self._at, self._size = 0, len(before) + later.size + len(after)

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one part reaches; 0 at the end."""
        room = memoryview(buffer).cast("B")
        data = self._part(len(room))
        room[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _part(self, most: int) -> bytes:
        at = self._at
        if at < len(self._before):
            return self._before[at : at + most]
        at -= len(self._before)
        if at < self._later.size:
            return self._later.load()[at : at + most]
        at -= self._later.size
        return self._after[at : at + most]
