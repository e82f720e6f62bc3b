"""'Your logs' clocks were not in step.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text

APART = ("outage.clocks_apart", "outage.clock_unproven", "segment.clock")
AGREE = "outage.clocks_agree"


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where a log's clock is apart from another one, or nothing bears it out. It moves when the line was dead, not how
    long: both ends are of one clock."""
    found = [one for part in attack.parts for one in part.detection.findings]
    apart = [one for one in found if one.code in APART]
    if not apart:
        return
    agree = [one for one in found if one.code == AGREE]
    long = Ground(text("Both ends of the outage are of one clock: how long it lasted does not change."))
    borne = [Ground(one.text, sources=(one.source,) if one.source else ()) for one in agree]
    yield Objection(
        "clocks_apart",
        text("The clocks of the logs were not in step: when the line was down is not certain."),
        norm("ZPO-286"),
        attack.claim.waterfall.due,
        Answered.RECORD if agree else Answered.WORDS,
        (*borne, long),
        Range(),
    )


OBJECTION = _objections
