"""A text with marks in the place of what is closed in it, and the cells that say so. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from heller.intake import personal
from heller.journal.closed_fields import Cell, opening, salt


def digest_of(salted: bytes, seq: int, place: str, value: str) -> str:
    """The salted digest of what stands at a place of an entry."""
    place = f"{seq} {place}"
    return sha256(opening(salt(salted, place), place, value)).hexdigest()


def with_cells(
    said: str, pieces: Sequence[tuple[personal.Piece, str]], digest: Callable[[str, str], str], seq: int
) -> tuple[str, tuple[Cell, ...]]:
    """A text with the mark of each piece in its place, and the cells that say so."""
    out, cells, length, end = [], [], 0, 0
    for piece, mark in pieces:
        before = said[end : piece.start]
        at = length + len(before)
        cells.append(
            Cell(
                at,
                mark,
                piece.field,
                f"{seq} {piece.place}",
                digest(piece.place, said[piece.start : piece.end]),
            )
        )
        out += [before, mark]
        length, end = at + len(mark), piece.end
    return "".join([*out, said[end:]]), tuple(cells)
