"""Own hours for finding out and pursuing the claim: recorded and shown, never added."""

from __future__ import annotations

from msgspec.structs import replace

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import cost, hours, in_both_worlds
from heller.model.amount import Range
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.money import total
from heller.model.text import text

ROW = HeadOfLoss(
    "pursuit_hours",
    text("Own hours for pursuing the claim"),
    rank=130,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Hours x cost, not recoverable within the usual range."""
    done = hours(inputs, ShiftKind.PURSUIT, HEAD.key)
    items = in_both_worlds(HEAD.key, done)
    shown = Range.exact(total(cost(worked) for worked in done.by_person().values()))
    reason = text(
        "Time for finding out and pursuing the own claim is borne by everybody himself; shown, not added."
    )
    positions = schedule(HEAD, items, reason, inputs.norm(HEAD.key), recoverable=False)
    return HeadLoss(
        flows=flows_of(items),
        positions=tuple(replace(position, amount=shown) for position in positions),
        missing=done.missing,
        findings=done.findings,
    )


HEAD = Head(ROW, assess)
