"""Doubts travel as values beside the results; nothing is silently dropped."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.text import Text


class Weight(Enum):
    """How much a finding matters."""

    NOTE = "note"
    WARNING = "warning"
    REFUSED = "refused"


class Locator(Struct, frozen=True):
    """Where a value stands: which original, which member of it, which place, and its raw characters.

    `place` is one of `row 12`, `page 1`, an XPath, a header name; rows count from 1, the head included.
    """

    object: str
    place: str = ""
    raw: str = ""
    member: str = ""


class Finding(Struct, frozen=True):
    """A doubt about what was read or worked out: what, and what to do about it."""

    code: str
    text: Text
    do: Text | None = None
    weight: Weight = Weight.WARNING
    source: Locator | None = None
