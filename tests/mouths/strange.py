"""Text as no office writes it: every class of characters, brackets, commands of several languages, words without end,
signs that turn the reading. What steers a terminal or a reader must not come out again."""

from __future__ import annotations

import unicodedata

STRANGE = (
    "AW: [extern] Angebot [/b] [/Netz] [red]Ende",
    "a\uf0b7b",
    "a\x81\x9bb",
    "\x1b[2J\x1b]0;title\x07",
    "x" * 17_000,
    "x-" * 3_000,
    "\u202egnp.exe\u2066",
    "a" + "\u0301" * 40,
    "\udcfc \ud83d",
    "العربية ไทย 漢字 👨‍👩‍👧 🇩🇪",
    "#panic() $x$ *a* _b_ @f <script>alert(1)</script> {{ x }} {% y %} %s {0} {name}",
    "a\u2028b\u2029c\x85d\r\ne\rf\x00g",
    "\ufdd0\ufffe",
)
STEERS = "\x1b\x9b\x07\x81\u202e\u2066"


def one_of_each_category() -> str:
    """A character of every general category of Unicode."""
    found: dict[str, str] = {}
    for code in range(0x110000):
        found.setdefault(unicodedata.category(chr(code)), chr(code))
    return " ".join(found.values())


def all_at_once() -> str:
    """All of it as one word of a command line, which holds no NUL, or as one field of a form."""
    return " ".join((*STRANGE, one_of_each_category())).replace("\0", "")


def steering(printed: str) -> set[str]:
    """The characters in it that steer a terminal or turn the reading."""
    return set(printed) & set(STEERS)
