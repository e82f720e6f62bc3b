"""'The goods would not have been sold.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("Nothing shows that the goods would have been used in time.")
    return of_heads(attack, "spoilt_goods", ("spoilt_goods",), says, norm("BGB-252"))


OBJECTION = _objections
