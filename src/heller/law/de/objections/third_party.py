"""'It was our supplier, or somebody's digger.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, answered_plea
from heller.model.objection import Objection
from heller.model.text import text

BLAMES = (
    "vorlieferant",
    "subunternehmer",
    "vorleister",
    "bagger",
    "tiefbau",
    "supplier",
    "subcontractor",
    "digger",
)


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where somebody of the other side says so: whom he uses for his duty is his helper."""
    rule = norm("BGB-276/278")
    answer = text("Whom the provider uses for what he owes is his helper ({cite}).", cite=rule.cite)
    says = text("Somebody else caused it: a supplier, a subcontractor, a digger.")
    yield from answered_plea(attack, "third_party", BLAMES, says, rule, answer)


OBJECTION = _objections
