"""The rules of Austria, and how they are cited."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from heller.law.book.rules import Rulebook, load_folder
from heller.model.damage import NormRef

NAME = "ABGB, TKG 2021 (Österreich)"


@cache
def book() -> Rulebook:
    """All rules of Austria."""
    return load_folder("at", Path(__file__).parent)


def norm(id: str) -> NormRef:
    """A rule as it is cited, with its mark. Raises NoSuchRule."""
    return book().norm(id)


def open_norm(id: str) -> NormRef:
    """A rule whose wording is verified while its use here is an open reading: shown, never summed."""
    return book().open_norm(id)
