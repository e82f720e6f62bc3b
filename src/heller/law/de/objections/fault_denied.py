"""'It was not our fault.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, answered_plea
from heller.model.objection import Objection
from heller.model.text import text

DENIES = ("nicht zu vertreten", "kein verschulden", "keine schuld", "not our fault", "no fault")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where somebody of the other side says so: fault is presumed, and the provider must prove that he bears none."""
    rule = norm("BGB-280")
    answer = text("Fault is presumed; who owes proves that he bears none ({cite}).", cite=rule.cite)
    says = text("The provider bears no fault.")
    yield from answered_plea(attack, "fault_denied", DENIES, says, rule, answer)


OBJECTION = _objections
