"""Cancelled orders, named order by order with the customer's mail: the margin of each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.orders import CancelledOrder, cancellations, days_lost, read, turnover
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.finding import Locator
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.kinds.order import Order
from heller.model.money import ZERO
from heller.model.text import text

ROW = HeadOfLoss(
    "cancelled_orders",
    text("{cancelled_units:cap}"),
    rank=110,
    insured=InsuredAs.MARGIN,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Net amount of the order x contribution margin; never twice with the lost sales."""
    named, silent = cancellations(inputs, read(inputs.case.records(Order)))
    said = inputs.margin
    if said.share is None:
        gap = Missing(
            HEAD.key,
            text(
                "Contribution margin {of_the_place}: without it {n} {cancelled_units} of {sum} are not "
                "worked out.",
                "Contribution margin {of_the_place}: without it what was called off, {sum}, is not "
                "worked out.",
                n=len(named),
                sum=turnover(n.order for n in named),
            ),
        )
        return HeadLoss(missing=(gap,) if named else ())
    items = [_item(one, said.share, said.sources) for one in named]
    reason = text(
        "It was called off in writing while the line was down; what would have been left of it is lost."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(HEAD, items, reason, inputs.norm(HEAD.key)),
        missing=_without_mail(inputs, silent, said.share),
    )


def _item(one: CancelledOrder, share: Decimal, basis: tuple[Locator, ...]) -> Item:
    left = Range.exact(one.order.net * share)
    flow = Flow(
        id=f"cancelled_orders:{one.token.id}",
        head="cancelled_orders",
        label=text("{unit:cap} {number} of {day:day}", number=one.order.number, day=one.order.at),
        without=left,
        actual=Range(),
        grade=ProofGrade.RECORD,
        tokens=frozenset({one.token}),
        sources=(*one.sources, *basis),
    )
    line = text(
        "{unit:cap} {number} of {day:day}, {net} net x {share:percent}; cancelled by mail of {mail:day}",
        number=one.order.number,
        day=one.order.at,
        net=one.order.net,
        share=share,
        mail=one.mail.at,
    )
    return Item((flow,), (WorkingLine(line, left, one.sources),))


def _without_mail(inputs: Inputs, silent: Sequence[Order], share: Decimal) -> tuple[Missing, ...]:
    """Cancelled orders that no mail names. Those of the dead days are in the lost sales already."""
    dead = set(days_lost(inputs))
    outside = [order for order in silent if order.at.astimezone(inputs.case.tz).date() not in dead]
    if not outside:
        return ()
    worth = turnover(outside) * share
    said = text(
        "Letters of the {customers} for {n} {units} called off shortly before the outage: only "
        "what the outage caused counts.",
        n=len(outside),
    )
    return (Missing(HEAD.key, said, Range(ZERO, worth, worth)),)


HEAD = Head(ROW, assess)
