"""Goodwill: not as such. What was stated is shown; what was paid to win customers back counts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from heller.damage.by_receipt import by_receipt
from heller.damage.churn import WINDOW, Churn, churn, more_than_usual
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.facts import goodwill
from heller.model.finding import Finding, Weight
from heller.model.head import HeadOfLoss
from heller.model.kinds.fact import Fact
from heller.model.kinds.order import Order
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

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
    concrete = replace(concrete, findings=(*concrete.findings, *_stayed_away(inputs)))
    said, amount = inputs.case.facts.statement(goodwill.STATED), inputs.case.facts[goodwill.STATED]
    if said is None or not amount:
        return concrete
    shown = _shown_amount(inputs, said, amount)
    return HeadLoss(
        (*concrete.flows, *shown.flows),
        (*concrete.positions, *shown.positions),
        (*concrete.missing, *shown.missing),
        concrete.findings,
    )


def _stayed_away(inputs: Inputs) -> Iterator[Finding]:
    """How many customers did not come back, where more stayed away than usual."""
    found = churn(inputs.case.records(Order), inputs.event.span)
    if found is None or not more_than_usual(*found):
        return
    do = text(
        "It is evidence for the loss of a good name and adds nothing: ask those who left why, in writing."
    )
    yield Finding("damage.churn", _counted(*found), do, Weight.NOTE)


def _counted(now: Churn, usual: Churn) -> Text:
    return text(
        "Of {before} {customers} of the {days} days before the outage {lost} did not come in the {days} days after it; "
        "in days without one it was {usual} of {of}.",
        before=now.before,
        lost=now.lost,
        days=WINDOW.days,
        usual=usual.lost,
        of=usual.before,
    )


def _evidence(inputs: Inputs) -> Iterator[WorkingLine]:
    """Customers lost after against before, beside what is said of the good name: shown, not added."""
    found = churn(inputs.case.records(Order), inputs.event.span)
    if found is not None:
        yield WorkingLine(_counted(*found))
        if not more_than_usual(*found):
            yield WorkingLine(text("That is no more than usual: it does not bear out the estimate."))


def _shown_amount(inputs: Inputs, fact: Fact, amount: Money) -> HeadLoss:
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
    item = Item((flow,), (line, *_evidence(inputs)))
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
