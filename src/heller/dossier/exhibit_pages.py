"""Turns originals into what can be printed: pages as they are, text as an excerpt. Knows bytes only."""

from __future__ import annotations

import codecs
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from heller.dossier.later import Later
from heller.dossier.printable import Pages

LINES = 58  # on one sheet
HEAD = 12  # lines from the top that explain the columns
AROUND = 2  # lines around a cited one
COLUMNS = 104  # characters in a line before it is folded


class PrintedLine(Struct, frozen=True):
    """A printed line: its number (0 where it goes on or lines are left out), text, whether cited."""

    number: int
    text: str
    cited: bool = False


class Sheet(Struct, frozen=True):
    """One sheet of an exhibit: a page of so many points that is put there, or lines."""

    width: float = 0
    height: float = 0
    lines: tuple[PrintedLine, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether it is printed across."""
        return self.width > self.height


class ExhibitPrint(Struct, frozen=True):
    """An exhibit as it can be printed. `kind` is page, rows, whole, xml, binary or absent."""

    kind: str
    sheets: tuple[Sheet, ...] = ()
    total: int = 0
    shown: int = 0


def show(
    original: Later | None, cited: Sequence[int], *, said: bool, pages: Pages | None = None
) -> ExhibitPrint:
    """What of an original is printed; `said` where its content is printed beside it anyway. `pages` are those
    of an original that has some."""
    if original is None:
        return ExhibitPrint("absent")
    if pages is not None:
        sheets = tuple(Sheet(*size) for size in pages.sizes)
        return ExhibitPrint("page" if sheets else "binary", sheets, pages.total, len(sheets))
    head = original.part(0, 4096)
    if b"\0" in head:
        return ExhibitPrint("binary")
    if said:
        return ExhibitPrint(
            "xml" if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<") else "whole"
        )
    return _text(original, cited)


def _text(original: Later, cited: Sequence[int]) -> ExhibitPrint:
    """The head of the file and the lines that the claim rests on, on one sheet."""
    near = {row + n for row in cited for n in range(-AROUND, AROUND + 1)}
    total, lines = _lines_at(original, sorted(near | set(range(1, LINES + 1))))
    picked = pick(total, cited)
    out: list[PrintedLine] = []
    before = 0
    marked = set(cited)
    for number in picked:
        if number > before + 1:
            out.append(PrintedLine(0, "⋯"))
        out += _fold(number, lines[number], number in marked)
        before = number
    if before < total:
        out.append(PrintedLine(0, "⋯"))
    kind = "whole" if len(picked) == total else "rows"
    return ExhibitPrint(kind, (Sheet(lines=tuple(out[: LINES + 8])),), total, len(picked))


def _lines_at(original: Later, wanted: Sequence[int]) -> tuple[int, Mapping[int, str]]:
    """How many lines there are, and those that are wanted by their numbers; the others are not held."""
    try:
        return _pick_rows(_lines(original, "utf-8-sig", "strict"), wanted)
    except UnicodeDecodeError:  # Windows files of an office are CP1252
        return _pick_rows(_lines(original, "cp1252", "replace"), wanted)


def _pick_rows(parts: Iterator[list[str]], wanted: Sequence[int]) -> tuple[int, Mapping[int, str]]:
    total, found = 0, dict[int, str]()
    for lines in parts:
        inside = wanted[bisect_left(wanted, total + 1) : bisect_left(wanted, total + len(lines) + 1)]
        found |= {number: lines[number - total - 1] for number in inside}
        total += len(lines)
    return total, found


def _lines(original: Later, encoding: str, errors: str) -> Iterator[list[str]]:
    """The lines, some at a time; those of one part end where a line surely does."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    rest = ""
    for part in original.parts():
        ended, newline, rest = (rest + decoder.decode(part)).rpartition("\n")
        yield (ended + newline).splitlines()
    yield (rest + decoder.decode(b"", final=True)).splitlines()


def pick(total: int, cited: Sequence[int]) -> list[int]:
    """Which lines fit: all of them, or the head, then cited ones with what stands around them.

    >>> pick(3, [])
    [1, 2, 3]
    >>> pick(1000, [500])[-5:]
    [498, 499, 500, 501, 502]
    """
    if total <= LINES:
        return list(range(1, total + 1))
    wanted = [row for row in cited if 1 <= row <= total]
    if not wanted:
        return list(range(1, LINES + 1))
    chosen = set(range(1, HEAD + 1))
    for around in range(AROUND + 1):
        for row in wanted:
            near = {r for r in (row - around, row + around) if 1 <= r <= total}
            if len(chosen | near) <= LINES:
                chosen |= near
    return sorted(chosen)


def _fold(number: int, text: str, cited: bool) -> list[PrintedLine]:
    """A long line over at most four printed ones; control characters become visible."""
    clean = "".join(c if c.isprintable() else " " for c in text.replace("\t", "    "))
    pieces = [clean[i : i + COLUMNS] for i in range(0, len(clean), COLUMNS)] or [""]
    if len(pieces) > 4:
        pieces = [*pieces[:3], pieces[3][:-1] + "…"]
    return [PrintedLine(number if i == 0 else 0, piece, cited) for i, piece in enumerate(pieces)]
