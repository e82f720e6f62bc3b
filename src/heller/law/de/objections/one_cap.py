"""'The cap counts once for all outages.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack
from heller.model.objection import Answered, Objection


def _objections(attack: Attack) -> Iterator[Objection]:
    """The reading in which one cap holds for all events of a provider, where it gives another sum."""
    fall = attack.claim.waterfall
    for one in fall.alternatives:
        if one.key == "cap_once":
            yield Objection("one_cap", one.text, one.norm, fall.due + one.worth, Answered.OPEN)


OBJECTION = _objections
