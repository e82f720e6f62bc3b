"""One file per letter, each with a LETTER. Put a file here and it is found.

The frame of every letter, and what it looks like as plain text, stands in `heller.dossier.letter_frame`.
"""

from __future__ import annotations

from functools import cache

from heller.dossier.letter_frame import LetterKind
from heller.model.scan import modules


@cache
def letters() -> dict[str, LetterKind]:
    """Every letter by its name, in the order of their places."""
    found: list[LetterKind] = [module.LETTER for module in modules(__name__)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.place, one.name))}
