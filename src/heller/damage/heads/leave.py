"""Leave: days used up because of the outage cost nothing more than they would have later; days that were given back are
paid twice. Both are shown and not added: no rule was read that grants either."""

from __future__ import annotations

from msgspec.structs import replace

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import Hours, cost, hours, in_both_worlds
from heller.model.amount import Range
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.money import total
from heller.model.text import Text, text

ROW = HeadOfLoss(
    "leave",
    text("Leave"),
    rank=147,
)
USED = text(
    "A paid day of leave is owed in any case, with or without the outage; that it fell into these days costs the firm "
    "nothing more. Shown, not added."
)
GIVEN_BACK = text(
    "Days that were given back are paid a second time without work. Nobody has to give them back, and no rule was read "
    "that makes the provider pay for it: shown, not added."
)


def assess(inputs: Inputs) -> HeadLoss:
    """Hours x cost of both, each a position that is shown."""
    used = hours(inputs, ShiftKind.LEAVE, HEAD.key)
    back = hours(inputs, ShiftKind.LEAVE_BACK, HEAD.key)
    found = [_shown(inputs, done, reason) for done, reason in ((used, USED), (back, GIVEN_BACK))]
    return HeadLoss(
        tuple(flow for one in found for flow in one.flows),
        tuple(position for one in found for position in one.positions),
        tuple(gap for one in found for gap in one.missing),
        tuple(doubt for one in found for doubt in one.findings),
    )


def _shown(inputs: Inputs, done: Hours, reason: Text) -> HeadLoss:
    items = in_both_worlds(HEAD.key, done)
    worth = Range.exact(total(cost(worked) for worked in done.by_person().values()))
    positions = schedule(HEAD, items, reason, inputs.norm(HEAD.key), recoverable=False)
    return HeadLoss(
        flows_of(items), tuple(replace(one, amount=worth) for one in positions), done.missing, done.findings
    )


HEAD = Head(ROW, assess)
