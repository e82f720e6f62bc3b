"""'The fault lay in your own network.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact
from heller.model.objection import Answered, Objection
from heller.model.outage import Cause, Outage
from heller.model.text import text

INSIDE = frozenset({Cause.OWN_HOST, Cause.LAN, Cause.ROUTER, Cause.UNKNOWN})


def _objections(attack: Attack) -> Iterator[Objection]:
    """Every outage may be said to be home-made, unless the other side admitted a fault of its own; a device inside that
    answered all along says otherwise."""
    outages = [outage for part in attack.parts for outage in part.detection.outages]
    if not outages or any(one.admits is not None for one in attack.claim.case.records(Contact)):
        return
    inside = [w for outage in outages for w in outage.witnesses if w.state == "up"]
    yield Objection(
        "own_network",
        text("The fault lay in your own network, not in the line."),
        norm("BGB-280"),
        Range(),
        _answer(outages, bool(inside)),
        tuple(Ground(witness.saw, sources=(witness.source,)) for witness in inside[:2]),
        attack.claim.assessment.total,
    )


def _answer(outages: list[Outage], inside: bool) -> Answered:
    if any(outage.cause in INSIDE for outage in outages):
        return Answered.OPEN
    return Answered.RECORD if inside else Answered.WORDS


OBJECTION = _objections
