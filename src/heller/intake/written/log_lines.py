"""Lines of logs: what is left of the last block after a power cut, and lines that no pattern knew."""

from __future__ import annotations

from collections.abc import Iterable

from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text


def lines(blob: Blob) -> list[str]:
    """The lines of a log; the first is row 1. A power cut leaves NUL bytes behind: they are dropped."""
    data = blob.data
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        data = data.replace(b"\0", b"")
    found = [line.rstrip("\r") for line in decode(data).split("\n")]
    return found if found[-1] else found[:-1]


def unread(blob: Blob, rows: Iterable[tuple[int, str]], of: int = 0) -> tuple[Finding, ...]:
    """One finding for all lines that no pattern knew, with the first of them; none if there are none. `of` is
    their number, where not all are kept."""
    rejected = list(rows)
    if not rejected:
        return ()
    row, raw = rejected[0]
    return (
        Finding(
            "log.unread_lines",
            text(
                "{n} lines of the log could not be read; the first is line {row}.",
                n=max(of, len(rejected)),
                row=row,
            ),
            text("Look at these lines: where a line was cut off, hand in the whole file."),
            Weight.NOTE,
            Locator(blob.digest, f"row {row}", raw[:200]),
        ),
    )
