"""Nonsense in: each costs a finding that says what to do, and nothing is dropped without a word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import (
    WEEK,
    case,
    codes,
    detection,
    invoice,
    order,
    outage,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.model.amount import Range
from heller.model.kinds.shift import ShiftKind
from heller.model.money import Money
from heller.model.record import Record

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)
DEAD = [date(2015, 2, 4) + timedelta(n) for n in range(15)]
SHOP = shop(date(2014, 2, 3), 420, WEEK, DEAD)


@pytest.mark.parametrize(
    ("records", "facts", "code"),
    [
        ((shift(ShiftKind.OVERTIME, MORNING, 2, minutes=-60), wage()), {}, "damage.shift"),
        ((shift(ShiftKind.OVERTIME, MORNING, 2, minutes=600), wage()), {}, "damage.shift"),
        ((shift(ShiftKind.OVERTIME, MORNING, 30), wage()), {}, "damage.shift"),
        ((shift(ShiftKind.PLANNING, MORNING - timedelta(days=9), 2), wage()), {}, "damage.shift"),
        ((shift(ShiftKind.OVERTIME, MORNING, 2), wage("-5.00")), {}, "damage.wage"),
        ((shift(ShiftKind.OVERTIME, MORNING, 2), wage(surcharge="NaN")), {}, "damage.wage"),
        (
            (shift(ShiftKind.OVERTIME, MORNING, 2), replace(wage(), per_hour=Money(100, "CHF"))),
            {},
            "damage.wage",
        ),
        (SHOP, {"shop.margin": "0"}, "damage.margin"),
        (SHOP, {"shop.margin": "1.2"}, "fact.odd"),
        (SHOP, {"shop.margin": "-0.1"}, "fact.odd"),
        (SHOP, {"shop.margin": "NaN"}, "fact.odd"),
        (SHOP[:-120], {"shop.margin": "0.4"}, "damage.orders_end"),
        ((*SHOP, *SHOP[-9:]), {"shop.margin": "0.4"}, "damage.orders_twice"),
        ((*SHOP, order("X1", MORNING, "-5.00")), {"shop.margin": "0.4"}, "damage.orders_negative"),
        (
            (*SHOP, replace(order("X2", MORNING, "5.00"), net=Money(500, "GBP"))),
            {"shop.margin": "0.4"},
            "damage.orders_currency",
        ),
        ((invoice("R1", "5.00"), purpose("R1", "hardware", "NaN")), {}, "damage.share"),
        ((invoice("R1", "5.00"), purpose("R1", "hardware", "1.5")), {}, "damage.share"),
        ((invoice("R1", "-5.00"), purpose("R1", "hardware")), {}, "damage.negative"),
        (
            (replace(invoice("R1", "5.00"), net=Money(500, "USD")), purpose("R1", "hardware")),
            {},
            "damage.currency",
        ),
        ((invoice("R1", "5.00"), purpose("R1", "lost_sales")), {}, "damage.no_such_head"),
        ((), {"line.monthly_fee": "-5.00"}, "fact.odd"),
        ((), {"line.monthly_fee": "NaN"}, "fact.odd"),
    ],
)
def test_nonsense_costs_a_finding(records: tuple[Record, ...], facts: dict[str, str], code: str) -> None:
    """The finding says what happened and what to do; the assessment still stands."""
    made = case(*records, **facts)
    found = assess(made, detection())
    (first, *_) = [one for one in (*found.findings, *made.facts.findings) if one.code == code]
    assert first.text.id
    assert first.do is not None and first.do.id
    assert found.total.low <= found.total.likely <= found.total.high


def test_an_outage_after_the_data_end() -> None:
    """The orders stop a year before: nothing is claimed, and it is said which export is needed."""
    late = outage(datetime(2016, 6, 1, 8, tzinfo=UTC), datetime(2016, 6, 9, 8, tzinfo=UTC))
    found = assess(case(*SHOP, shop__margin="0.4"), detection(late))
    assert found.total == Range()
    assert "damage.orders_end" in codes(found)


def test_no_outage_no_damage_and_the_receipts_are_still_named() -> None:
    """Nothing is worked out, but what waits for a decision is said."""
    from heller.model.outage import Detection

    found = assess(case(invoice("R1", "5.00")), Detection())
    assert found.total == Range()
    assert {"damage.no_outage", "damage.unassigned"} <= codes(found)
