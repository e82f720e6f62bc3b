"""'From the day on which the emergency line worked nothing more was lost.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack
from heller.model.facts import emergency
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    fall, facts = attack.claim.waterfall, attack.claim.case.facts
    worth = next((one for one in fall.alternatives if one.key == "emergency_cut_off"), None)
    if worth is None:
        return
    stated = facts.statement(emergency.CARRIES_SHOP) if facts[emergency.CARRIES_SHOP] is False else None
    answer = Ground(
        text("The office worked over the emergency line, but not {the_place}."),
        sources=(stated.source,) if stated is not None and stated.source else (),
    )
    yield Objection(
        "emergency_line",
        text("Once the emergency line worked, further loss no longer came from the outage."),
        worth.norm,
        fall.due + worth.worth,
        Answered.WORDS if stated is not None else Answered.OPEN,
        (answer,) if stated is not None else (),
    )


OBJECTION = _objections
