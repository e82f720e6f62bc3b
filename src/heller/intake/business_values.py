"""What lists of orders and of units of business say as a whole: how many, what became of them, their sums."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.kinds.order import Order
from heller.model.kinds.unit import Fate, Unit
from heller.model.money import Money
from heller.model.record import Account, Record
from heller.model.span import utc
from heller.model.value import Support, Value

COMPUTED, STATED = Support.COMPUTED, Support.STATED


def orders_of(records: list[Record | Account]) -> dict[str, Value]:
    """Orders with the cancelled ones among them; `net` is the sum of all that stand in the list."""
    orders = [r for r in records if isinstance(r, Order)]
    at, units = orders[0].source, {order.net.currency for order in orders}
    net = str(Money(sum(order.net.cents for order in orders)).decimal) if len(units) == 1 else None
    return {
        "orders": Value(len(orders), COMPUTED, at),
        "lines": Value(len(orders), COMPUTED, at),
        "cancelled": Value(sum(order.cancelled for order in orders), COMPUTED, at),
        "net": Value(net, COMPUTED, at),
        "currency": Value(units.pop() if len(units) == 1 else None, STATED, at),
    }


def units_of(records: list[Record | Account]) -> dict[str, Value]:
    """Units of business; `net` and `gross` are the sums of the amounts that the list states that way."""
    units = [r for r in records if isinstance(r, Unit)]
    at, last = units[0].source or Locator(""), max(units, key=lambda unit: unit.at)
    sums = {
        "gross" if gross else "net": sum(
            unit.value.cents for unit in units if unit.value and unit.gross is gross
        )
        for gross in (True, False)
    }
    fates = (Fate.LOST, Fate.CANCELLED, Fate.CAUGHT_UP, Fate.REFUNDED)
    said: dict[str, str | int | None] = {
        "units": len(units),
        **{fate.value: sum(unit.fate is fate for unit in units) for fate in fates},
        **{key: str(Money(cents).decimal) if cents else None for key, cents in sums.items()},
        "from": instant(min(unit.at for unit in units)),
        "to": instant(last.at),
    }
    return {key: Value(value, counted(value), at) for key, value in said.items()}


def instant(moment: datetime) -> str:
    """A moment as values write it."""
    return utc(moment).isoformat().replace("+00:00", "Z")


def counted(value: object) -> Support:
    """What is counted is computed, what is not is stated."""
    return COMPUTED if isinstance(value, int) else STATED
