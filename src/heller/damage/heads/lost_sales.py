"""Lost sales: takings that would have come, less saved variable cost, less what came back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from heller.damage.draws import combine
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.margin import Margin
from heller.damage.orders import CancelledOrder, cancellations, loss_span, read
from heller.damage.priced import terms
from heller.damage.sales import Modelled, Sales, model
from heller.damage.units import units
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing, NormRef, Token
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.kinds.order import Order
from heller.model.kinds.unit import channel_name
from heller.model.money import ZERO, Money, total
from heller.model.text import text

ROW = HeadOfLoss(
    "lost_sales",
    text("Lost {takings}"),
    rank=120,
    insured=InsuredAs.MARGIN,
)

RISK = "sales"  # all channels move together: the cautious reading
MARGIN_RISK = "margin"  # and so does their one margin


def assess(inputs: Inputs) -> HeadLoss:
    """Baseline x margin, by channel, net of saved expenses."""
    of_units = units(inputs)
    orders = read((*inputs.case.records(Order), *of_units.takings))
    if not orders.all:
        if not of_units.none:
            return HeadLoss()
        gap = text(
            "Export of all {units}, a year before the outage to a month after: it shows the lost {takings}."
        )
        return HeadLoss(missing=(Missing(HEAD.key, gap),))
    named, _ = cancellations(inputs, orders)
    sales = model(inputs, orders, named)
    said = inputs.margin
    own = () if of_units.known else of_units.findings  # else the head of lost units says them
    findings = (*orders.findings, *own, *sales.findings, *loss_span(inputs)[1], *said.findings)
    estimates = tuple(one.estimate for one in sales.channels)
    margins = {one.channel: _margin(inputs, one.channel) for one in sales.channels}
    bare = Sales(tuple(one for one in sales.channels if margins[one.channel].share is None))
    sales = Sales(tuple(one for one in sales.channels if one not in bare.channels))
    if bare.channels and not sales.channels:
        return HeadLoss(missing=_no_margin(bare), findings=findings, sales=estimates)
    items = [_item(inputs, one, margins[one.channel]) for one in sales.channels]
    reason = text(
        "What {the_place} would have taken in less what it took in, less variable cost that was "
        "saved, less what came back later."
    )
    positions = schedule(
        HEAD, items, reason, inputs.norm(HEAD.key), closing=(*said.working, *_uncertain(said))
    )
    shares = {name: one.share for name, one in margins.items() if one.share is not None}
    gaps = (*_unseen(sales, shares), *_no_margin(bare), *_unproven(said, items))
    return HeadLoss(flows_of(items), positions, gaps, findings, estimates)


def _margin(inputs: Inputs, channel: str) -> Margin:
    """The margin of a channel as it is stated for it, else that of the firm."""
    own = terms(inputs.case, channel)
    if own.margin is None:
        return inputs.margin
    return Margin(own.margin, sources=(own.source,) if own.source else (), stated=True)


def _uncertain(said: Margin) -> tuple[WorkingLine, ...]:
    """The range of the margin, where the bookings give one."""
    if said.low is None or said.high is None:
        return ()
    line = text(
        "The margin lay between {low:percent} and {high:percent}; its range is weighed together with that "
        "of the {takings}.",
        low=said.low,
        high=said.high,
    )
    return (WorkingLine(line, None, said.sources),)


def _unproven(said: Margin, items: list[Item]) -> tuple[Missing, ...]:
    """A margin that only the firm's word carries: what would prove it."""
    amount = combine(flows_of(items))
    if not said.stated or amount == Range():
        return ()
    gap = text(
        "Bookings of the twelve months before the outage (DATEV export) or the annual accounts: they prove "
        "the contribution margin."
    )
    return (Missing(HEAD.key, gap, secures=amount),)


def _no_margin(sales: Sales) -> tuple[Missing, ...]:
    if not sales.channels:
        return ()
    lost = total(one.estimate.lost.likely for one in sales.channels if one.estimate.detectable)
    gap = text(
        "Contribution margin {of_the_place}, from the business figures: takings of {lost} wait for it.",
        lost=lost,
    )
    return (Missing(HEAD.key, gap, Range(ZERO, ZERO, lost) if lost > ZERO else None),)


def _unseen(sales: Sales, shares: Mapping[str, Decimal]) -> tuple[Missing, ...]:
    """A loss that may be there but that the figures do not show."""
    return tuple(
        Missing(
            HEAD.key,
            text(
                "{channel}: more history, or letters of the {customers}, that show the loss.",
                channel=channel_name(one.channel),
            ),
            Range(
                ZERO,
                max(one.estimate.lost.likely, ZERO) * shares[one.channel],
                max(one.estimate.lost.high, ZERO) * shares[one.channel],
            ),
        )
        for one in sales.channels
        if not one.estimate.detectable and one.estimate.lost.high > ZERO
    )


def _item(inputs: Inputs, one: Modelled, said: Margin) -> Item:
    assert said.share is not None
    share = said.share
    if not one.estimate.detectable:
        return _nothing(one, inputs.ground("no_loss"))
    flows = (*_flows(one, share, said), *(_in_forecast(n, share) for n in one.named))
    return Item(flows, _working(one, share, said))


def _flow(one: Modelled, kind: str, without: Range, actual: Range, said: Margin, risk: str = "") -> Flow:
    labels = {
        "takings": text("Takings: {channel}", channel=channel_name(one.channel)),
        "catch-up": text("{channel}: what came back later", channel=channel_name(one.channel)),
        "variable cost": text("Variable cost of the takings: {channel}", channel=channel_name(one.channel)),
        "margin": text("Range of the contribution margin: {channel}", channel=channel_name(one.channel)),
    }
    return Flow(
        id=f"lost_sales:{one.channel}:{kind}",
        head="lost_sales",
        label=labels[kind],
        without=without,
        actual=actual,
        grade=ProofGrade.COMPUTED,
        tokens=frozenset(Token("channel_day", f"{one.channel}:{day}:{kind}") for day in one.days),
        sources=(*one.sources, *said.sources),
        risk=risk,
    )


def _flows(one: Modelled, share: Decimal, said: Margin) -> tuple[Flow, ...]:
    """Takings, orders that came back, variable cost. The whole uncertainty of the net loss sits in the
    world without the outage; the variable cost moves against it, so the margin keeps exactly its share."""
    came, back = one.takings, one.estimate.catch_up.likely
    base, lost = came + back, one.estimate.lost
    would = Range(base + lost.low, base + lost.likely, base + lost.high)
    spent = _cost(base, share)
    # The cost is what the margin leaves over, figure by figure, so that no cent is lost in between.
    cost = Range(*(-_cost(part, share) - spent for part in (lost.high, lost.likely, lost.low)))
    takings = _flow(one, "takings", would, Range.exact(came), said, RISK)
    variable = _flow(one, "variable cost", cost, Range.exact(-spent), said, f"-{RISK}")
    more = _margin_range(one, share, said)
    if not back:
        return takings, variable, *more
    return takings, _flow(one, "catch-up", Range(), Range.exact(back), said), variable, *more


def _margin_range(one: Modelled, share: Decimal, said: Margin) -> tuple[Flow, ...]:
    """What the loss is off by if the margin is: nothing in the likely case, a range around it."""
    if said.low is None or said.high is None or said.low == said.high:
        return ()
    lost = max(one.estimate.lost.likely, ZERO)
    off = Range(lost * (said.low - share), ZERO, lost * (said.high - share))
    return (_flow(one, "margin", off, Range(), said, MARGIN_RISK),)


def _cost(takings: Money, share: Decimal) -> Money:
    """Variable cost of takings: what the margin leaves over."""
    return takings - takings * share


def _in_forecast(one: CancelledOrder, share: Decimal) -> Flow:
    """A cancelled order of the dead days: the forecast holds it, and so does the head of cancelled orders."""
    return Flow(
        id=f"lost_sales:order {one.token.id}",
        head="lost_sales",
        label=text("{unit:cap} {number} of {day:day}", number=one.order.number, day=one.order.at),
        without=Range.exact(one.order.net * share),
        actual=Range(),
        grade=ProofGrade.COMPUTED,
        tokens=frozenset({one.token}),
        sources=one.sources,
    )


def _working(one: Modelled, share: Decimal, said: Margin) -> tuple[WorkingLine, ...]:
    estimate = one.estimate
    named = total(n.order.net for n in one.named)
    orders, lost = total(n.order.net * share for n in one.named), estimate.lost
    net = Range(*(part + named for part in (lost.low, lost.likely, lost.high)))
    lines = [
        WorkingLine(
            text(
                "{channel}: expected from {first} to {last}",
                channel=channel_name(one.channel),
                first=one.days[0],
                last=one.days[-1],
            ),
            one.expected,
            one.sources,
        ),
        WorkingLine(text("less what came in"), Range.exact(-one.takings), one.sources),
        WorkingLine(text("less what came back later"), -estimate.catch_up),
        WorkingLine(text("lost takings, their range weighed together"), net),
        WorkingLine(
            text("x contribution margin {share:percent} (variable cost was saved)", share=share),
            Range(*(part * share + orders for part in (lost.low, lost.likely, lost.high))),
            said.sources,
        ),
    ]
    return (*lines, *(WorkingLine(words) for words in estimate.words))


def _nothing(one: Modelled, rule: NormRef) -> Item:
    """No loss can be shown: the same takings in both worlds."""
    came = Range.exact(one.takings)
    flow = _flow(one, "takings", came, came, Margin())
    lines = tuple(WorkingLine(words) for words in one.estimate.words)
    said = (WorkingLine(text("The rule for it: {cite}", cite=rule.cite)),) if rule.id else ()
    return Item((flow,), (*lines, *said))


HEAD = Head(ROW, assess)
