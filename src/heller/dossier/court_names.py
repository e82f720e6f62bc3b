"""Names of files as courts take them (Nr. 6 ERVB): letters of the German alphabet, digits, `_`, `-`, and one dot."""

from __future__ import annotations

import re
import unicodedata

OTHER = re.compile(r"[^A-Za-zÄÖÜäöüß0-9_-]+")


def file_name(number: str, said: str, most: int, ending: str = "pdf") -> str:
    """A name of at most `most` characters: the number by which the files are in order, then what the file is.

    >>> file_name("K003", "Rechnung Ré-17 (März).xml", 90)
    'K003_Rechnung_Re-17_März_xml.pdf'
    """
    plain = "".join(_german(letter) for letter in unicodedata.normalize("NFC", said))
    stem = "_".join(part for part in (number, OTHER.sub("_", plain).strip("_")) if part)
    return f"{stem[: most - len(ending) - 1].rstrip('_')}.{ending}"


def _german(letter: str) -> str:
    """A letter without marks that German does not have."""
    return letter if not OTHER.match(letter) else unicodedata.normalize("NFD", letter)[0]
