"""Lines and times of logs: what programs write down without a zone, a year, or the last block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

PIECE = 4 << 20  # characters that are told apart at once
TWICE = 3600.0  # seconds between the two times that a clock set back by an hour shows alike


def lines(blob: Blob) -> list[str]:
    """The lines of a log; the first is row 1. A power cut leaves NUL bytes behind: they are dropped."""
    found = [line.rstrip("\r") for line in _whole(blob).split("\n")]
    return found if found[-1] else found[:-1]


def pieces(blob: Blob) -> Iterator[str]:
    """The same lines in pieces of many, without the end of the last; a line may end in returns."""
    plain = blob.data.isascii()  # then no second copy of all of it is needed
    whole = _without_nul(blob.data) if plain else _whole(blob).encode()
    last = whole.rfind(b"\n")
    begin, end = 0, len(whole) if whole[last + 1 :].rstrip(b"\r") else last
    while begin <= end:
        cut = end if end - begin <= PIECE else whole.find(b"\n", begin + PIECE, end)
        cut = cut if cut >= 0 else end
        yield whole[begin:cut].decode()
        begin = cut + 1


def _whole(blob: Blob) -> str:
    return decode(_without_nul(blob.data))


def _without_nul(data: bytes) -> bytes:
    return data if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.replace(b"\0", b"")


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


def place(naives: Sequence[datetime], zone: ZoneInfo) -> list[tuple[datetime, float]]:
    """The instants of a wall clock's times in the order in which they were written, each with its width in
    seconds: an instant lies in [at, at + width].

    In the hour that comes twice the order decides where the clock is seen to jump back; without such a jump
    nothing tells the two apart, and the time is as wide as the hour.
    """
    found = [(to_utc(naive, zone), TWICE if is_ambiguous(naive, zone) else 0.0) for naive in naives]
    for begin, end in _runs([bool(width) for _, width in found]):
        back = next((n for n in range(begin + 1, end) if naives[n] < naives[n - 1]), None)
        if back is not None:
            for n in range(begin, end):
                found[n] = (found[n][0] + timedelta(seconds=TWICE if n >= back else 0), 0.0)
    return found


def _runs(flags: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """The runs of true values as [begin, end)."""
    begin: int | None = None
    for n, flag in enumerate((*flags, False)):
        if flag and begin is None:
            begin = n
        elif not flag and begin is not None:
            yield begin, n
            begin = None


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
