"""The scheme of a loss adjuster: what was expected, what came, what was saved and spent."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.text import Text


class SchemeKind(Enum):
    """What a line is in a loss adjuster's scheme, in its order."""

    EARNINGS = "earnings"
    SAVED = "saved"
    AVERTED = "averted"
    FURTHER = "further"
    BENEFIT = "benefit"


class SchemeLine(Struct, frozen=True):
    """A line of it: what was expected and what came, likely; money in is positive, money out negative."""

    kind: SchemeKind
    head: str
    label: Text
    expected: Money
    actual: Money
    sources: tuple[Locator, ...] = ()
