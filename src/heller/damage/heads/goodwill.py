"""Goodwill: not as such. What was stated is shown; what was paid to win customers back counts."""

from __future__ import annotations

from msgspec.structs import replace

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.facts import goodwill
from heller.model.head import HeadOfLoss
from heller.model.kinds.fact import Fact
from heller.model.money import ZERO, Money
from heller.model.text import text

ROW = HeadOfLoss(
    "goodwill",
    text("Goodwill"),
    rank=70,
    receipts=True,
    words=("Kundengewinnung", "Werbung"),
)


def assess(inputs: Inputs) -> HeadLoss:
    """Receipts of winning customers back are added; a stated loss of goodwill is recorded with 0.00."""
    reason = text("Paid to win back {customers} whom the outage had driven away; without it nothing was due.")
    concrete = by_receipt(HEAD, inputs, reason, ground="damage")
    said, amount = inputs.case.facts.statement(goodwill.STATED), inputs.case.facts[goodwill.STATED]
    if said is None or not amount:
        return concrete
    shown = _shown(inputs, said, amount)
    return HeadLoss(
        (*concrete.flows, *shown.flows),
        (*concrete.positions, *shown.positions),
        (*concrete.missing, *shown.missing),
        concrete.findings,
    )


def _shown(inputs: Inputs, fact: Fact, amount: Money) -> HeadLoss:
    """The stated amount: the same nothing in both worlds, a position that is shown and never added."""
    sources = (fact.source,) if fact.source else ()
    flow = Flow(
        id="goodwill:stated",
        head=HEAD.key,
        label=text("Loss of goodwill, as estimated by the firm"),
        without=Range(),
        actual=Range(),
        grade=ProofGrade.STATED,
        sources=sources,
    )
    line = WorkingLine(
        text("as estimated by the firm: {basis}", basis=fact.basis or "-"), Range.exact(amount), sources
    )
    item = Item((flow,), (line,))
    reason = text(
        "The loss of a good name is not made good in money as such; it is recorded. Lost takings "
        "and the cost of winning {customers} back count under their own heads."
    )
    (position,) = schedule(HEAD, [item], reason, inputs.norm(HEAD.key), recoverable=False)
    gap = Missing(
        HEAD.key,
        text(
            "What makes the loss of goodwill concrete: {customers} who left, with their takings "
            "before and after, or invoices for winning them back."
        ),
        Range(ZERO, ZERO, amount),
    )
    return HeadLoss(flows_of([item]), (replace(position, amount=Range.exact(amount)),), (gap,))


HEAD = Head(ROW, assess)
