"""The lines of a long `fping -D -l` as columns. A log whose stamps are words, in which numbers come again or answers
come late is not read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from heller.intake.written.log_lines import pieces
from heller.intake.written.stamped_lines import LONG
from heller.model.record import Blob

if TYPE_CHECKING:
    from numpy import bool_, float64, int64, uint32
    from numpy.typing import NDArray
    from polars import Series

_BULK = (  # a part of what the reader's pattern for a line knows
    r"^\[[0-9]{9,10}\.[0-9]{1,9}\] [^ ]+ +: \[[0-9]{1,9}\], (?:[0-9]+ bytes, [0-9]{1,8}(?:\.[0-9]{1,6})? ms|timed out)"
)


class FpingLines(NamedTuple):
    """The probes of one target in the order of the file: row, number, seconds since 1970 at which it was printed,
    whether it was lost, seconds until its answer."""

    row: NDArray[uint32]
    seq: NDArray[int64]
    at: NDArray[float64]
    lost: NDArray[bool_]
    rtt: NDArray[float64]


class FpingFile(NamedTuple):
    """The probes by target, in the order in which the targets come, the rows of the file, those that nobody knows."""

    by_host: dict[str, FpingLines]
    rows: int
    rejected: list[tuple[int, str]]


def read(blob: Blob, line: re.Pattern[str], other: re.Pattern[str]) -> FpingFile | None:
    """A long log; `line` is the pattern of any line about a probe and `other` that of lines that are none."""
    import numpy as np
    import polars as pl

    if blob.data.count(b"\n") < LONG or not blob.data.isascii():
        return None
    done: dict[str, list[FpingLines]] = {}
    rejected: list[tuple[int, str]] = []
    rows = 0
    for piece in pieces(blob):
        lines = pl.Series([piece]).str.split("\n").explode().str.strip_chars_end("\r")
        known = lines.str.contains(_BULK)
        for at in (~known).arg_true():
            hit = line.match(lines[at])
            if hit and hit["seq"]:
                return None
            if not hit and not other.match(lines[at]):
                rejected.append((rows + at + 1, lines[at]))
        host, found = _columns(lines.filter(known), known.arg_true().to_numpy() + rows + 1)
        for name in host.unique(maintain_order=True):
            mine = (host == name).to_numpy()
            done.setdefault(name, []).append(FpingLines._make(column[mine] for column in found))
        rows += len(lines)
    by_host = {
        name: FpingLines._make(np.concatenate(columns) for columns in zip(*parts, strict=True))
        for name, parts in done.items()
    }
    if not by_host or any((np.diff(one.seq) <= 0).any() for one in by_host.values()):
        return None
    return FpingFile(by_host, rows, rejected)


def _columns(known: Series, rows: NDArray[uint32]) -> tuple[Series, FpingLines]:
    """Lines that `_BULK` knows, cut where their signs stand, with their targets."""
    import numpy as np
    import polars as pl

    end = known.str.find("]", literal=True)
    at = known.str.slice(1, end - 1).cast(pl.Float64).to_numpy()
    rest = known.str.slice(end + 2)
    host = rest.str.slice(0, rest.str.find(" ", literal=True))
    rest = rest.str.slice(rest.str.find(": [", literal=True) + 3)
    seq = rest.str.slice(0, rest.str.find("]", literal=True)).cast(pl.Int64).to_numpy()
    took = rest.str.find(" bytes, ", literal=True)
    rtt = rest.str.slice(took + 8)
    rtt = rtt.str.slice(0, rtt.str.find(" ms", literal=True)).cast(pl.Float64)
    seconds = rtt.fill_null(0.0).to_numpy() / 1000  # as a float is divided, not as polars does it
    return host, FpingLines(rows.astype(np.uint32), seq, at, took.is_null().to_numpy(), seconds)
