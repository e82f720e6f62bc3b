"""Countries by their names: German, English, or the two letters of ISO 3166. It knows no law."""

from __future__ import annotations

import re
from functools import cache

# What ISO 3166 leaves to its users: no country has one of these and never will.
FREE = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")


def code_of(word: str) -> str:
    """The code of a country by its German or English name or by the code itself; '' if it is none.

    >>> code_of("Österreich"), code_of("austria"), code_of("ch"), code_of("Schlaraffenland")
    ('AT', 'AT', 'CH', '')
    """
    said = word.strip()
    if not said:
        return ""
    return said.upper() if FREE.fullmatch(said.upper()) else _names().get(said.casefold(), "")


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    named: dict[str, str] = {}
    for lang in ("de", "en"):
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha():
                named |= {name.casefold(): code, code.casefold(): code}
    return named
