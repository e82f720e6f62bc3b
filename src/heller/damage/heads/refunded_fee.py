"""The fee for dead days that the provider has refunded already: saved, so it comes off the damage."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.heads.line_fee import refunded
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow
from heller.model.facts import line
from heller.model.head import HeadOfLoss
from heller.model.text import text

ROW = HeadOfLoss("refunded_fee", text("Fee for the days of the outage, refunded"), rank=152, saves=True)


def assess(inputs: Inputs) -> HeadLoss:
    """What came back: without the outage the fee would have been paid, as it happened it was not."""
    back, said = refunded(inputs), inputs.case.facts.statement(line.FEE_REFUNDED)
    if not back:
        return HeadLoss()
    sources = (said.source,) if said and said.source else ()
    flow = Flow(
        id=HEAD.key,
        head=HEAD.key,
        label=HEAD.title,
        without=Range.exact(-back),
        actual=Range(),
        grade=ProofGrade.STATED,
        sources=sources,
    )
    items = (Item((flow,), (WorkingLine(HEAD.title, Range.exact(-back), sources),)),)
    reason = text("The provider has refunded it: without the outage it would have been paid.")
    return HeadLoss(flows_of(items), schedule(HEAD, items, reason, inputs.norm(HEAD.key)))


HEAD = Head(ROW, assess)
