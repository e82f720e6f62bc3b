"""The German rules, read once from the files beside this one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from heller.law.book.rules import Rule, Rulebook, Version, load_folder
from heller.model.damage import NormRef


@cache
def book() -> Rulebook:
    """All of them."""
    return load_folder("de", Path(__file__).parent)


def rule(id: str) -> Rule:
    """A rule by its id. Raises NoSuchRule."""
    return book().rule(id)


def in_force(id: str, on: date) -> Version:
    """What a rule says on a day. Raises NoSuchRule, NotInForce, BeyondTheData."""
    return book().in_force(id, on)


def norm(id: str) -> NormRef:
    """A rule as it is cited, with its mark. Raises NoSuchRule."""
    return book().norm(id)


def open_norm(id: str) -> NormRef:
    """A rule whose wording is verified while its use here is an open reading: shown, never summed."""
    return book().open_norm(id)
