"""'The fee is refunded; it is no damage.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("The fee of the days of the outage is refunded by contract; it is no damage.")
    return of_heads(attack, "fee_refund", ("line_fee",), says, norm("HEAD-11"), Answered.RULE)


OBJECTION = _objections
