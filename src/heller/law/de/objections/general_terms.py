"""'Our general terms limit what we owe.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.facts import line
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """A cap of general terms that was not agreed individually: what would be due under it."""
    facts = attack.claim.case.facts
    cap = facts[line.AGREED_CAP]
    if cap is None or facts[line.INDIVIDUAL_TERMS] is not False:
        return
    rule = norm("TKG21-70-4")
    said = text(
        "Only an agreement that was made individually replaces the cap of the law ({cite}).", cite=rule.cite
    )
    yield Objection(
        "general_terms",
        text("The general terms limit liability to {cap}.", cap=cap),
        rule,
        attack.claim.waterfall.due.capped(cap),
        Answered.RULE,
        (Ground(said),),
    )


OBJECTION = _objections
