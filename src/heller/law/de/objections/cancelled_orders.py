"""'Those orders would have been cancelled anyway.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("{units:cap} are {cancelled} without an outage too; nothing shows that it was the cause.")
    return of_heads(attack, "cancelled_orders", ("cancelled_orders",), says, norm("BGB-252"), Answered.RECORD)


OBJECTION = _objections
