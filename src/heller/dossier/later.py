"""Bytes that are read where and when they are needed, a part at a time: a dossier of gigabytes in little memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

PART = 1 << 20  # bytes that are read at once


class Later(Struct, frozen=True):
    """How many bytes there are, and how to read some of them: from a place on, so many at most, none at the end."""

    size: int
    part: Callable[[int, int], bytes]

    @staticmethod
    def of(data: bytes | memoryview) -> Later:
        """Bytes that are there already."""
        return Later(len(data), lambda at, most: bytes(data[at : at + most]))

    def whole(self) -> bytes:
        """All of them."""
        return self.part(0, self.size)

    def parts(self) -> Iterator[bytes]:
        """All of them, one part after the other."""
        return (self.part(at, PART) for at in range(0, self.size, PART))

    def stream(self, before: bytes = b"", after: bytes = b"") -> io.BufferedReader:
        """They as a file that is read, between what is there now."""
        return io.BufferedReader(Reader(self, before, after), PART)


class Reader(io.RawIOBase):
    """Reads what is there now, then what is read later, then what is there now again."""

    def __init__(self, later: Later, before: bytes, after: bytes) -> None:
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
            return self._later.part(at, min(most, self._later.size - at))
        at -= self._later.size
        return self._after[at : at + most]
