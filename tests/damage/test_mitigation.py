"""Mitigation in figures: a day without and with the emergency line, measures, what waiting cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import WEEK, case, codes, detection, euros, exact, invoice, purpose, shop

from heller.damage import assess
from heller.model.amount import Range
from heller.model.damage import Assessment, Mitigation
from heller.model.kinds.measure import Measure
from heller.model.kinds.order import Order
from heller.model.money import ZERO, Money

DEAD = [date(2015, 2, 4) + timedelta(n) for n in range(15)]
WORKS = datetime.fromisoformat("2015-02-09T08:00:00+01:00")
LTE = Measure(
    "LTE", euros("200.00"), euros("15.00"), Decimal("0.9"), date(2015, 2, 5), date(2015, 2, 9), "sold out"
)


def orders(dead: list[date]) -> tuple[Order, ...]:
    """A year and more of a steady shop."""
    return shop(date(2014, 2, 3), 420, WEEK, dead)


def without(measure: Measure | None = None) -> Mitigation:
    """Fifteen days dead, nothing done; perhaps a measure noted."""
    more = () if measure is None else (measure,)
    return assess(case(*orders(DEAD), *more, shop__margin="0.4"), detection()).mitigation


def bridged() -> Assessment:
    """An emergency line carried the shop from the 9th: sales came in again."""
    facts = {"emergency__works_since": WORKS.isoformat(), "emergency__carries_shop": "yes"}
    bought = (invoice("N1", "150.00"), purpose("N1", "emergency_line"))
    return assess(case(*orders(DEAD[:5]), *bought, shop__margin="0.4", **facts), detection())


def test_a_day_without_the_line() -> None:
    """The loss of the whole outage by its days; nothing cuts it off."""
    found = assess(case(*orders(DEAD), shop__margin="0.4"), detection())
    lost = found.total.likely
    assert lost > ZERO
    assert abs(found.mitigation.without.likely.cents * 15 - lost.cents) <= 8
    assert found.mitigation.cut_off is None
    assert any("No emergency connection" in said.id for said in found.mitigation.words)


def test_a_day_with_the_line() -> None:
    """Bridged from the 9th: what it cost a day against what a day without it lost; nothing is claimed later."""
    found = bridged().mitigation
    assert found.cut_off == date(2015, 2, 9)
    assert found.with_line.likely == euros("16.67")  # 150.00 over nine days
    assert found.without.likely > found.with_line.likely
    assert [said.id[:7] for said in found.words] == ["A day w", "{said} ", "On {n} "]


def test_no_loss_known() -> None:
    """Without orders there is no loss of a day, and it is said."""
    found = assess(case(), detection()).mitigation
    assert found.without == Range()
    assert "No loss of a day" in found.words[0].id


def test_a_measure_against_the_loss_that_it_avoids() -> None:
    """Avoids 90 % of a day's loss, costs 15.00 a day: what it saves, when it pays, what four days cost."""
    (one,) = without(LTE).options
    day = without().without
    assert one.avoids.likely == day.likely * Decimal("0.9")
    assert one.net.likely == one.avoids.likely - euros("15.00")
    assert one.pays_after == -(-20000 // one.net.likely.cents)
    assert one.waited == 4  # 5 to 8 February
    assert one.lost_by_waiting.likely == one.net.likely * 4
    assert (one.offered, one.taken, one.why) == (LTE.offered, LTE.taken, "sold out")


def test_a_measure_not_taken_or_without_a_day() -> None:
    """Never taken: every day from the offer to the end. No offer noted: nothing was waited."""
    (never,) = without(replace(LTE, taken=None)).options
    assert never.waited == 14
    (unknown,) = without(replace(LTE, offered=None)).options
    assert (unknown.waited, unknown.lost_by_waiting) == (0, Range())


def test_a_measure_that_never_pays() -> None:
    """It costs more than it avoids: no day on which it pays, and waiting cost nothing."""
    (dear,) = without(replace(LTE, per_day=euros("90000.00"))).options
    assert dear.pays_after is None
    assert dear.net.likely < ZERO
    assert dear.lost_by_waiting == exact("0.00")


@pytest.mark.parametrize(
    "odd",
    [
        replace(LTE, avoids=Decimal("1.1")),
        replace(LTE, avoids=Decimal("NaN")),
        replace(LTE, once=Money(-1)),
        replace(LTE, per_day=Money(100, "USD")),
    ],
)
def test_a_senseless_measure_costs_a_finding(odd: Measure) -> None:
    """It is not counted, and it is said."""
    found = assess(case(odd), detection())
    assert found.mitigation.options == ()
    assert "damage.measure" in codes(found)
