"""A long log whose lines carry a time, as columns: lines that are the same but for minute and second are one wording,
so that what a line says is judged once for all of them.

A log has few wordings an hour. It places nothing in time and knows no format.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from heller.intake.written.log_lines import pieces
from heller.model.record import Blob

if TYPE_CHECKING:
    from numpy import int64, uint8, uint32
    from numpy.typing import NDArray
    from polars import Series

LONG = 5_000  # lines from which it is worth it
FIRST = 1_000  # lines that are looked at whatever they say: they name the makers
HOLE = "\0"  # where minute, second and their fraction stand in a wording
CLOCK = r"[0-2]\d:[0-5]\d:[0-6]\d"
_FRACTION = r"^[.,]\d{1,9}"


class Wording(NamedTuple):
    """What lines say, with a hole for the minutes and seconds; the first line that says it."""

    said: str
    row: int
    raw: str


class StampedLines(NamedTuple):
    """The lines that are looked at, in the order of the file: each its row, the place of its wording, the microseconds
    that it lies within its hour, and the characters of its hole, padded with zeros. `rows` are all lines; `odd` counts
    those without a clock that are not blank, and `first_odd` is the first of them."""

    rows: int
    row: NDArray[uint32]
    which: NDArray[uint32]
    within: NDArray[int64]
    stamp: NDArray[uint8]
    wordings: list[Wording]
    odd: int
    first_odd: tuple[int, str] | None

    def rejected(self) -> list[tuple[int, str]]:
        """The first line without a clock, where there is one."""
        return [self.first_odd] if self.first_odd else []


class _Part(NamedTuple):
    """The same of a piece of the log."""

    row: NDArray[uint32]
    which: NDArray[uint32]
    within: NDArray[int64]
    stamp: NDArray[uint8]


class _Reader:
    """What the pieces say, one after the other."""

    def __init__(self, marker: str, tells: Callable[[Series], Series] | None) -> None:
        self.marker, self.tells = marker, tells
        self.places: dict[str, int] = {}
        self.wordings: list[Wording] = []
        self.done: list[_Part] = []
        self.rows = self.odd = 0
        self.first_odd: tuple[int, str] | None = None

    def add(self, piece: str) -> bool:
        """One piece; whether each of its lines has its time where it is looked for."""
        import polars as pl

        lines = pl.Series([piece]).str.split("\n").explode().str.strip_chars_end("\r")
        rows = pl.int_range(self.rows + 1, self.rows + 1 + len(lines), dtype=pl.UInt32, eager=True)
        self.rows += len(lines)
        at = _clock_at(lines, self.marker)
        self._odd(rows, lines, at.is_null())
        kept = at.is_not_null() & self._looked_at(rows, lines, at)
        rows, lines, at = rows.filter(kept), lines.filter(kept), at.filter(kept)
        tail = lines.str.slice(at + 8)
        stamp = lines.str.slice(at + 3, 5)
        if (tail.str.slice(0, 1).is_in([".", ","])).any():
            part = tail.str.extract(f"({_FRACTION})", 1).fill_null("")
            stamp, tail = stamp + part, tail.str.replace(_FRACTION, "")
        said = lines.str.slice(0, at + 3) + HOLE + tail
        within = _micros(stamp)
        if within is None:
            return False
        self.done.append(_Part(rows.to_numpy(), self._which(said, rows, lines), within, _bytes(stamp)))
        return True

    def _odd(self, rows: Series, lines: Series, bare: Series) -> None:
        odd = bare & (lines.str.strip_chars().str.len_bytes() > 0)
        n = int(odd.sum())
        if n and self.first_odd is None:
            first = int(odd.arg_max() or 0)
            self.first_odd = (rows[first], lines[first])
        self.odd += n

    def _looked_at(self, rows: Series, lines: Series, at: Series) -> Series:
        """Those that can tell something, and the first and the last of each minute, which hold the order of times."""
        if self.tells is None:
            return at.is_not_null()
        minute = lines.str.slice(0, at + 5).fill_null("")
        turns = (minute != minute.shift(1)) | (minute != minute.shift(-1))
        return self.tells(lines) | turns.fill_null(value=True) | (rows <= FIRST)

    def _which(self, said: Series, rows: Series, lines: Series) -> NDArray[uint32]:
        """The place of each line's wording; new ones are noted."""
        import numpy as np
        import polars as pl

        different = pl.DataFrame({"said": said, "row": rows, "raw": lines}).unique(
            "said", maintain_order=True
        )
        for wording in map(Wording._make, different.iter_rows()):
            if self.places.setdefault(wording.said, len(self.wordings)) == len(self.wordings):
                self.wordings.append(wording)
        places = pl.Series([self.places[one] for one in different["said"]], dtype=pl.UInt32)
        return (
            np.asarray(said.replace_strict(different["said"], places).to_numpy())
            if len(said)
            else np.zeros(0, np.uint32)
        )


def read(
    blob: Blob, marker: str = "", tells: Callable[[Series], Series] | None = None
) -> StampedLines | None:
    """The lines of a long log; None for a short one, and where a time cannot be cut out of its line.

    The time is the first clock behind what the expression `marker` finds. `tells` says which lines can tell something;
    of the others only those are looked at that hold the order of times.
    """
    import numpy as np

    if blob.data.count(b"\n") < LONG:
        return None
    reader = _Reader(marker, tells)
    if not all(reader.add(piece) for piece in pieces(blob)):
        return None
    width = max(piece.stamp.shape[1] for piece in reader.done)
    stamps = [np.pad(p.stamp, ((0, 0), (0, width - p.stamp.shape[1]))) for p in reader.done]
    row, which, within = (np.concatenate([piece[n] for piece in reader.done]) for n in range(3))
    found = np.concatenate(stamps)
    return StampedLines(reader.rows, row, which, within, found, reader.wordings, reader.odd, reader.first_odd)


def _clock_at(lines: Series, marker: str) -> Series:
    """Where the clock begins in each line, None where there is none."""
    if not marker:
        return lines.str.find(CLOCK)
    begins = lines.str.find(marker)
    return begins + lines.str.slice(begins).str.find(CLOCK)


def _micros(stamp: Series) -> NDArray[int64] | None:
    """`12:34`, `12:34.567` as microseconds; None where one is something else."""
    import numpy as np
    import polars as pl

    minute = stamp.str.slice(0, 2).cast(pl.Int64, strict=False)
    second = stamp.str.slice(3, 2).cast(pl.Int64, strict=False)
    part = stamp.str.slice(6, 6).str.pad_end(6, "0").cast(pl.Int64, strict=False)
    found = (minute * 60 + second) * 1_000_000 + part
    return None if found.null_count() else np.asarray(found.to_numpy())


def _bytes(stamp: Series) -> NDArray[uint8]:
    """The characters, a row each."""
    import numpy as np

    width = max(stamp.str.len_bytes().to_list(), default=0)
    packed = stamp.str.pad_end(width, "\0").str.join("").item().encode() if len(stamp) else b""
    return np.frombuffer(packed, np.uint8).reshape(len(stamp), width)
