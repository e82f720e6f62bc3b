"""'What you owe your customers is your own contract.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("What the firm promised to its own {customers} nobody could foresee.")
    return of_heads(
        attack,
        "customer_claims",
        ("customer_claims", "withheld_penalties"),
        says,
        norm("HEAD-08"),
        Answered.RECORD,
    )


OBJECTION = _objections
