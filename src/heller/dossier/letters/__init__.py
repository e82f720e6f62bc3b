"""One file per letter, each with a LETTER. Put a file here and it is found.

The frame of every letter, and what it looks like as plain text, stands in `heller.dossier.letter_frame`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from heller.dossier.letter_frame import LetterKind


@cache
def letters() -> dict[str, LetterKind]:
    """Every letter by its name, in the order of their places."""
    names = (module.name for module in iter_modules(__path__))
    found: list[LetterKind] = [import_module(f"{__name__}.{name}").LETTER for name in names]
    return {one.name: one for one in sorted(found, key=lambda one: (one.place, one.name))}
