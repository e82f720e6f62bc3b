"""'You never set us a deadline.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where no letter of ours named a day while the line was dead; damages beside performance need none."""
    first = min(outage.span.start for outage in attack.claim.outages)
    back = max(outage.span.end for outage in attack.claim.outages)
    letters = (one for one in attack.claim.case.records(Contact) if not one.incoming and one.until)
    if any(first <= one.at <= back for one in letters):
        return
    rule = norm("BGB-280")
    said = text("Damages beside performance need no deadline ({cite}).", cite=rule.cite)
    yield Objection(
        "no_deadline",
        text("Nobody set a deadline for the repair."),
        rule,
        Range(),
        Answered.RULE,
        (Ground(said),),
        attack.claim.assessment.total,
    )


OBJECTION = _objections
