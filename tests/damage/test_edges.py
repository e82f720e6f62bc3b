"""The edges of the heads: whatever order, whatever is missing, whatever breaks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import (
    WEEK,
    case,
    codes,
    detection,
    exact,
    flow,
    invoice,
    mail,
    order,
    outage,
    position,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess, assessment
from heller.damage.all_heads import heads
from heller.damage.draws import combine
from heller.damage.head import Head, HeadLoss, Inputs
from heller.damage.quantiles import MANY
from heller.dossier.wording import Words
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.head import HeadOfLoss
from heller.model.kinds.mail import Mail
from heller.model.kinds.shift import ShiftKind
from heller.model.money import Money
from heller.model.text import text

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)
DEAD = [date(2015, 2, 4) + timedelta(n) for n in range(15)]


def rich() -> Case:
    """A case with something under most heads."""
    orders = shop(date(2014, 2, 3), 420, WEEK, DEAD)
    lost = order("77777", MORNING, "600.00", cancelled=True)
    return case(
        *orders,
        lost,
        mail(MORNING + timedelta(days=2), "77777"),
        invoice("R1", "300.00"),
        invoice("N1", "100.00"),
        purpose("R1", "hardware", "0.5", "0.2"),
        purpose("N1", "emergency_line"),
        *(shift(kind, MORNING, 3) for kind in ShiftKind),
        wage(),
        shop__margin="0.4",
        line__monthly_fee="500.00",
    )


def test_permuting_heads_and_records_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads asked in the opposite order, records handed in the opposite order: the same flows and sums."""
    given = rich()
    found = assess(given, detection())
    assert len({p.head for p in found.positions}) >= 8
    forward = heads()
    monkeypatch.setattr(assessment, "heads", lambda: tuple(reversed(forward)))
    other = assess(given, detection())
    assert (other.flows, other.total, other.by_grade, other.conflicts) == (
        found.flows,
        found.total,
        found.by_grade,
        found.conflicts,
    )
    turned = assess(replace(given, noted=tuple(reversed(given.noted))), detection())
    assert (turned.total, {f.id for f in turned.flows}) == (found.total, {f.id for f in found.flows})


def test_parts_of_a_case_add_up_to_the_cent() -> None:
    """Positions, grades and the difference of the columns give the same likely sum."""
    found = assess(rich(), detection())
    likely = found.total.likely.cents
    assert sum(p.amount.likely.cents for p in found.positions if p.recoverable) == likely
    assert sum(amount.likely.cents for _, amount in found.by_grade) == likely
    assert sum(f.without.likely.cents - f.actual.likely.cents for f in found.flows) == likely


def test_a_head_that_breaks_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """One refuses its input, one is broken: both are said, the others still count."""

    def refuses(inputs: Inputs) -> HeadLoss:
        raise InputRefused(text("Refused."), text("Why."), text("Do."))

    def breaks(inputs: Inputs) -> HeadLoss:
        raise ZeroDivisionError("oh")

    more = (
        Head(HeadOfLoss("a", text("A"), 1), refuses),
        Head(HeadOfLoss("b", text("B"), 2), breaks),
    )
    known = heads()
    monkeypatch.setattr(assessment, "heads", lambda: (*known, *more))
    found = assess(case(invoice("R1", "5.00"), purpose("R1", "hardware")), detection())
    assert found.total == exact("5.00")
    assert {"damage.head", "damage.head_failed"} <= codes(found)
    assert assessment.head_title("nothing").id == "nothing"


def test_a_hundred_risks_even_out_as_a_few_do() -> None:
    """Beyond 64 risks the draws are picked: sqrt(100) x 10 = 100 either way, the same each time."""
    flows = [flow(f"f{i}", Range(Money(9000), Money(10000), Money(11000)), Range()) for i in range(100)]
    assert len(flows) > MANY
    drawn = combine(flows)
    assert abs(drawn.low.cents - (1_000_000 - 10_000)) < 500
    assert abs(drawn.high.cents - (1_000_000 + 10_000)) < 500
    assert combine(reversed(flows)) == drawn


def test_the_fee_of_the_providers_invoice() -> None:
    """No fee stated: the invoice says it and proves it; with another fee stated, the two are compared."""
    billed = assess(case(invoice("T2", "500.00"), purpose("T2", "line_fee")), detection())
    assert position(billed, "line_fee").amount == exact("250.00")
    assert position(billed, "line_fee").grade is ProofGrade.RECEIPT
    other = case(invoice("T2", "480.00"), purpose("T2", "line_fee"), line__monthly_fee="500.00")
    assert "damage.fee_differs" in codes(assess(other, detection()))
    short = outage(end=datetime(2015, 2, 4, 20, tzinfo=UTC))
    assert assess(case(line__monthly_fee="500.00"), detection(short)).total == Range()


def test_work_long_after_and_people_without_a_wage() -> None:
    """Counted with a doubt; hours wait for a wage at what the known ones span, idle ones at nothing."""
    late = shift(ShiftKind.PLANNING, datetime(2015, 4, 1, 8, tzinfo=UTC), 2)
    found = assess(case(late, wage()), detection())
    assert found.total == exact("40.00")
    assert "damage.late_hours" in codes(found)
    unpaid = case(
        shift(ShiftKind.REMOVAL, MORNING, 2, person="X"),
        shift(ShiftKind.IDLE, MORNING, 2, person="Y"),
        wage(),
    )
    gaps = {
        gap.head: gap.worth
        for gap in assess(unpaid, detection()).missing
        if "costs (pay slip)" in gap.text.id
    }
    assert gaps == {"removal_hours": exact("40.00"), "idle_hours": None}


def test_the_later_state_of_an_order_counts() -> None:
    """Exported twice, the second time cancelled: it is cancelled."""
    at = datetime(2015, 2, 3, 8, tzinfo=UTC)
    said: Mail = mail(MORNING, "88888")
    twice = (order("88888", at, "100.00"), order("88888", at, "100.00", cancelled=True))
    found = assess(case(*twice, said, shop__margin="0.4"), detection())
    assert position(found, "cancelled_orders").amount == exact("40.00")


def test_an_emergency_line_whose_time_or_use_is_not_clear() -> None:
    """Works, but does not carry the shop; nobody says whether it does; a time without its zone."""
    works = "2015-02-09T08:00:00+01:00"
    orders = shop(date(2014, 2, 3), 420, WEEK, DEAD)
    for facts, word in (
        ({"emergency.carries_shop": "no"}, "is not enough"),
        ({}, "nobody says"),
    ):
        found = assess(case(*orders, shop__margin="0.4", emergency__works_since=works, **facts), detection())
        (doubt,) = (f for f in found.findings if f.code == "damage.emergency")
        assert word in Words("en")(doubt.text)
        assert found.mitigation.cut_off is None
    odd = case(*orders, shop__margin="0.4", emergency__works_since="2015-02-09T08:00:00")
    assert [found.code for found in odd.facts.findings] == ["fact.odd"]
    assert assess(odd, detection()).mitigation.cut_off is None
    last = {"emergency.works_since": "2015-02-18T10:00:00+01:00", "emergency.carries_shop": "yes"}
    end = assess(case(*orders, shop__margin="0.4", **last), detection()).mitigation
    assert end.cut_off == date(2015, 2, 18)
    assert end.with_line == Range()
    assert len(end.words) == 2


def test_two_sellers_with_one_number() -> None:
    """The smaller invoice counts, and it is said."""
    twins = (invoice("R1", "50.00"), replace(invoice("R1", "70.00"), source=invoice("R2", "1.00").source))
    found = assess(case(*twins, purpose("R1", "hardware")), detection())
    assert found.total == exact("50.00")
    assert "damage.same_number" in codes(found)
