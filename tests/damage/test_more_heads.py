"""Heads of loss beyond receipts and hours: customers' claims, goodwill, planning, what is bought anyway."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import (
    START,
    WEEK,
    case,
    codes,
    detection,
    euros,
    exact,
    flow,
    invoice,
    mail,
    order,
    position,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.damage.ledger import settle
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Token
from heller.model.finding import Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.order import Order
from heller.model.kinds.shift import ShiftKind
from heller.model.money import ZERO, Money

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)
LETTER = Locator("letter", "row 2")


def demand(
    amount: str = "500.00", *, paid: date | None = date(2015, 3, 2), customer: str = "Kunde Muster GmbH"
) -> CustomerClaim:
    """A penalty that a customer demanded in February."""
    return CustomerClaim(customer, date(2015, 2, 16), euros(amount), "late delivery", LETTER, paid)


def booked(amount: str, who: str = "KUNDE MUSTER GMBH") -> BankEntry:
    """A payment of the account."""
    return BankEntry(
        "DE00", date(2015, 3, 2), -euros(amount), who, "Vertragsstrafe", Locator("bank", "row 9")
    )


def test_a_paid_penalty_counts_and_the_bank_proves_it() -> None:
    """500.00 paid: a record by itself, a third party's receipt with the entry of the account."""
    alone = assess(case(demand()), detection())
    assert position(alone, "customer_claims").amount == exact("500.00")
    assert position(alone, "customer_claims").grade is ProofGrade.RECORD
    assert any(gap.head == "customer_claims" and gap.secures == exact("500.00") for gap in alone.missing)
    shown = assess(case(demand(), booked("500.00")), detection())
    assert position(shown, "customer_claims").grade is ProofGrade.RECEIPT
    assert (
        assess(case(demand(), booked("500.00", "somebody")), detection()).by_grade[0][0] is ProofGrade.RECORD
    )
    assert assess(case(demand(), booked("499.99")), detection()).by_grade[0][0] is ProofGrade.RECORD


def test_an_open_penalty_is_release_only() -> None:
    """Not paid: shown with its amount, not added, and payment would add it."""
    found = assess(case(demand(paid=None)), detection())
    shown = position(found, "customer_claims")
    assert (shown.amount, shown.recoverable) == (exact("500.00"), False)
    assert found.total == Range()
    assert [gap.worth for gap in found.missing if gap.head == "customer_claims"] == [
        Range(ZERO, ZERO, euros("500.00"))
    ]
    assert "damage.customer_claims_rule" in codes(found)


def test_paid_and_open_penalties_stand_beside_each_other() -> None:
    """Each keeps its own sum, though both are the firm's records."""
    stated = replace(demand("70.00", paid=None, customer="C"), source=None)
    found = assess(case(demand(), demand("300.00", paid=None, customer="B"), stated), detection())
    shown = {(p.recoverable, p.grade): p.amount for p in found.positions if p.head == "customer_claims"}
    assert shown == {
        (True, ProofGrade.RECORD): exact("500.00"),
        (False, ProofGrade.RECORD): exact("300.00"),
        (False, ProofGrade.STATED): exact("70.00"),
    }
    assert found.total == exact("500.00")


def test_the_same_penalty_twice_counts_once() -> None:
    """Handed in twice: one token, one payment, and the conflict says so."""
    found = assess(case(demand(), demand(customer="kunde muster gmbh")), detection())
    assert found.total == exact("500.00")
    assert [(c.kept, c.dropped) for c in found.conflicts] == [("customer_claims", "customer_claims")]


@pytest.mark.parametrize(
    "odd",
    [
        demand("0.00"),
        demand("-5.00"),
        replace(demand(), amount=Money(100, "USD")),
        replace(demand(), at=date(2015, 2, 3)),
        replace(demand(), paid=date(2015, 1, 1)),
    ],
)
def test_a_senseless_penalty_costs_a_finding(odd: CustomerClaim) -> None:
    """Nothing, less than nothing, another currency, older than the outage."""
    found = assess(case(odd), detection())
    assert found.total == Range()
    assert "damage.customer_claim" in codes(found)


def test_goodwill_is_shown_and_not_added() -> None:
    """§ 253 BGB: 8,000.00 are recorded; the invoice for winning customers back counts."""
    given = case(invoice("A1", "250.00"), purpose("A1", "goodwill"), goodwill__stated="8000.00")
    found = assess(given, detection())
    shown = {p.recoverable: p for p in found.positions if p.head == "goodwill"}
    assert shown[False].amount == exact("8000.00")
    assert shown[True].amount == found.total == exact("250.00")
    assert shown[False].norm.id == "HEAD-09"
    assert any(gap.head == "goodwill" and gap.worth for gap in found.missing)


@pytest.mark.parametrize("value", ["-1.00", "much", "NaN"])
def test_senseless_goodwill_costs_a_finding(value: str) -> None:
    """It is not shown, and the case goes on."""
    stated = case(invoice("A1", "250.00"), purpose("A1", "goodwill"), goodwill__stated=value)
    assert assess(stated, detection()).total == exact("250.00")
    assert [found.code for found in stated.facts.findings] == ["fact.odd"]


def test_hours_of_setting_up_the_emergency_line() -> None:
    """Three hours at 20.00 under the head of the emergency line, beside its receipt, by their own rule."""
    given = case(
        invoice("N1", "100.00", proven_by=()),
        purpose("N1", "emergency_line"),
        shift(ShiftKind.PLANNING, MORNING, 3),
        wage(),
        firm__deducts_input_vat="yes",
    )
    found = assess(given, detection())
    shown = {p.norm.id: p.amount for p in found.positions if p.head == "emergency_line"}
    assert shown == {"HEAD-01": exact("100.00"), "HEAD-04": exact("60.00")}
    assert found.total == exact("160.00")


def test_an_hour_of_setting_up_is_no_hour_of_removing() -> None:
    """The same quarter hours under both: they count once, under the emergency line."""
    given = case(shift(ShiftKind.PLANNING, MORNING, 2), shift(ShiftKind.REMOVAL, MORNING, 2), wage())
    found = assess(given, detection())
    assert found.total == exact("40.00")
    (conflict,) = found.conflicts
    assert (conflict.kept, conflict.dropped, conflict.asked) == ("emergency_line", "removal_hours", False)
    assert (conflict.counted, conflict.left_out) == (exact("40.00"), exact("40.00"))


def test_what_would_have_been_bought_anyway_stands_in_both_worlds() -> None:
    """A router of 300.00, half of it due anyway: 150.00; the other half adds nothing."""
    given = case(invoice("R1", "300.00"), replace(purpose("R1", "hardware"), anyway=Decimal("0.5")))
    found = assess(given, detection())
    assert found.total == exact("150.00")
    (one,) = found.flows
    assert (one.without, one.actual) == (exact("-150.00"), exact("-300.00"))
    assert position(found, "hardware").working[-1].amount == exact("-150.00")
    whole = case(invoice("R1", "300.00"), replace(purpose("R1", "hardware"), anyway=Decimal(1)))
    assert assess(whole, detection()).total == Range()
    odd = case(invoice("R1", "300.00"), replace(purpose("R1", "hardware"), anyway=Decimal(2)))
    assert "damage.share" in codes(assess(odd, detection()))


def test_a_whole_mobile_contract_is_doubted() -> None:
    """Only the outage's share counts; who claims all of it is asked. The saved fee is mentioned once."""
    whole = assess(case(invoice("M1", "80.00"), purpose("M1", "mobile_data")), detection())
    assert {"damage.whole_contract", "damage.saved_fee"} <= codes(whole)
    both = assess(
        case(
            invoice("M1", "80.00"),
            purpose("M1", "mobile_data", "0.5"),
            invoice("N1", "10.00"),
            purpose("N1", "emergency_line"),
        ),
        detection(),
    )
    assert "damage.whole_contract" not in codes(both)
    assert [f.code for f in both.findings].count("damage.saved_fee") == 1
    known = case(invoice("M1", "80.00"), purpose("M1", "mobile_data"), line__monthly_fee="500.00")
    assert "damage.saved_fee" not in codes(assess(known, detection()))


def test_the_later_head_of_a_receipt_stands() -> None:
    """Shares beyond the whole: the later decision stands in the place of the earlier, and nobody is asked."""
    given = case(
        invoice("R1", "100.00"), purpose("R1", "hardware", "0.9"), purpose("R1", "extra_cost", "0.8")
    )
    found = assess(given, detection())
    assert found.conflicts == () and found.total.likely == euros("80.00")
    assert "damage.which" not in codes(found)


@pytest.mark.parametrize("share", ["NaN", "Infinity", "-0.5", "1.5"])
def test_a_share_that_is_none_displaces_no_other(share: str) -> None:
    """It is refused with a finding, and what was decided before still counts."""
    given = case(
        invoice("R1", "100.00"), purpose("R1", "hardware", "0.9"), purpose("R1", "extra_cost", share)
    )
    found = assess(given, detection())
    assert "damage.share" in codes(found) and found.total.likely == euros("90.00")


def test_what_only_the_order_of_heads_decides_is_asked() -> None:
    """The same thing with two amounts and one proof: one of them counts until a person decides."""
    thing = Token("receipt", "x")
    one = flow("a", Range(), exact("-5.00"), thing, head="hardware")
    other = flow("b", Range(), exact("-7.00"), thing, head="extra_cost")
    assert [c.asked for c in settle([one, other]).conflicts] == [True]


def test_a_clear_rule_asks_nobody() -> None:
    """The stronger proof, the named order and equal amounts decide themselves."""
    thing = Token("receipt", "x")
    strong = flow("a", Range(), exact("-5.00"), thing, head="hardware")
    weak = flow("b", Range(), exact("-7.00"), thing, head="extra_cost", grade=ProofGrade.STATED)
    same = flow("c", Range(), exact("-5.00"), thing, head="extra_cost")
    assert [c.asked for c in settle([strong, weak]).conflicts] == [False]
    assert [c.asked for c in settle([strong, same]).conflicts] == [False]
    named = flow("d", exact("9.00"), Range(), thing, head="cancelled_orders", grade=ProofGrade.COMPUTED)
    model = flow("e", exact("8.00"), Range(), thing, head="lost_sales", grade=ProofGrade.COMPUTED)
    assert [c.asked for c in settle([named, model]).conflicts] == [False]


def dead_days() -> list[date]:
    """The days of the outage."""
    return [date(2015, 2, 4) + timedelta(n) for n in range(15)]


def test_idle_hours_by_two_methods() -> None:
    """Margin, or net profit and wasted wages: the same sum, and what would count twice stands beside it."""
    orders = shop(date(2014, 6, 2), 290, WEEK, dead_days())
    idle = [shift(ShiftKind.IDLE, MORNING + timedelta(n), 8) for n in range(3)]
    found = assess(case(*orders, *idle, wage(), shop__margin="0.4"), detection())
    margin, profit, naive = found.methods
    lost = sum((p.amount.likely for p in found.positions if p.head == "lost_sales"), ZERO)
    assert margin.sum == profit.sum == lost
    assert naive.refused and naive.sum > lost + euros("480.00")
    assert found.total.likely == lost
    assert assess(case(*orders, shop__margin="0.4"), detection()).methods == ()
    assert assess(case(*idle, wage()), detection()).methods == ()


def test_wages_beyond_the_margin_are_not_covered_by_it() -> None:
    """No profit remains: of the wages only what the takings would have paid."""
    from heller.damage.methods import methods

    margin, profit, _ = methods(euros("1000.00"), euros("700.00"), euros("900.00"))
    assert margin.sum == profit.sum == euros("300.00")
    assert profit.lines[3].amount == exact("0.00")


def test_overtime_names_what_it_replaced() -> None:
    """Orders that came back are not claimed; the overtime that served them says so, or is asked about."""
    backlog = [
        order(f"B{n}{i}", datetime(2015, 2, 19 + n, 15, tzinfo=UTC), "400.00")
        for n in range(7)
        for i in range(3)
    ]
    orders = shop(date(2014, 2, 3), 420, WEEK, dead_days())
    some = shift(ShiftKind.OVERTIME, datetime(2015, 2, 19, 17, tzinfo=UTC), 2)
    given = case(*orders, *backlog, some, wage(), shop__margin="0.4", shop__customers_return="yes")
    found = assess(given, detection())
    assert found.sales[0].catch_up.likely > ZERO
    assert any("Reducing the loss cost" in line.text.id for line in position(found, "overtime").working)
    assert "damage.beyond_avoided" not in codes(found)
    many = [shift(ShiftKind.OVERTIME, datetime(2015, 2, 19 + n, 1, tzinfo=UTC), 20) for n in range(9)]
    dear = assess(case(*orders, *backlog, *many, wage("90.00"), shop__margin="0.4"), detection())
    assert "damage.beyond_avoided" in codes(dear)


def test_a_named_order_comes_out_of_the_modelled_loss() -> None:
    """Cancelled by mail on a dead day: counted under its own head, and taken out of the forecast's loss."""
    orders = shop(date(2014, 2, 3), 420, WEEK, dead_days())
    lost = order("77777", START + timedelta(days=1), "600.00", cancelled=True)
    named = mail(START + timedelta(days=3), "77777")
    plain = assess(case(*orders, shop__margin="0.4"), detection())
    found = assess(case(*orders, lost, named, shop__margin="0.4"), detection())
    assert position(found, "cancelled_orders").amount == exact("240.00")
    assert [(c.kept, c.dropped, c.asked) for c in found.conflicts] == [
        ("cancelled_orders", "lost_sales", False)
    ]
    assert abs(found.total.likely.cents - plain.total.likely.cents) <= 1


def regulars(
    first: datetime, days: int, customers: int, *, gone: int = 0, since: datetime | None = None
) -> list[Order]:
    """Each customer orders every ten days; of them the first few stay away from a day on."""
    found = []
    for day in range(0, days, 10):
        at = first + timedelta(days=day)
        for n in range(customers):
            if since is None or at < since or n >= gone:
                found.append(replace(order(f"{day}-{n}", at, "50.00"), customer=f"c{n}"))
    return found


def churned(*orders: Order) -> list[str]:
    """What is said of customers who stayed away."""
    return [
        str(one.text) for one in assess(case(*orders), detection()).findings if one.code == "damage.churn"
    ]


def test_customers_who_stay_away_are_evidence_and_no_sum() -> None:
    """Of 20 who came in the 90 days before, 6 do not come after; a year earlier none: shown, never added."""
    since = datetime(2015, 2, 1, tzinfo=UTC)
    with_loss = regulars(datetime(2013, 10, 1, tzinfo=UTC), 640, 20, gone=6, since=since)
    [said] = churned(*with_loss)
    assert "'before': 20" in said and "'lost': 6" in said and "'usual': 0" in said
    assert not any(p.head == "goodwill" for p in assess(case(*with_loss), detection()).positions)


def test_usual_comings_and_goings_are_no_evidence() -> None:
    """Where as many stay away as a year earlier, or the records are too short or too few, nothing is said."""
    assert churned(*regulars(datetime(2013, 10, 1, tzinfo=UTC), 640, 20)) == []
    short = regulars(
        datetime(2014, 12, 1, tzinfo=UTC), 200, 20, gone=6, since=datetime(2015, 2, 1, tzinfo=UTC)
    )
    assert churned(*short) == []
    few = regulars(datetime(2014, 10, 1, tzinfo=UTC), 400, 5, gone=2, since=datetime(2015, 2, 1, tzinfo=UTC))
    assert churned(*few) == []


@pytest.mark.parametrize(("gone", "no_more"), [(6, False), (0, True)])
def test_who_stayed_away_stands_beside_the_stated_goodwill(gone: int, no_more: bool) -> None:
    """Customers lost after against before, in its working, whether they bear it out or not; the sum stays as it is."""
    since = datetime(2015, 2, 1, tzinfo=UTC)
    orders = regulars(datetime(2013, 10, 1, tzinfo=UTC), 640, 20, gone=gone, since=since)
    found = assess(case(*orders, goodwill__stated="8000.00"), detection())
    (shown,) = (p for p in found.positions if p.head == "goodwill")
    said = [line.text for line in shown.working if line.amount is None]
    assert [one.args.get("lost") for one in said] == [gone, None] if no_more else [gone]
    assert (shown.recoverable, shown.amount) == (False, exact("8000.00"))


def test_without_a_year_before_the_days_right_before_are_the_usual_ones() -> None:
    """Records of three quarters of a year: 6 of 20 are missed after the outage, none in the stretch before it."""
    since = datetime(2015, 2, 1, tzinfo=UTC)
    [said] = churned(*regulars(datetime(2014, 7, 1, tzinfo=UTC), 340, 20, gone=6, since=since))
    assert "'lost': 6" in said and "'usual': 0" in said


def test_leave_is_shown_and_not_added() -> None:
    """Used up: 8 hours at 20.00 are 160.00; given back later: 160.00 again; neither is claimed."""
    found = assess(
        case(
            shift(ShiftKind.LEAVE, MORNING, 8),
            shift(ShiftKind.LEAVE_BACK, datetime(2015, 3, 16, 8, tzinfo=UTC), 8),
            wage(),
        ),
        detection(),
    )
    shown = [p for p in found.positions if p.head == "leave"]
    assert [(p.amount, p.recoverable) for p in shown] == [(exact("160.00"), False)] * 2
    assert found.total == exact("0.00")


LEFT = {"line__monthly_fee": "300.00", "line__left": "2015-04-30", "line__term_end": "2015-12-31"}


def test_fees_to_the_end_of_the_term_are_shown_and_what_was_paid_counts() -> None:
    """§ 314 BGB: eight months of 300.00 are asked for; the bill of May that was paid all the same comes back."""
    found = assess(case(invoice("T5", "300.00"), purpose("T5", "remaining_term"), **LEFT), detection())
    shown = {p.recoverable: p for p in found.positions if p.head == "remaining_term"}
    assert (shown[False].amount, shown[True].amount) == (exact("2400.00"), exact("300.00"))
    assert shown[True].norm.id == "BGB-314"
    assert found.total == exact("300.00")  # the fee of the dead days stands beside it


@pytest.mark.parametrize(
    ("facts", "shown", "asked"),
    [
        ({**LEFT, "line__left": "2015-12-31"}, "", False),  # left with the end of the term
        ({**LEFT, "line__left": "2015-12-16"}, "145.16", False),  # 15 of 31 days
        ({key: LEFT[key] for key in ("line__left", "line__monthly_fee")}, "", True),
        ({key: LEFT[key] for key in ("line__term_end", "line__monthly_fee")}, "", False),  # still used
    ],
)
def test_what_is_asked_after_leaving_needs_its_days(facts: dict[str, str], shown: str, asked: bool) -> None:
    """By the days of each month; what is not stated is asked for, and nothing is made up."""
    found = assess(case(**facts), detection())
    assert [p.amount for p in found.positions if p.head == "remaining_term"] == (
        [exact(shown)] if shown else []
    )
    assert any(gap.head == "remaining_term" for gap in found.missing) is asked
