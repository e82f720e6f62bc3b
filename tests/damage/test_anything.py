"""Whatever stands in a case, the assessment comes back, is in order and adds up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.damage.damage_world import END, START, case, codes, detection, invoice, outage, purpose

from heller.damage import assess
from heller.damage.head import Head, HeadLoss, Inputs
from heller.damage.ledger import columns
from heller.model.amount import Range
from heller.model.facts import FACTS
from heller.model.finding import Locator
from heller.model.head import HeadOfLoss
from heller.model.heads import HEADS
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.wage import Wage
from heller.model.money import Money
from heller.model.outage import Cause
from heller.model.record import Record
from heller.model.span import Span
from heller.model.text import text

NUMBERS = st.sampled_from(["R1", "r 1", "R2", "100234", "B-100234", ""])
PEOPLE = st.sampled_from(["M01", "M02", ""])
TIMES = st.datetimes(datetime(2014, 12, 1), datetime(2015, 4, 1), timezones=st.just(UTC))
MONEY = st.builds(Money, st.integers(-10_000_000, 10_000_000), st.sampled_from(["EUR", "EUR", "EUR", "USD"]))
SHARES = st.one_of(st.decimals(-2, 3), st.sampled_from([Decimal("NaN"), Decimal("Infinity"), Decimal("0.5")]))
PLACES = st.builds(Locator, st.sampled_from(["a", "b"]), st.sampled_from(["row 2", "row 3"]))
VALUES = st.sampled_from(
    [
        "yes",
        "no",
        "0.38",
        "1.5",
        "-3",
        "NaN",
        "",
        "500.00",
        "2015-02-05T16:00:00+01:00",
        "2015-02-05T16:00",
        "NW",
        "x",
    ]
)
RECORDS = st.one_of(
    st.builds(Invoice, NUMBERS, st.dates(date(2015, 1, 1), date(2015, 4, 1)), st.just("Seller"), MONEY, MONEY, MONEY,
              PLACES, credit=st.booleans(), proven_by=st.sampled_from([(), ("bank",), ("net+vat",)])),
    st.builds(Purpose, NUMBERS, st.sampled_from([*HEADS, "none", "lunch"]), SHARES, st.just(""), SHARES),
    st.builds(Shift, PEOPLE, st.builds(lambda at, h: Span.of(at, hours=h), TIMES, st.floats(0, 40)),
              st.integers(-100, 3000), st.sampled_from(list(ShiftKind)), PLACES),
    st.builds(Wage, PEOPLE, MONEY, SHARES, PLACES),
    st.builds(Order, NUMBERS, TIMES, MONEY, st.sampled_from(["shop", ""]), PLACES, st.booleans()),
    st.builds(Mail, TIMES, st.just(""), st.just(""), st.just(""), st.just(""), PLACES,
              st.lists(NUMBERS, max_size=2).map(tuple)),
    st.builds(Fact, st.sampled_from(sorted(FACTS)), VALUES),
)  # fmt: skip
OUTAGES = st.lists(
    st.builds(
        lambda at, hours, cause: outage(at, at + timedelta(hours=hours), cause),
        TIMES,
        st.floats(0, 400),
        st.sampled_from(list(Cause)),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RECORDS, max_size=25), OUTAGES)
def test_nothing_breaks_the_assessment(records: list[Record], outages: list[object]) -> None:
    """No head breaks; low, likely and high stay in order; parts and whole agree to the cent."""
    found = assess(case(*records), detection(*outages))  # type: ignore[arg-type]
    assert "damage.head_failed" not in codes(found)
    assert found.total.low <= found.total.likely <= found.total.high
    assert columns(found.flows).damage.likely == found.total.likely
    counted = [p.amount.likely for p in found.positions if p.recoverable]
    assert sum(counted, Money(0)) == found.total.likely
    assert sum((amount.likely for _, amount in found.by_grade), Money(0)) == found.total.likely


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=15), st.randoms())
def test_the_order_of_taking_in_changes_no_cent(records: list[Record], chance: object) -> None:
    """Records that correct nothing may come in any order."""
    free = [r for r in records if not isinstance(r, Fact | Purpose | Wage)]
    kept = [r for r in records if isinstance(r, Fact | Purpose | Wage)]
    one = assess(case(*kept, *free), detection())
    assert assess(case(*kept, *reversed(free)), detection()).total == one.total


def test_a_head_that_breaks_costs_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head written badly takes its own sum with it and nothing else."""

    def broken(inputs: Inputs) -> HeadLoss:
        raise ZeroDivisionError("a share of nothing")

    from heller.damage import all_heads, assessment

    bad = Head(HeadOfLoss("bad", text("Bad head"), 1), broken)
    monkeypatch.setattr(assessment, "heads", lambda: (*all_heads.heads(), bad))
    found = assess(case(invoice("R1", "100.00"), purpose("R1", "hardware")), detection())
    assert found.total == Range.exact(Money(10000))
    assert "damage.head_failed" in codes(found)


def test_a_long_and_busy_year() -> None:
    """A line that flapped for a year and a thousand shifts: it ends, and the ledger adds up."""
    spans = [outage(START + timedelta(hours=8 * i), START + timedelta(hours=8 * i + 4)) for i in range(1000)]
    shifts = [
        Shift(
            "M01",
            Span.of(START + timedelta(hours=i), hours=2),
            120,
            ShiftKind.REMOVAL,
            Locator("s", f"row {i}"),
        )
        for i in range(300)
    ]
    wage = Wage("M01", Money(2000), Decimal(0), Locator("w"))
    found = assess(case(*shifts, wage, line__monthly_fee="310.00"), detection(*spans))
    # 301 hours in a row: each shift shares an hour with the next, and each hour counts once.
    assert columns(f for f in found.flows if f.head == "removal_hours").damage == Range.exact(
        Money(301 * 2000)
    )
    assert spans[-1].end.earliest > END
