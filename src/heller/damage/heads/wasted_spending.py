"""Spending that the outage made useless: instead of the profit that it was meant to bring, not surely beside it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from heller.damage.by_receipt import by_receipt
from heller.damage.draws import combine
from heller.damage.head import Head, HeadLoss, Inputs
from heller.model.amount import Range
from heller.model.damage import Flow, Position
from heller.model.finding import Finding, Weight
from heller.model.head import HeadOfLoss
from heller.model.kinds.order import Order
from heller.model.kinds.unit import Unit
from heller.model.money import ZERO
from heller.model.text import text

ROW = HeadOfLoss(
    "wasted_spending",
    text("Wasted spending"),
    rank=48,
    receipts=True,
    words=("Vergebliche Aufwendungen", "Vergebliche Ausgaben", "Wasted spending"),
)

INSTEAD = Finding(
    "damage.wasted_spending",
    text(
        "Wasted spending is owed instead of the profit that it was meant to bring. Lost takings are claimed too: the "
        "cautious figure leaves it out."
    ),
    text("Say of each whether it served what is claimed as lost; what did, take back."),
    Weight.WARNING,
)


def assess(inputs: Inputs) -> HeadLoss:
    """What was spent for nothing. Where lost takings are claimed too, it may serve the same: then it is counted at
    nothing in the cautious world."""
    reason = text("Spent in trust that the line works, and of no use without it.")
    found = by_receipt(HEAD, inputs, reason)
    takings = bool(inputs.case.records(Order)) or bool(inputs.case.records(Unit))
    if not found.flows or not takings:
        return found
    flows = tuple(_doubted(flow) for flow in found.flows)
    positions = tuple(_of(position, flows) for position in found.positions)
    return HeadLoss(flows, positions, found.missing, (*found.findings, INSTEAD))


def _doubted(flow: Flow) -> Flow:
    """At nothing in the cautious case."""
    spent = flow.actual.likely - flow.without.likely
    return replace(flow, without=Range(), actual=Range(spent, spent, ZERO), risk="wasted")


def _of(position: Position, flows: Iterable[Flow]) -> Position:
    return replace(position, amount=combine(f for f in flows if f.id in position.flows))


HEAD = Head(ROW, assess)
