"""Fees after the firm has left the provider: what was paid counts by its receipt; what is asked to the end of the term
is shown."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.law.book.fees import fee_for
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Flow, Missing
from heller.model.facts import line
from heller.model.head import HeadOfLoss
from heller.model.money import Money
from heller.model.text import text

ROW = HeadOfLoss(
    "remaining_term",
    text("Fees to the end of the term"),
    rank=82,
    receipts=True,
    words=("Restlaufzeit",),
)
PAID = text(
    "Paid for a line that is used no longer; who gives notice for cause owes no fee from then on, and what was paid "
    "all the same comes back."
)
ASKED = text(
    "What the provider asks for until the end of the term. Where a notice for cause holds, none of it is owed; what is "
    "not paid yet is no loss: shown, not added."
)


def assess(inputs: Inputs) -> HeadLoss:
    """Receipts of the time after leaving are added; the monthly fee x the days that are left is shown with them."""
    paid = by_receipt(HEAD, inputs, PAID)
    facts = inputs.case.facts
    fee, left, end = facts[line.MONTHLY_FEE], facts[line.LEFT], facts[line.TERM_END]
    if left is None:
        return paid
    if fee is None or end is None:
        gap = text(
            "Monthly fee and end of the term: they say what is still asked for a line that is used no longer."
        )
        return replace(paid, missing=(*paid.missing, Missing(HEAD.key, gap)))
    if end <= left:
        return paid
    shown = _asked(inputs, fee, left, end)
    return HeadLoss(
        (*paid.flows, *shown.flows), (*paid.positions, *shown.positions), paid.missing, paid.findings
    )


def _asked(inputs: Inputs, fee: Money, left: date, end: date) -> HeadLoss:
    """The fees from the day after leaving to the last day of the term: nothing in both worlds, shown."""
    days = [left + timedelta(n) for n in range(1, (end - left).days + 1)]
    amount, lines = fee_for(fee, days)
    said = inputs.case.facts.statement(line.TERM_END)
    sources = (said.source,) if said is not None and said.source else ()
    flow = Flow(
        id="remaining_term:asked",
        head=HEAD.key,
        label=text("Fees from {first} to {last}", first=days[0], last=end),
        without=Range(),
        actual=Range(),
        grade=ProofGrade.STATED,
        sources=sources,
    )
    item = Item((flow,), lines)
    (position,) = schedule(HEAD, [item], ASKED, inputs.norm(HEAD.key), recoverable=False)
    return HeadLoss(flows_of([item]), (replace(position, amount=Range.exact(amount)),))


HEAD = Head(ROW, assess)
