"""A column of numbers, packed: what a log of a million lines is kept as, in memory or not yet.

It decides nothing and opens no file: who keeps columns on a disk hands in how each is fetched.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any


class Column:
    """Numbers of one kind, little-endian whatever the machine, fetched when somebody first looks at them.

    `kind` is the letter of `struct`: q whole (8 bytes), I and B whole and not negative (4 and 1), d a float.

    >>> list(Column.of("q", [3, 4])), len(Column.of("I", [7])), Column.of("B", [1]).data
    ([3, 4], 1, b'\\x01')
    """

    def __init__(self, kind: str, size: int, fetch: Callable[[], bytes]) -> None:
        """`size` numbers; `fetch` is asked for their bytes once."""
        self.kind, self.size, self.fetch = kind, size, fetch

    @classmethod
    def of(cls, kind: str, numbers: Iterable[Any]) -> Column:
        """These numbers."""
        packed = array(kind, numbers)
        if _swapped():
            packed.byteswap()
        return cls.packed(kind, packed.tobytes())

    @classmethod
    def packed(cls, kind: str, data: bytes) -> Column:
        """Numbers that are packed already."""
        return cls(kind, len(data) // struct.calcsize(f"<{kind}"), lambda: data)

    @cached_property
    def data(self) -> bytes:
        """The bytes."""
        return self.fetch()

    def release(self) -> bytes:
        """The bytes for whoever looks at them last: what was fetched is held no longer."""
        held: bytes | None = self.__dict__.pop("data", None)
        return self.fetch() if held is None else held

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, at: int) -> Any:
        place = at + self.size if at < 0 else at
        if not 0 <= place < self.size:
            raise IndexError(at)
        return struct.unpack_from(f"<{self.kind}", self.data, place * struct.calcsize(f"<{self.kind}"))[0]

    def __iter__(self) -> Iterator[Any]:
        return (number for (number,) in struct.iter_unpack(f"<{self.kind}", self.data))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        alike = (self.kind, self.size) == (other.kind, other.size)
        return alike and (self is other or self.data == other.data)

    def __hash__(self) -> int:
        return hash((self.kind, self.size))

    def __reduce__(self) -> tuple[Any, ...]:
        return Column.packed, (self.kind, self.data)  # for another process: with its bytes

    def __repr__(self) -> str:
        return f"<{self.size} numbers of kind {self.kind}>"


def _swapped() -> bool:
    """Whether this machine packs the other way round."""
    return array("H", [1]).tobytes() != b"\x01\x00"
