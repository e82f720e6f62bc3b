"""'Your emergency line stood idle.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.facts import emergency
from heller.model.objection import Objection
from heller.model.text import text

HEADS = ("emergency_line", "mobile_data")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where nobody says since when it worked, or it worked only when the outage was over."""
    works = attack.claim.case.facts[emergency.WORKS_SINCE]
    ends = [outage.span.end for outage in attack.claim.outages]
    if works is not None and ends and works < max(ends):
        return
    says = text("The emergency line stood idle: nothing shows that it was used in time.")
    yield from of_heads(attack, "emergency_idle", HEADS, says, norm("HEAD-01"))


OBJECTION = _objections
