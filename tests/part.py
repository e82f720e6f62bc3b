"""Which part of long work a run does: HELLER_PART=3/12 takes every twelfth piece from the third, so that work of an
hour is done in pieces that can be gone on with (`make lab`). Without it, all of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def part_of(work: Sequence[T]) -> Sequence[T]:
    """The pieces that this run does."""
    part, parts = map(int, os.environ.get("HELLER_PART", "1/1").split("/"))
    return work[part - 1 :: parts]
