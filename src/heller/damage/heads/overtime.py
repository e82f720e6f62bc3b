"""Overtime to clear the backlog: hours x wage x (1 + surcharge)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import Worked, hours, item, late, sum_hours
from heller.model.damage import Missing
from heller.model.finding import Finding, Weight
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.kinds.shift import ShiftKind
from heller.model.text import Text, text

ROW = HeadOfLoss(
    "overtime",
    text("Overtime"),
    rank=100,
    insured=InsuredAs.AVERTED,
)

NOTE = Finding(
    "damage.overtime_rule",
    text(
        "Overtime is claimed as cost of reducing the loss; no ruling on overtime after an outage is verified."
    ),
    text("Ask the lawyer whether a ruling supports it."),
    Weight.NOTE,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Extra pay only: these hours stand in the world with the outage alone. See NOTE."""
    done = hours(inputs, ShiftKind.OVERTIME, HEAD.key)
    items = [
        item(HEAD.key, worked, line(worked), factor=factor(worked)) for worked in done.by_person().values()
    ]
    proof = text(
        "Hour sheets signed by those who worked, and pay slips that show that the overtime was paid."
    )
    reason = text(
        "Worked beyond the usual hours to clear the backlog; it saved {units} that would have been lost."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(HEAD, items, reason, inputs.norm(HEAD.key)),
        missing=(*done.missing, *((Missing(HEAD.key, proof),) if items else ())),
        findings=(
            *done.findings,
            *late(done.worked, inputs.event.span.end, HEAD.key),
            *((NOTE,) if items else ()),
        ),
    )


def factor(worked: Sequence[Worked]) -> Fraction:
    """What an hour of overtime costs of a usual one."""
    return 1 + Fraction(worked[0].wage.overtime_surcharge)


def line(worked: Sequence[Worked]) -> Text:
    """The hours of one person with the surcharge."""
    wage = worked[0].wage
    return text(
        "{person}: {hours} hours x {rate} x (1 + {surcharge:percent})",
        person=wage.person,
        hours=sum_hours(worked),
        rate=wage.per_hour,
        surcharge=wage.overtime_surcharge,
    )


HEAD = Head(ROW, assess)
