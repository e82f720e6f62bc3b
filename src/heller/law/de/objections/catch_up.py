"""'Your customers ordered later.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.business import BUSINESS, SALES, UNITS
from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.unit import Fate, Unit
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """All of what the business lost, where nothing that came back was taken off; else what is left of it."""
    lost = attack.sum_of(*BUSINESS)
    if not lost.likely:
        return
    yield Objection(
        "catch_up",
        text("{customers:cap} who could not come then came later; nothing was lost."),
        norm("HEAD-05"),
        attack.without(*BUSINESS),
        Answered.RECORD if _followed(attack) else Answered.OPEN,
        tuple(_answers(attack)),
        lost,
    )


def _followed(attack: Attack) -> bool:
    """Whether the days after the outage were looked at: those of the forecast, the fate of each unit."""
    sales = [one for part in attack.parts for one in part.assessment.sales]
    last = max(outage.span.end for part in attack.parts for outage in part.detection.outages).date()
    seen = any(one.path and one.path[-1].day > last for one in sales)
    return seen or not attack.sum_of(SALES).likely


def _answers(attack: Attack) -> Iterator[Ground]:
    if attack.sum_of(SALES).likely:
        back = sum((one.catch_up for part in attack.parts for one in part.assessment.sales), Range())
        yield Ground(
            text("Takings of {amount} that came back after the outage are off the loss.", amount=back.likely)
        )
    if attack.sum_of(UNITS).likely:
        units = attack.claim.case.records(Unit)
        later = sum(one.count for one in units if one.fate is Fate.CAUGHT_UP)
        said = text(
            "The list says what became of each; of those that took place later nothing is claimed: {n}.",
            n=later,
        )
        yield Ground(said, sources=tuple(one.source for one in units[:1] if one.source))


OBJECTION = _objections
