"""What a list of orders says as a whole; cancelled ones are counted in the sums and apart."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.value import Support, Value


class OrderTotals(Struct, frozen=True):
    """One order as its row tells it; None is what the list does not say."""

    number: str
    gross: Money | None = None
    net: Money | None = None
    refunded: Money | None = None
    cancelled: bool = False
    currency: str = ""


def summary(told: Sequence[OrderTotals], lines: int, at: Locator) -> Summary:
    """Orders, rows, sums of what is stated; a sum is left out where one order lacks its amount."""
    units = {order.currency for order in told} - {""}
    one = units.pop() if len(units) == 1 else None
    values = {
        "orders": Value(len(told), Support.COMPUTED, at),
        "lines": Value(lines, Support.COMPUTED, at),
        "gross": Value(_sum([order.gross for order in told]), Support.COMPUTED, at),
        "net": Value(_sum([order.net for order in told]), Support.COMPUTED, at),
        "refunded": Value(_sum([order.refunded for order in told]), Support.COMPUTED, at),
        "cancelled": Value(sum(order.cancelled for order in told), Support.COMPUTED, at),
        "currency": Value(one, Support.STATED, at),
    }
    return Summary("orders", values, at)


def _sum(amounts: Sequence[Money | None]) -> str | None:
    """The sum of the stated amounts of one currency; an order without a price adds nothing to it."""
    known = [amount for amount in amounts if amount is not None]
    if not known or len({amount.currency for amount in known}) > 1:
        return None
    return str(Money(sum(amount.cents for amount in known)).decimal)
