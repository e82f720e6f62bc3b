"""Signs for terminals that have only some: a tick becomes a plus, an umlaut two letters, nothing a fault."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from io import TextIOWrapper

PLAIN = {
    "✓": "+", "✗": "x", "■": "#", "□": "o", "·": "-", "•": "-", "–": "-", "—": "-", "\N{MINUS SIGN}": "-", "…": "...",
    "€": "EUR", "§": "Sec.", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "ß": "ss", "×": "x",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "→": "->", "≥": ">=", "≤": "<=", "─": "-",
}  # fmt: skip
NAME = "heller-signs"


def fit() -> None:
    """Let this run's output write plainer signs where its encoding lacks one. Once, at the start."""
    codecs.register_error(NAME, plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=NAME)


def plainer(error: UnicodeError) -> tuple[str, int]:
    """What stands for the signs that an encoding lacks (an error handler of `codecs`)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    if sign in PLAIN:
        return PLAIN[sign]
    near = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return near or "?"
