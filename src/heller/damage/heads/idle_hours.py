"""Wages of idle staff: owed in both worlds, so they add nothing."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, cite, flows_of, schedule
from heller.damage.hours import cost, hours, in_both_worlds
from heller.model.amount import Range, WorkingLine
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.money import total
from heller.model.text import text

ROW = HeadOfLoss(
    "idle_hours",
    text("Wages of idle staff"),
    rank=140,
)


def assess(inputs: Inputs) -> HeadLoss:
    """The same amount in both columns: the margin holds them."""
    done = hours(inputs, ShiftKind.IDLE, HEAD.key)
    items = in_both_worlds(HEAD.key, done)
    owed = total(cost(worked) for worked in done.by_person().values())
    said = cite(text("owed with and without the outage alike"), inputs.norm(HEAD.key))
    closing = WorkingLine(said, Range.exact(-owed))
    reason = text(
        "Wages stay owed when nobody can work; the lost contribution margin pays them already. They are shown "
        "and add 0.00, so nothing counts twice."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(HEAD, items, reason, inputs.norm(HEAD.key), closing=(closing,)),
        missing=done.missing,
        findings=done.findings,
    )


HEAD = Head(ROW, assess)
