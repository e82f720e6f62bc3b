"""The adjuster's figures beside the forecast, the bridge between both, and what each input moves the claim by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.damage.damage_world import (
    WEEK,
    case,
    codes,
    detection,
    euros,
    exact,
    invoice,
    position,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.model.kinds.shift import ShiftKind
from heller.model.money import ZERO

DEAD = [date(2015, 2, 4) + timedelta(n) for n in range(15)]


def sales(first: date, days: int, **facts: str):  # type: ignore[no-untyped-def]
    """The one channel of a steady shop."""
    (found,) = assess(case(*shop(first, days, WEEK, DEAD), shop__margin="0.4", **facts), detection()).sales
    return found


def test_the_bridge_leads_from_the_like_days_to_the_forecast() -> None:
    """Steps in cents that add up; a steady shop needs none of weight. Two Wednesdays more than whole weeks: 15 days
    are 11 x 600 + 2 x 300 = 7,200."""
    hand = sales(date(2014, 8, 4), 230).by_hand
    assert hand.ways[0].amount == exact("7200.00") == hand.bridge[0].amount
    steps = [line.amount.likely for line in hand.bridge if line.amount]
    assert sum(step.cents for step in steps[:-1]) == steps[-1].cents
    assert abs(steps[-1].cents - 720000) < 20000
    assert hand.apart is None


def test_the_year_before_and_the_yardstick_where_there_are_any() -> None:
    """420 days of history hold the same weeks a year earlier; 182,500 a year are 500 a day, 15 days 7,500."""
    short, long = sales(date(2014, 8, 4), 230), sales(date(2013, 10, 7), 540, firm__turnover="182500.00")
    assert len(short.by_hand.ways) == 1 and len(long.by_hand.ways) == 3
    _, before, yardstick = (line.amount for line in long.by_hand.ways)
    assert before == exact("7200.00") and yardstick == exact("7500.00")


def test_methods_that_lie_apart_are_said_first() -> None:
    """Takings of a year that come to ten times as much a day: said before anything else, and asked."""
    given = case(*shop(date(2014, 8, 4), 230, WEEK, DEAD), shop__margin="0.4", firm__turnover="1825000.00")
    found = assess(given, detection())
    (one,) = found.sales
    assert one.by_hand.apart is not None and one.words[0] == one.by_hand.apart
    assert "damage.methods_apart" in codes(found)
    assert sales(date(2014, 8, 4), 230).by_hand.apart is None


def test_each_input_moves_the_claim_by_its_own_doubt() -> None:
    """A typed margin by a tenth, worth that is left by ten points, a share by a tenth, unsigned hours by a tenth."""
    given = case(
        *shop(date(2014, 8, 4), 230, WEEK, DEAD),
        invoice("H1", "1000.00"),
        purpose("H1", "hardware", residual="0.5"),
        invoice("M1", "100.00"),
        purpose("M1", "mobile_data", "0.5"),
        shift(ShiftKind.REMOVAL, datetime(2015, 2, 5, 8, tzinfo=UTC), 5),
        wage("20.00"),
        shop__margin="0.4",
        firm__deducts_input_vat="yes",
    )
    found = assess(given, detection())
    by = {(one.name.id, str(one.name.args.get("number", ""))): one for one in found.sensitivity}
    left = by["Invoice {number}: worth that is left", "H1"]  # 1,000 x (1 - 0.6) = 400 or 600 instead of 500
    assert (left.low, left.high) == (euros("-100.00"), euros("100.00"))
    share = by["Invoice {number}: share for the outage", "M1"]  # 45 or 55 instead of 50
    assert (share.low, share.high) == (euros("-5.00"), euros("5.00"))
    hours = by["Hours: {head}", ""]  # 100.00 of hours
    assert (hours.low, hours.high) == (euros("-10.00"), euros("10.00"))
    margin = by["Contribution margin", ""]
    earned = position(found, "lost_sales").amount.likely
    assert abs(margin.high.cents - earned.cents / 10) <= 1 and margin.low == -margin.high
    sizes = [one.high - one.low for one in found.sensitivity]
    assert sizes == sorted(sizes, reverse=True) and all(
        one.low <= ZERO <= one.high for one in found.sensitivity
    )


def test_signed_hours_and_whole_receipts_move_nothing() -> None:
    """What a third party's paper proves has no doubt of its own."""
    given = case(invoice("N1", "500.00"), purpose("N1", "emergency_line"), firm__deducts_input_vat="yes")
    assert assess(given, detection()).sensitivity == ()
