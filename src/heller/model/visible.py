"""Text of strangers as it may be shown: what steers a terminal or turns the reading becomes a sign of its own.

Each medium cleans once, where text enters it: the terminal (`cli/screen.py`), a page (`web/desk.py`), a PDF
(`dossier/shapes.py`). What is kept is never changed.
"""

from __future__ import annotations

import re
import unicodedata

PICTURES = 0x2400  # U+2400 ff. are pictures of the control characters
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the order in which letters are read
_HALVES = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(
    "[^\ud800-\udfff]*(?:[\udc80-\udcff][^\ud800-\udfff]*)*"
)  # bytes, as Python hands them on
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def visible(said: str) -> str:
    """The text without control characters but tab and line end, without signs that turn the reading, without
    halves of a pair; each leaves a sign in its place.

    >>> visible("a\\x1b[2Jb\\u202ec\\udcfcd\\r\\n")
    'a␛[2Jb�c�d\\n'
    """
    return _UNSAFE.sub(_sign, said.replace("\r\n", "\n")) if _UNSAFE.search(said) else said


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else UNKNOWN


def readable(raw: str) -> str:
    """A name or word that a system gave in bytes that are no UTF-8, as office programs of old wrote it (CP1252);
    letters composed (NFC). Other text only composed.

    >>> readable("Rechnung Mu\udcfcller.pdf"), readable("Mu\u0308ller")
    ('Rechnung Müller.pdf', 'Müller')
    """
    if _HALVES.search(raw):
        raw = raw.encode("utf-8", "surrogateescape" if _ESCAPED.fullmatch(raw) else "replace").decode(
            "cp1252", "replace"
        )
    return unicodedata.normalize("NFC", raw)
