"""Lost sales and cancelled orders from orders to positions: regular weeks whose truth is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import case, codes, detection, euros, mail, order, position, shop

from heller.damage import assess
from heller.damage.ledger import columns
from heller.damage.orders import key
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Assessment, SalesEstimate
from heller.model.kinds.order import Order
from heller.model.money import Money, total
from heller.model.record import Record

# Monday to Sunday; closed on Saturday. Four to eighteen February 2015 hold 15 days, Wednesday to Wednesday:
# 5 weekdays + Sunday are 7,500 a week, so two weeks are 15,000 and one more Wednesday 1,500.
WEEK = ("1200.00", "1200.00", "1500.00", "1500.00", "1200.00", "0.00", "900.00")
FIRST = date(2014, 9, 1)
DEAD = tuple(date(2015, 2, 4) + timedelta(i) for i in range(15))
FACTS = {"shop__margin": "0.38", "firm__state": "NW", "firm__deducts_input_vat": "yes"}


def sold(days: int = 200, dead: tuple[date, ...] = DEAD, channel: str = "shop") -> tuple[Order, ...]:
    """Half a year of equal weeks, nothing on the dead days."""
    return shop(FIRST, days, WEEK, dead, channel)


def found(*records: Record, **facts: str) -> Assessment:
    """The assessment with the usual facts."""
    return assess(case(*records, **{**FACTS, **facts}), detection())


def only(assessment: Assessment) -> SalesEstimate:
    """The one channel."""
    (estimate,) = assessment.sales
    return estimate


def test_equal_weeks_give_the_loss_exactly() -> None:
    """16,500 of takings less nothing, nothing came back: 16,500 lost, 38 % of it damage."""
    got = found(*sold(), shop__customers_return="no")
    estimate, damage = only(got), position(got, "lost_sales")
    assert estimate.detectable
    assert abs(estimate.gross.likely.cents - 1_650_000) < 16_500  # within 1 %
    assert damage.grade is ProofGrade.COMPUTED
    assert abs(damage.amount.likely.cents - 627_000) < 6_270
    assert damage.amount.low < damage.amount.likely < damage.amount.high


def test_the_margin_takes_the_same_share_of_each_figure() -> None:
    """Variable cost moves against the takings: low, likely and high are 38 % of the lost takings."""
    got = found(*sold())
    lost, damage = only(got).lost, position(got, "lost_sales").amount
    for part, whole in ((damage.low, lost.low), (damage.likely, lost.likely), (damage.high, lost.high)):
        assert abs(part.cents - float(whole.cents) * 0.38) <= 2
    assert got.total == damage


def test_the_ledger_shows_both_worlds() -> None:
    """Left what would have come less its cost, right what came less its cost."""
    got = found(*sold())
    sums = columns(got.flows)
    assert sums.damage.likely == got.total.likely == sums.without.likely - sums.actual.likely
    assert all(flow.sources for flow in got.flows)


def test_what_was_sold_in_partial_operation_counts() -> None:
    """Three orders by telephone of 300.00 in all lower the loss by just these 300.00."""
    phone = tuple(order(f"T{n}", datetime(2015, 2, 9, 10 + n, tzinfo=UTC), "100.00") for n in range(3))
    nothing = only(found(*sold(), shop__customers_return="no"))
    some = only(found(*sold(), *phone, shop__customers_return="no"))
    assert abs((nothing.gross.likely - some.gross.likely).cents - 30_000) < 300


def test_case_07_equal_figures_are_no_damage() -> None:
    """OLG Köln 1 U 100/12: the firm sold as ever, so the verdict is 'not detectable' and 0.00 is claimed."""
    got = found(*sold(dead=()))
    assert not only(got).detectable
    assert got.total == Range()
    assert position(got, "lost_sales").amount == Range()
    assert any("Not detectable" in words.id for words in only(got).words)


def test_the_loss_ends_when_the_emergency_line_carries_the_shop() -> None:
    """HEAD-01b: works since Mon 9 Feb, so days from the 10th on are not attributed."""
    moment = "2015-02-09T08:00:00+01:00"
    cut = found(*sold(), emergency__works_since=moment, emergency__carries_shop="yes")
    assert only(cut).like_days[-1].day == date(2015, 2, 9)
    silent = found(*sold(), emergency__works_since=moment)
    assert only(silent).like_days[-1].day == date(2015, 2, 18)
    assert "damage.emergency" in codes(silent)


def test_named_cancelled_orders_come_out_of_the_forecast() -> None:
    """An order of 1,000.00 taken by telephone on a dead day and cancelled by mail: named, and not twice."""
    at = datetime(2015, 2, 10, 10, tzinfo=UTC)
    gone = order("B-100234", at, "1000.00", cancelled=True)
    told = found(*sold(), gone, mail(at + timedelta(days=2), "100234"), shop__customers_return="no")
    assert position(told, "cancelled_orders").amount == Range.exact(euros("380.00"))
    (conflict,) = told.conflicts
    assert (conflict.kept, conflict.dropped) == ("cancelled_orders", "lost_sales")
    silent = found(*sold(), gone, shop__customers_return="no")
    assert abs(told.total.likely.cents - silent.total.likely.cents) <= 200
    assert not silent.conflicts


def test_orders_cancelled_before_the_outage_need_a_letter() -> None:
    """Placed on 2 Feb, cancelled: with the customer's mail it is damage, without it is asked for."""
    gone = order("B-100200", datetime(2015, 2, 2, 10, tzinfo=UTC), "500.00", cancelled=True)
    silent = found(*sold(), gone)
    (gap,) = (m for m in silent.missing if m.head == "cancelled_orders")
    assert gap.worth == Range(Money(0), euros("190.00"), euros("190.00"))
    told = found(*sold(), gone, mail(datetime(2015, 2, 6, 9, tzinfo=UTC), "B-100200"))
    assert position(told, "cancelled_orders").amount == Range.exact(euros("190.00"))
    assert (told.total - silent.total).likely == euros("190.00")


def test_a_mail_before_the_outage_names_nothing() -> None:
    """A customer who cancelled on 3 Feb did not do so because of an outage on the 4th."""
    gone = order("B-100200", datetime(2015, 2, 2, 10, tzinfo=UTC), "500.00", cancelled=True)
    got = found(*sold(), gone, mail(datetime(2015, 2, 3, 9, tzinfo=UTC), "B-100200"))
    assert not [p for p in got.positions if p.head == "cancelled_orders"]


def test_without_a_margin_nothing_is_counted_and_it_is_asked_for() -> None:
    """The lost takings are named as what waits; no share is guessed."""
    got = assess(case(*sold(), firm__state="NW"), detection())
    assert got.total == Range()
    (gap,) = (m for m in got.missing if m.head == "lost_sales")
    assert gap.worth is not None
    assert gap.worth.high == only(got).lost.likely


@pytest.mark.parametrize("value", ["1.38", "-0.2", "0", "NaN", "much"])
def test_an_impossible_margin_is_refused(value: str) -> None:
    """138 % of the takings cannot be left of them."""
    got = found(*sold(), shop__margin=value)
    assert got.total == Range()
    odd = case(shop__margin=value).facts.findings
    assert {"damage.margin"} <= codes(got) or [finding.code for finding in odd] == ["fact.odd"]


def test_orders_that_end_within_the_outage() -> None:
    """The export is from 10 Feb: only the days up to then count, and it is said."""
    until = tuple(o for o in sold(dead=(date(2015, 2, 4),)) if o.at.date() <= date(2015, 2, 10))
    got = found(*until)
    assert "damage.orders_end" in codes(got)
    assert only(got).like_days[-1].day == date(2015, 2, 10)


def test_orders_that_end_before_the_outage() -> None:
    """No order after 3 Feb in the list: that may be the outage or the export, so nothing is counted."""
    got = found(*(o for o in sold() if o.at.date() < date(2015, 2, 4)))
    assert got.total == Range()
    assert "damage.orders_end" in codes(got)


def test_too_short_a_history_is_said() -> None:
    """Two weeks of orders are no basis for an estimate (OLG Karlsruhe 10 U 149/04)."""
    got = found(*shop(date(2015, 1, 21), 60, WEEK, DEAD))
    assert got.total == Range()
    assert codes(got) & {"damage.few_orders", "damage.series"}


def test_odd_orders_are_named_and_left_out() -> None:
    """Dollars, negative amounts and doubles change nothing but the list of doubts."""
    orders = sold()
    dollars = replace(order("D1", datetime(2015, 1, 5, 9, tzinfo=UTC), "1.00"), net=Money(100, "USD"))
    negative = order("N1", datetime(2015, 1, 5, 9, tzinfo=UTC), "-50.00")
    got = found(*orders, dollars, negative, orders[0])
    assert got.total == found(*orders).total
    assert {"damage.orders_currency", "damage.orders_negative", "damage.orders_twice"} <= codes(got)


def test_channels_are_estimated_apart() -> None:
    """A telephone channel that went on selling loses nothing; the shop's loss stays what it is."""
    got = found(*sold(), *sold(dead=(), channel="telephone"))
    estimates = {s.channel: s for s in got.sales}
    assert estimates["shop"].detectable
    assert not estimates["telephone"].detectable
    # A channel of which nothing can be shown is no range around zero that could be counted.
    assert got.total == found(*sold()).total


def test_the_like_day_table_is_what_an_adjuster_draws_up() -> None:
    """Eight Wednesdays of 1,500.00, newest first, mean 1,500.00, came nothing."""
    first = only(found(*sold())).like_days[0]
    assert (first.day, first.comparable, first.mean, first.observed) == (DEAD[0], (150_000,) * 8, 150_000, 0)
    saturday = only(found(*sold())).like_days[3]
    assert (saturday.mean, saturday.expected) == (0, 0)


def test_the_picture_covers_before_outage_and_after() -> None:
    """Four weeks before, the dead days, two weeks after; what came is what the orders say."""
    path = only(found(*sold())).path
    assert path[0].day == date(2015, 1, 7)
    assert path[-1].day == date(2015, 3, 4)
    assert all(point.low <= point.expected <= point.high for point in path)
    orders = total(o.net for o in sold() if path[0].day <= o.at.date() <= path[-1].day)
    assert sum(point.observed for point in path) == orders.cents


def test_order_numbers_are_compared_by_their_digits() -> None:
    """'B-100234', '100234' and 'b 100234' are one order; short words are compared as they are."""
    assert key("B-100234") == key("100234") == key("b 100234")
    assert key("A-12") != key("B-12")


def test_nothing_hangs_on_the_order_of_the_records() -> None:
    """Exports in another order give the same cents."""
    assert found(*reversed(sold())).total == found(*sold()).total


def test_the_share_is_decimal() -> None:
    """38 % is 0.38, and an order of 0.01 leaves 0.00: no float is in the way."""
    assert euros("0.01") * Decimal("0.38") == Money(0)
