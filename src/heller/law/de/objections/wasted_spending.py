"""'Spending in vain is owed only instead of damages.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("What was spent in vain can be asked for only in place of damages, not beside them.")
    return of_heads(attack, "wasted_spending", ("wasted_spending",), says, norm("BGB-284"))


OBJECTION = _objections
