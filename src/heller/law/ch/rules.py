"""The rules of Switzerland, and how they are cited."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from heller.law.book.rules import Rulebook, load_folder
from heller.model.damage import NormRef

NAME = "OR (Schweiz)"


@cache
def book() -> Rulebook:
    """All rules of Switzerland."""
    return load_folder("ch", Path(__file__).parent)


def norm(id: str) -> NormRef:
    """A rule as it is cited, with its mark. Raises NoSuchRule."""
    return book().norm(id)
