"""'Your customers owe you that all the same.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("What {customers} did not pay they still owe; the firm let them off of its own accord.")
    return of_heads(attack, "unpaid_bills", ("unpaid_bills", "credits_given"), says, norm("BGB-254-2"))


OBJECTION = _objections
