"""Wages of idle staff: owed in both worlds, so they add nothing (HEAD-03)."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import cost, hours, item, plain_line
from heller.model.amount import Range, WorkingLine
from heller.model.heads import idle_hours
from heller.model.money import total
from heller.model.record import ShiftKind
from heller.model.text import text


def assess(inputs: Inputs) -> HeadLoss:
    """The same amount in both columns. § 615 BGB; BGH V ZR 401/98, headnote 3: the margin holds them."""
    done = hours(inputs, ShiftKind.IDLE, HEAD.key)
    items = [
        item(HEAD.key, worked, plain_line(person, worked), both_worlds=True)
        for person, worked in done.by_person().items()
    ]
    owed = total(cost(worked) for worked in done.by_person().values())
    closing = WorkingLine(
        text("owed without the outage too (§ 615 BGB), the same in both worlds"), Range.exact(-owed)
    )
    reason = text(
        "Wages stay owed when nobody can work; the lost contribution margin pays them already. "
        "They are shown and add 0.00, so nothing counts twice."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(HEAD, items, reason, closing=(closing,)),
        missing=done.missing,
        findings=done.findings,
    )


HEAD = Head(idle_hours.HEAD, assess)
