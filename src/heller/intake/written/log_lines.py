"""Lines of logs: what is left of the last block after a power cut, and lines that no pattern knew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

PIECE = 4 << 20  # bytes of lines that are told apart at once


def lines(blob: Blob) -> list[str]:
    """The lines of a log; the first is row 1. A power cut leaves NUL bytes behind: they are dropped."""
    found = [line.rstrip("\r") for line in whole(blob).split("\n")]
    return found if found[-1] else found[:-1]


def pieces(blob: Blob) -> Iterator[str]:
    """The same lines in pieces of many, without the end of the last; a line may end in returns."""
    plain = blob.data.isascii()  # then no second copy of all of it is needed
    every = _without_nul(blob.data) if plain else whole(blob).encode()
    last = every.rfind(b"\n")
    begin, end = 0, len(every) if every[last + 1 :].rstrip(b"\r") else last
    while begin <= end:
        cut = end if end - begin <= PIECE else every.find(b"\n", begin + PIECE, end)
        cut = cut if cut >= 0 else end
        yield every[begin:cut].decode()
        begin = cut + 1


def whole(blob: Blob) -> str:
    """The characters of a log, without the NUL bytes of a power cut."""
    return decode(_without_nul(blob.data))


def _without_nul(data: bytes) -> bytes:
    return data if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.replace(b"\0", b"")


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
            text("Look at these lines: where a line was cut off, add the whole file."),
            Weight.NOTE,
            Locator(blob.digest, f"row {row}", raw[:200]),
        ),
    )
