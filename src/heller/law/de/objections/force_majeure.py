"""'It was force majeure.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact
from heller.model.objection import Answered, Objection
from heller.model.text import text

PLEADED = ("höhere gewalt", "höherer gewalt", "force majeure")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where somebody of the other side pleaded it; whoever pleads it has to prove it."""
    pleas = [one for one in attack.claim.case.records(Contact) if one.incoming and _pleads(one)]
    if not pleas:
        return
    rule = norm("FM-01")
    answer = text(
        "Who relies on it proves an event from outside that the utmost care could not avert ({cite}); no such "
        "event was named.",
        cite=rule.cite,
    )
    yield Objection(
        "force_majeure",
        text("The outage was force majeure."),
        rule,
        Range(),
        Answered.RULE,
        (Ground(answer, pleas[-1].at.date(), (pleas[-1].source,) if pleas[-1].source else ()),),
        attack.claim.assessment.total,
    )


def _pleads(contact: Contact) -> bool:
    return any(word in contact.said.casefold() for word in PLEADED)


OBJECTION = _objections
