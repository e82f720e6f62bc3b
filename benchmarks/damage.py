"""How long the damage takes: draws over many flows, and a case of a whole year of orders.

`make bench-damage` prints the figures; the ratios compare within one run and hold on any machine. The
orders are `../shared/samples/orders` (UCI Online Retail, CC BY 4.0); without them an equal number is made.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from heller import damage
from heller.damage import draws
from heller.damage.draws import combine
from heller.damage.quantiles import DRAWS
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.damage import Flow
from heller.model.finding import Locator
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.order import Order
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.record import Record
from heller.model.span import Bounds
from heller.model.text import text

ORDERS = Path(__file__).parents[2] / "shared" / "samples" / "orders" / "online-retail-2010-12_2011-12.csv"
FLOWS, RECEIPTS, MADE = 500, 200, 25_900
START, END = datetime(2011, 10, 12, 7, tzinfo=UTC), datetime(2011, 10, 26, 9, tzinfo=UTC)
PLACE = Locator("0" * 64, "row 1")


def flows() -> list[Flow]:
    """Five hundred uncertain flows, each a risk of its own: the dearest case there is."""
    chance = Random(249)
    out = []
    for n in range(FLOWS):
        low = chance.randrange(1_000, 100_000)
        likely = low + chance.randrange(50_000)
        worth = Range(Money(low), Money(likely), Money(likely + chance.randrange(50_000)))
        out.append(Flow(f"f{n}", "extra_cost", text("a flow"), worth, Range(), ProofGrade.STATED))
    return out


def orders(path: Path) -> tuple[Order, ...]:
    """The orders of the sample, or as many made ones where it is not there."""
    if not path.exists():
        chance = Random(252)
        first = datetime(2010, 12, 1, 8, tzinfo=UTC)
        return tuple(
            Order(
                f"{n}", first + timedelta(minutes=20 * n), Money(chance.randrange(500, 90_000)), "shop", PLACE
            )
            for n in range(MADE)
        )
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_order(row) for row in csv.DictReader(file))


def _order(row: dict[str, str]) -> Order:
    """One order; pounds are taken as euros, a number that begins with C is a cancellation."""
    net = Money.of(row["total_gbp"])
    moment = datetime.fromisoformat(row["placed_at"]).replace(tzinfo=UTC)
    number = row["order"]
    return Order(number, moment, Money(abs(net.cents)), "shop", PLACE, cancelled=number.startswith("C"))


def case(found: tuple[Order, ...]) -> Case:
    """A year of orders, two hundred receipts with their purposes, a margin."""
    records: list[Record] = [*found]
    for n in range(RECEIPTS):
        net, vat = Money(10_000 + n), Money(1_900)
        records.append(
            Invoice(
                f"R{n}",
                date(2011, 10, 14),
                f"Seller {n % 9}",
                net,
                vat,
                net + vat,
                PLACE,
                proven_by=("bank",),
            )
        )
        records.append(
            Purpose(f"R{n}", ("emergency_line", "hardware", "extra_cost")[n % 3], Decimal(1), "outage")
        )
    facts = {
        "shop.margin": "0.38",
        "firm.state": "NW",
        "firm.deducts_input_vat": "yes",
        "line.monthly_fee": "500.00",
    }
    return Case("bench", START, noted=(*records, *(Fact(key, value) for key, value in facts.items())))


def detection() -> Detection:
    """A fortnight without the line."""
    bounds = (Bounds(START, START), Bounds(END, END))
    return Detection((Outage(*bounds, Cause.LINE, Strength.PROVEN, text("The line failed.")),))


def best(run: Callable[[], object], times: int = 5) -> float:
    """The shortest of some runs in seconds of this process's own CPU."""
    seen = []
    for _ in range(times):
        began = time.process_time()
        run()
        seen.append(time.process_time() - began)
    return min(seen)


def main() -> int:
    """Print the figures; 1 where a goal is missed."""
    many = flows()
    combine(many)  # the table of the normal distribution is made once in a process
    drawn = best(lambda: combine(many))
    plain = best(lambda: draws.plain(draws.damage(flow) for flow in many))
    taken = orders(Path(sys.argv[1]) if len(sys.argv) > 1 else ORDERS)
    found = tuple(order for order in taken if not START <= order.at < END)  # the outage is cut in
    full, dead = case(found), detection()
    half = case(found[::2])
    whole = best(lambda: damage.assess(full, dead), 3)
    halved = best(lambda: damage.assess(half, dead), 3)
    total = damage.assess(full, dead).total
    print(
        f"draws: {DRAWS} over {FLOWS} flows   {drawn * 1000:8.1f} ms CPU   x{drawn / plain:.1f} of the plain sum"
    )
    print(
        f"case:  {len(taken)} orders less {len(taken) - len(found)} lost, {RECEIPTS} receipts {whole:8.3f} s CPU"
        f"    x{whole / halved:.2f} of every second order"
    )
    print(f"       likely {total.likely.decimal}, cautious {total.low.decimal}, high {total.high.decimal}")
    met = drawn < 0.030 and whole < 0.1
    print(
        "goals met: draws under 30 ms, case under 0.1 s"
        if met
        else "GOAL MISSED: draws under 30 ms, case under 0.1 s"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
