"""Hours slowed to a share of the usual work: their wages are owed in both worlds, so they add nothing by themselves."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import hours, item, plain_line
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.text import text

ROW = HeadOfLoss(
    "slowed_hours",
    text("Slowed work"),
    rank=142,
)


def assess(inputs: Inputs) -> HeadLoss:
    """What of slowed hours was not done, with its wages: shown, the same in both worlds."""
    done = hours(inputs, ShiftKind.SLOWED, HEAD.key)
    items = [
        item(HEAD.key, worked, plain_line(person, worked), both_worlds=True)
        for person, worked in done.by_person().items()
    ]
    reason = text(
        "The work went on at a share of the usual speed. Its wages stay owed; what was not done for {customers} counts "
        "where it is lost."
    )
    return HeadLoss(
        flows_of(items), schedule(HEAD, items, reason, inputs.norm("idle_hours")), done.missing, done.findings
    )


HEAD = Head(ROW, assess)
