"""'There is no invoice for that.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("There is no invoice for what the firm wrote down itself.")
    return of_heads(attack, "own_costs", ("own_costs",), says, norm("ZPO-287"), Answered.WORDS)


OBJECTION = _objections
