"""'Nobody needed an expert.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("An expert was not needed to find out that the line was down.")
    return of_heads(attack, "expert", ("expert",), says, norm("BGB-249"), Answered.RECORD)


OBJECTION = _objections
