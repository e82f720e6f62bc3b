"""What the claim moves by when one typed or estimated input moves by its own doubt, in euros, the largest first.

One input at a time, all others as they are. A doubt that nothing tells is a tenth of what was typed, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from heller.damage.head import Inputs
from heller.damage.ledger import damage
from heller.damage.receipts import invoices_of
from heller.model.amount import ProofGrade
from heller.model.damage import Flow, SalesEstimate, Sensitivity
from heller.model.heads import HEADS
from heller.model.kinds.unit import channel_name
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text

TYPED = Fraction(1, 10)  # the doubt about a figure that somebody typed
LEFT = Decimal("0.1")  # about what is left of the worth of a thing: ten points
HOURS = ("emergency_line", "removal_hours", "overtime")
MARGIN = ("lost_sales", "cancelled_orders")


def sensitivity(
    inputs: Inputs, flows: Sequence[Flow], sales: Sequence[SalesEstimate]
) -> tuple[Sensitivity, ...]:
    """Each input that moves the claim at all."""
    found = (
        *_margin(inputs, flows),
        *_sales(inputs, flows, sales),
        *_receipts(inputs, flows),
        *_hours(flows),
    )
    moving = [one for one in found if one.low != ZERO or one.high != ZERO]
    return tuple(sorted(moving, key=lambda one: (one.low - one.high, one.name.id, str(one.name.args))))


def _sum(flows: Iterable[Flow]) -> Money:
    return total(damage(flow).likely for flow in flows)


def _margin(inputs: Inputs, flows: Sequence[Flow]) -> Iterator[Sensitivity]:
    """The contribution margin: between the ends that the bookings give, else a tenth of it."""
    said = inputs.margin
    earned = _sum(flow for flow in flows if flow.head in MARGIN)
    if not said.share or not earned:
        return
    known = said.low is not None and said.high is not None
    low, high = (
        (said.low, said.high)
        if known
        else (said.share * Decimal("0.9"), min(said.share * Decimal("1.1"), Decimal(1)))
    )
    assert low is not None and high is not None
    doubt = text("from {low:percent} to {high:percent}", low=low, high=high)
    ends = [earned * (Fraction(end) / Fraction(said.share) - 1) for end in (low, high)]
    yield Sensitivity(
        text("Contribution margin"), doubt if known else _typed(doubt), min(*ends, ZERO), max(*ends, ZERO)
    )


def _typed(doubt: Text) -> Text:
    return text("{doubt}: a tenth, as it is typed", doubt=doubt)


def _sales(inputs: Inputs, flows: Sequence[Flow], sales: Sequence[SalesEstimate]) -> Iterator[Sensitivity]:
    """What would have been sold and what came back, each from the low to the high end of its range."""
    if not inputs.margin.share or not any(flow.head == "lost_sales" for flow in flows):
        return
    part = Fraction(inputs.margin.share)
    for one in (one for one in sales if one.detectable):
        sold, back = one.gross, one.catch_up
        yield Sensitivity(
            text("Forecast: {channel}", channel=channel_name(one.channel)),
            text("loss of takings from {low} to {high}", low=sold.low, high=sold.high),
            (sold.low - sold.likely) * part,
            (sold.high - sold.likely) * part,
        )
        yield Sensitivity(
            text("{channel}: what came back later", channel=channel_name(one.channel)),
            text("from {low} to {high}", low=back.low, high=back.high),
            -((back.high - back.likely) * part),
            (back.likely - back.low) * part,
        )


def _receipts(inputs: Inputs, flows: Sequence[Flow]) -> Iterator[Sensitivity]:
    """What is left of the worth of things, and shares of receipts, as a person stated them."""
    counted = {flow.id: damage(flow).likely for flow in flows}
    heads = dict.fromkeys(
        flow.head for flow in flows if any(token.kind == "receipt" for token in flow.tokens)
    )
    for head in heads:
        for one in invoices_of(inputs, head)[0]:
            amount, said = counted.get(f"{head}:{one.token.id}", ZERO), one.purpose
            if amount and said.residual and said.residual < 1:
                least, most = max(said.residual - LEFT, Decimal(0)), min(said.residual + LEFT, Decimal(1))
                yield Sensitivity(
                    text("Invoice {number}: worth that is left", number=said.invoice),
                    text("from {low:percent} to {high:percent}", low=least, high=most),
                    *_ends(amount, 1 - most, 1 - least, 1 - said.residual),
                )
            if amount and said.share < 1:
                least, most = said.share * Decimal("0.9"), min(said.share * Decimal("1.1"), Decimal(1))
                yield Sensitivity(
                    text("Invoice {number}: share for the outage", number=said.invoice),
                    _typed(text("from {low:percent} to {high:percent}", low=least, high=most)),
                    *_ends(amount, least, most, said.share),
                )


def _ends(amount: Money, low: Decimal, high: Decimal, now: Decimal) -> tuple[Money, Money]:
    """What an amount moves by when the share in it goes down or up."""
    less, more = (amount * (Fraction(end) / Fraction(now) - 1) for end in (low, high))
    return less, more


def _hours(flows: Sequence[Flow]) -> Iterator[Sensitivity]:
    """Hours that nobody signed for: a tenth of them. Signed ones are a receipt."""
    for head in HOURS:
        amount = _sum(flow for flow in flows if flow.head == head and _unsigned(flow))
        if amount:
            yield Sensitivity(
                text("Hours: {head}", head=HEADS[head].title),
                _typed(text("not signed")),
                -(amount * TYPED),
                amount * TYPED,
            )


def _unsigned(flow: Flow) -> bool:
    return flow.grade is not ProofGrade.RECEIPT and any(token.kind == "hour" for token in flow.tokens)
