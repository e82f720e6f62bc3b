"""The cost of reducing a loss counts up to the loss that it avoided, unless a reason is stated."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.damage.damage_world import (
    START,
    WEEK,
    case,
    codes,
    detection,
    euros,
    exact,
    invoice,
    order,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.damage.event import event_of
from heller.damage.head import Inputs
from heller.damage.heads import emergency_line
from heller.damage.heads import overtime as overtime_head
from heller.damage.ledger import columns, damage
from heller.damage.margin import Margin
from heller.damage.reasonableness import judge
from heller.model.amount import Range
from heller.model.damage import Assessment, LikeDay, SalesEstimate
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.money import ZERO, Money

CASES = tomllib.loads((Path(__file__).parent / "reasonableness.toml").read_text())["case"]
AFTER = datetime(2015, 2, 19, 16, tzinfo=UTC)
FLOWS, POSITIONS = attrgetter("flows"), attrgetter("positions")


def world(one: dict[str, Any]) -> tuple[Any, ...]:
    """The records of a case file."""
    records: list[Any] = [wage()]
    at = AFTER
    if one.get("idle_same_day"):
        at = START + timedelta(days=1, hours=9)
        records.append(shift(ShiftKind.IDLE, START + timedelta(days=1), one["idle_same_day"]))
    left = one.get("overtime", 0)
    while left > 0:
        records.append(shift(ShiftKind.OVERTIME, at, min(left, 5)))
        left, at = left - 5, at + timedelta(days=1)
    if "line" in one:
        records += [invoice("N1", one["line"]), purpose("N1", "emergency_line")]
    return tuple(records)


def sales(one: dict[str, Any]) -> SalesEstimate:
    """One channel as the case file states it, without a range."""
    gross, back = Money.of(one["gross"]), Money.of(one["back"])
    row = LikeDay(date(2015, 2, 4), (), 0, 0, Money.of(one["sold"]).cents)
    return SalesEstimate(
        "shop", Range.exact(gross - back), Range.exact(gross), Range.exact(back), True, (), (row,), None, ()
    )


@pytest.mark.parametrize("one", CASES, ids=[one["name"] for one in CASES])
def test_worked_by_hand(one: dict[str, Any]) -> None:
    """What counts, the excess as a step with both figures, and the question where no reason is stated."""
    facts = {"reasons__overtime": one["reason"]} if "reason" in one else {}
    if "carries_since" in one:
        facts |= {
            "emergency__works_since": one["carries_since"].isoformat(),
            "emergency__carries_shop": "yes",
        }
    known = case(*world(one), firm__deducts_input_vat="yes", **facts)
    event = event_of(detection())[0]
    assert event is not None
    inputs = Inputs(known, event, margin=Margin(Decimal("0.4")))
    heads = [head.assess(inputs) for head in (overtime_head.HEAD, emergency_line.HEAD)]
    flows, positions = ([x for one in heads for x in part(one)] for part in (FLOWS, POSITIONS))
    found = judge(inputs, flows, positions, [sales(one)])
    counted = sum((p.amount for p in found.positions), Range())
    assert counted == exact(one["counted"])
    assert columns(found.flows).damage == exact(one["counted"])
    asked = any(f.code == "damage.beyond_avoided" for f in found.findings)
    assert asked == (one["excess"] != "0.00" and "reason" not in one)
    lines = [line for p in found.positions for line in p.working]
    off = -sum(
        (
            line.amount.likely.cents
            for line in lines
            if line.amount and line.text.id.startswith("more than it")
        ),
        0,
    )
    assert off == (0 if "reason" in one else euros(one["excess"]).cents)
    assert any("which is not claimed" in line.text.id for line in lines)
    if "reason" in one:
        assert any(line.text.args.get("why") == one["reason"] for line in lines)


DEAD = [date(2015, 2, 4) + timedelta(n) for n in range(15)]
ORDERS = shop(date(2014, 8, 4), 230, WEEK, DEAD)
BACKLOG = tuple(
    order(f"B{n}{i}", datetime(2015, 2, 19 + n, 15, tzinfo=UTC), "400.00") for n in range(7) for i in range(3)
)


def claim(*more: Any, **facts: str) -> Assessment:
    """The small shop with its outage, some orders that came back, and what is added."""
    return assess(case(*ORDERS, *BACKLOG, wage("30.00"), *more, shop__margin="0.4", **facts), detection())


def overtime(hours: list[int]) -> list[Shift]:
    """An evening for each number of hours."""
    return [shift(ShiftKind.OVERTIME, AFTER + timedelta(days=n), h) for n, h in enumerate(hours) if h]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 8), max_size=12), st.integers(0, 20_000))
def test_a_cost_of_reducing_never_raises_the_claim_above_the_loss_without_it(
    hours: list[int], line: int
) -> None:
    """Overtime and a substitute, whatever they cost: the claim is at most the loss as it would have been without
    them, which is the gross margin, and what the substitute can have avoided."""
    bare = claim()
    share = Decimal("0.4")
    found = claim(*overtime(hours), invoice("N1", str(line)), purpose("N1", "emergency_line"))
    (sold,) = bare.sales
    whole = sold.gross.likely * share  # without overtime nothing would have come back
    avoided = sold.gross.likely * share  # and nothing was sold in spite of the outage
    assert found.total.likely <= whole + avoided
    worked = sum((p.amount.likely for p in found.positions if p.head in ("overtime", "lost_sales")), ZERO)
    assert worked <= whole + Money(1)
    assert all(p.amount.low >= ZERO for p in found.positions)
    assert sum(damage(f).likely.cents for f in found.flows) == found.total.likely.cents


def test_with_a_reason_the_whole_cost_counts() -> None:
    """The same overtime with the reason stated: nothing is cut, nothing is asked."""
    late = overtime([8] * 10)  # 80 h x 37.50
    cut, kept = claim(*late), claim(*late, reasons__overtime="Penalty avoided")
    assert "damage.beyond_avoided" in codes(cut) and "damage.beyond_avoided" not in codes(kept)
    amount = next(p.amount for p in kept.positions if p.head == "overtime")
    assert amount == exact("3000.00")
    assert cut.total.likely < kept.total.likely
