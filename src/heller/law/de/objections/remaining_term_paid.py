"""'You were bound until the end of the term.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("Until the end of the term the fee is owed; nobody had to give notice.")
    return of_heads(attack, "remaining_term_paid", ("remaining_term",), says, norm("BGB-314"), Answered.RULE)


OBJECTION = _objections
