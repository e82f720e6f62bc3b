"""Text of strangers as an archive's PDF may hold it: a box for what no font on board has a shape for.

An archive's PDF may not hold a character without a shape (ISO 19005-3, 6.2.11.8), and Typst refuses it. Which ones
have a shape stands in `fonts/shapes.txt`, which `tools/shapes.py` makes. The original keeps its characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

BOX = "\N{WHITE SQUARE}"
BLANKS = " \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{SOFT HYPHEN}"
WITHOUT_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
LONGEST, PIECE = 120, 60  # characters of a word; a longer one may break after each piece
MOST = 300  # characters of a word that are printed
_LONG = re.compile(rf"\S{{{LONGEST},}}")
JOINER = "\N{WORD JOINER}"  # nothing breaks at it
LEVELS = 3  # each leaves fewer characters than the one before


@cache
def _missing(level: int) -> re.Pattern[str]:
    """What has no shape at a level: by the table; without marks and all but near scripts; all but Latin-1."""
    if level >= 2:
        return re.compile(f"[^{BLANKS}!-~\u00a1-\u00ff–—„“”‚‘’•…€{BOX}]")
    table = (resources.files("heller.dossier") / "fonts" / "shapes.txt").read_text("ascii")
    codes = [[int(end, 16) for end in line.split("-")] for line in table.split()]
    if level == 1:
        codes = [
            pair
            for pair in codes
            if pair[0] < 0x300 or 0x370 <= pair[0] < 0x530 or 0x2000 <= pair[0] < 0x2700
        ]
    ranges = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in codes)
    return re.compile(f"[^{BLANKS}{ranges}]")


def printable(said: str, level: int = 0) -> str:
    """A text of which everything can be set.

    >>> printable("1\\uf0b7\\x81 a\\u202eb\\u200bc")
    '1□□ a□bc'
    """
    if not _missing(level).search(said):
        return said
    if level:
        said = unicodedata.normalize("NFC", said)
    return _missing(level).sub(BOX, WITHOUT_WIDTH.sub("", said.replace("\r\n", "\n")))


def breakable(said: str) -> str:
    """A text whose words all fit on a line: very long ones may break, and of endless ones the beginning is printed
    with how long they are."""
    return _LONG.sub(_pieces, said)


def _pieces(word: re.Match[str]) -> str:
    """A long word in pieces. It breaks between them alone: of a word with a hyphen at every second character Typst
    would shape each stretch between any two of them."""
    shown = "\u200b".join(word[0][at : at + PIECE] for at in range(0, min(len(word[0]), MOST), PIECE))
    shown = shown.replace("-", f"-{JOINER}")
    return shown if len(word[0]) <= MOST else f"{shown} … ({len(word[0])})"


def cleaned(value: Any, level: int) -> Any:
    """The same plain value with every text in it printable and breakable; what is drawn (`drawn`) stays."""
    if isinstance(value, str):
        return breakable(printable(value, level))
    if isinstance(value, dict):
        return {key: one if key == "drawn" else cleaned(one, level) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(one, level) for one in value]
    return value


def signs_only(value: Any) -> Any:
    """The same for a picture's specification, whose words are also names: nothing in it is broken."""
    if isinstance(value, str):
        return printable(value, 1)
    if isinstance(value, dict):
        return {signs_only(key): signs_only(one) for key, one in value.items()}
    return [signs_only(one) for one in value] if isinstance(value, (list, tuple)) else value
