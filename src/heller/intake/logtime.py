"""Lines and times of logs: what programs write down without a zone, a year, or the last block."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from heller.intake.numbers import decode
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


def is_ambiguous(naive: datetime, zone: ZoneInfo) -> bool:
    """Whether a wall clock shows this time twice, in the hour that the end of summer time repeats."""
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    # The hour that summer time skips has two offsets as well; there the first is the smaller one.
    return (first.utcoffset() or 0) > (second.utcoffset() or 0)  # type: ignore[operator]


def to_utc(naive: datetime, zone: ZoneInfo, not_before: datetime | None = None) -> datetime:
    """A wall clock's time as an instant. In a repeated hour the first one is taken, unless it would lie
    before `not_before`, the entry that was written earlier."""
    first = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if not_before is not None and first < not_before and is_ambiguous(naive, zone):
        return naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return first


def unread(blob: Blob, rows: Iterable[tuple[int, str]]) -> tuple[Finding, ...]:
    """One finding for all lines that no pattern knew, with the first of them; none if there are none."""
    rejected = list(rows)
    if not rejected:
        return ()
    row, raw = rejected[0]
    return (
        Finding(
            "log.unread_lines",
            text(
                "{n} lines of the log could not be read; the first is line {row}.",
                "One line of the log could not be read: line {row}.",
                n=len(rejected),
                row=row,
            ),
            text("Look at these lines: where a line was cut off, hand in the whole file."),
            Weight.NOTE,
            Locator(blob.digest, f"row {row}", raw[:200]),
        ),
    )
