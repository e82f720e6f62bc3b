"""The same lost profit by three methods side by side: two that agree, and the one that counts twice."""

from __future__ import annotations

from collections.abc import Iterable

from heller.damage.ledger import damage
from heller.model.amount import Range, WorkingLine
from heller.model.damage import Flow, Method
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text


def methods(lost: Money, saved: Money, wages: Money) -> tuple[Method, ...]:
    """Contribution margin; net profit plus wasted wages; and the refused sum of takings and wages.

    `lost` takings, `saved` variable cost, `wages` that were paid for nothing, all above zero. Wasted
    expenses may be asked for beside the profit that remains after deducting them. Where the wages are more
    than the margin no profit remains, and of the wages only what the takings would have paid. >>>
    [m.sum.cents for m in methods(Money(2000000), Money(1200000), Money(500000))] [800000, 800000, 2500000]
    """
    margin = lost - saved
    covered = min(wages, max(margin, ZERO))
    profit = margin - covered
    by_margin = (
        _line(text("lost takings, less what came back"), lost),
        _line(text("less variable cost that was saved"), -saved),
    )
    by_profit = (
        *by_margin,
        _line(text("less wages of the time, paid anyway"), -covered),
        _line(text("net profit that would have remained"), profit),
        _line(text("plus the wages that were paid for nothing"), covered),
    )
    twice = (
        _line(text("lost takings, less what came back"), lost),
        _line(text("plus the wages that were paid for nothing"), wages),
    )
    return (
        Method("margin", text("Contribution margin"), by_margin, margin),
        Method("profit", text("Net profit and wasted cost"), by_profit, profit + covered),
        Method("refused", text("Takings and wages"), twice, lost + wages, refused=True),
    )


def _line(said: Text, amount: Money) -> WorkingLine:
    return WorkingLine(said, Range.exact(amount))


def of(flows: Iterable[Flow]) -> tuple[Method, ...]:
    """The methods for a settled ledger; none where nothing was lost or nobody was idle."""
    flows = tuple(flows)
    sales = [flow for flow in flows if flow.head == "lost_sales"]  # cancelled orders hold their margin alone
    saved = -total(damage(flow).likely for flow in sales if flow.id.endswith(":variable cost"))
    lost = total(damage(flow).likely for flow in sales) + saved
    wages = -total(flow.without.likely for flow in flows if flow.head == "idle_hours")
    return methods(lost, saved, wages) if lost > ZERO and wages > ZERO else ()
