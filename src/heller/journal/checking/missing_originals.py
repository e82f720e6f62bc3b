"""The list of originals that a bundle names and does not hold: one line each, digest and reason."""

from __future__ import annotations

import re
from collections.abc import Mapping

LEFT_OUT = "data/left-out.txt"
REASONS = ("not-cited",)
LINE = re.compile(r"([0-9a-f]{64})  ([a-z-]+)\n")


def write_left_out(reasons: Mapping[str, str]) -> bytes:
    """The lines, sorted by digest."""
    return "".join(f"{digest}  {reasons[digest]}\n" for digest in sorted(reasons)).encode()


def read_left_out(data: bytes) -> dict[str, str]:
    """Digest to reason; raises ValueError where the bytes are not the one form of such a list."""
    found = dict(LINE.findall(data.decode("ascii", "replace")))
    if write_left_out(found) != data or not set(found.values()) <= set(REASONS):
        raise ValueError("not a list of what was left out")
    return found
