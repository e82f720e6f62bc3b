"""Bytes between two processes: eight for the length, then as many."""

from __future__ import annotations

from typing import BinaryIO


def write_frame(to: BinaryIO, data: bytes | memoryview) -> None:
    """Write one frame. Raises OSError where nobody reads."""
    to.write(len(data).to_bytes(8, "big"))
    to.write(data)
    to.flush()


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame; None where the other end is gone, in the middle of one too."""
    head = source.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    data = source.read(length)
    return data if len(data) == length else None
