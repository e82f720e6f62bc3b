"""Heads of loss, each on a case small enough to be worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import (
    END,
    START,
    case,
    codes,
    detection,
    euros,
    exact,
    flow,
    invoice,
    outage,
    position,
    purpose,
    shift,
    wage,
)

from heller.damage import assess
from heller.damage.all_heads import heads
from heller.damage.hours import quarters
from heller.damage.ledger import columns
from heller.model.amount import ProofGrade, Range
from heller.model.damage import Assessment
from heller.model.finding import Locator
from heller.model.heads import HEADS
from heller.model.kinds.shift import ShiftKind
from heller.model.money import ZERO, Money
from heller.model.span import Span

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)


def test_every_head_has_its_place_in_the_fixed_order() -> None:
    """A file in the folder is a head; the order in which things are spent names each of them."""
    assert {head.key for head in heads()} == set(HEADS)
    assert len({head.key for head in heads()}) == len(heads())


def test_receipts_count_net_with_share_and_remaining_worth() -> None:
    """1,800.00 net x 50 % for the outage, half of its worth left: 450.00; VAT is no damage for this firm."""
    given = case(
        invoice("R1", "1800.00", "342.00"),
        purpose("R1", "hardware", "0.5", "0.5"),
        firm__deducts_input_vat="yes",
    )
    found = position(assess(given, detection()), "hardware")
    assert found.amount == exact("450.00")
    assert found.grade is ProofGrade.RECEIPT
    assert [line.amount for line in found.working] == [exact("1800.00"), exact("-900.00"), exact("-450.00")]


@pytest.mark.parametrize(
    ("path", "grade"),
    [
        ("bank", ProofGrade.RECEIPT),
        ("posting", ProofGrade.RECEIPT),
        ("twin", ProofGrade.RECEIPT),
        ("lines", ProofGrade.RECORD),
    ],
)
def test_another_document_makes_an_invoice_a_receipt(path: str, grade: ProofGrade) -> None:
    """A payment, the books or another syntax bear its amount out; its own lines alone do not."""
    given = case(invoice("R1", "1800.00", proven_by=(path,)), purpose("R1", "hardware"))
    assert position(assess(given, detection()), "hardware").grade is grade


@pytest.mark.parametrize(("deducts", "amount"), [("yes", "500.00"), ("no", "595.00"), (None, "500.00")])
def test_vat_follows_the_firm(deducts: str | None, amount: str) -> None:
    """VAT-01: a router of 595.00 gross is worth 500.00 to who deducts; the lower amount where nobody says."""
    facts = {} if deducts is None else {"firm__deducts_input_vat": deducts}
    found = assess(case(invoice("R1", "500.00", "95.00"), purpose("R1", "hardware"), **facts), detection())
    assert position(found, "hardware").amount == exact(amount)
    assert ("damage.vat" in codes(found)) is (deducts is None)


def test_case_13_new_for_old() -> None:
    """LG Duisburg 22 O 102/12: a web site of 5,068.04 after 6 of 8 years is worth 1,267.01."""
    given = case(invoice("W", "5068.04"), purpose("W", "hardware", residual="0.75"))
    assert assess(given, detection()).total == exact("1267.01")


def test_case_12_a_share_is_rounded_once() -> None:
    """AG Bonn 105 C 72/12: 919.04 x 70 % are 643.33."""
    given = case(invoice("W", "919.04"), purpose("W", "extra_cost", "0.7"))
    assert assess(given, detection()).total == exact("643.33")


def test_an_unassigned_invoice_is_not_counted_but_suggested() -> None:
    """Nobody has said what the router was for: no cent, a finding, and what it would add."""
    found = assess(
        case(invoice("R9", "300.00", seller="Router Shop"), firm__deducts_input_vat="yes"), detection()
    )
    assert found.total == Range()
    assert "damage.unassigned" in codes(found)
    assert [(m.head, m.worth) for m in found.missing if m.worth] == [
        ("hardware", Range(ZERO, euros("300.00"), euros("300.00")))
    ]


def test_a_private_invoice_is_left_alone() -> None:
    """'none' is a decision: nothing counted, nothing asked."""
    found = assess(case(invoice("R9", "300.00"), purpose("R9", "none")), detection())
    assert found.total == Range()
    assert "damage.unassigned" not in codes(found)


def test_an_invoice_shared_out_beyond_the_whole_counts_once() -> None:
    """60 % here and 60 % there is more than there is: what was said last replaces what was said before."""
    given = case(
        invoice("R1", "100.00"), purpose("R1", "emergency_line", "0.6"), purpose("R1", "mobile_data", "0.6")
    )
    found = assess(given, detection())
    assert found.total == exact("60.00")
    assert position(found, "mobile_data").amount == exact("60.00")
    assert [one.head for one in found.positions] == ["mobile_data"]
    fair = case(
        invoice("R1", "100.00"), purpose("R1", "emergency_line", "0.6"), purpose("R1", "mobile_data", "0.4")
    )
    assert assess(fair, detection()).total == exact("100.00")


def test_the_later_decision_counts() -> None:
    """A person changed their mind: the last word for the same invoice and head is in force."""
    given = case(invoice("R1", "100.00"), purpose("R1", "hardware", "1"), purpose("r 1", "hardware", "0.25"))
    assert assess(given, detection()).total == exact("25.00")


def test_a_credit_note_reduces_the_damage() -> None:
    """What came back from the seller was not spent."""
    given = case(
        invoice("R1", "100.00"),
        invoice("G1", "30.00", credit=True),
        purpose("R1", "hardware"),
        purpose("G1", "hardware"),
    )
    assert assess(given, detection()).total == exact("70.00")


def test_proof_decides_the_grade() -> None:
    """An invoice that nothing bears out is a record still, and a payment that nobody sees is asked for."""
    given = case(
        invoice("R1", "100.00", proven_by=()),
        invoice("R2", "50.00"),
        purpose("R1", "expert"),
        purpose("R2", "expert"),
    )
    found = assess(given, detection())
    assert dict(found.by_grade) == {ProofGrade.RECEIPT: exact("50.00"), ProofGrade.RECORD: exact("100.00")}
    assert any(m.head == "expert" for m in found.missing)


def test_overtime_with_surcharge() -> None:
    """10 hours at 20.00 with 25 % surcharge are 250.00."""
    given = case(shift(ShiftKind.OVERTIME, MORNING, 10), wage())
    assert position(assess(given, detection()), "overtime").amount == exact("250.00")


def test_removal_counts_idle_and_pursuit_do_not() -> None:
    """2 hours each at 20.00: 40.00 for removing, 0.00 for waiting, 40.00 shown for pursuing; total 40.00."""
    given = case(
        shift(ShiftKind.REMOVAL, MORNING, 2),
        shift(ShiftKind.IDLE, MORNING + timedelta(hours=2), 2),
        shift(ShiftKind.PURSUIT, MORNING + timedelta(days=30), 2),
        wage(),
    )
    found = assess(given, detection())
    assert found.total == exact("40.00") == columns(found.flows).damage
    assert position(found, "idle_hours").amount == Range()
    pursuit = position(found, "pursuit_hours")
    assert (pursuit.amount, pursuit.recoverable) == (exact("40.00"), False)


def test_the_same_hour_sheet_twice_counts_once() -> None:
    """The sheet was handed in as a table and again as a scan."""
    one = shift(ShiftKind.REMOVAL, MORNING, 2)
    again = replace(one, source=replace(one.source, object="scan"))
    found = assess(case(one, again, wage()), detection())
    assert found.total == exact("40.00")
    assert len(found.conflicts) == 1
    assert position(found, "removal_hours").amount == exact("40.00")


def test_hours_without_a_wage_say_what_they_would_add() -> None:
    """Three hours of somebody without a pay slip: worth what the known wages span."""
    given = case(
        shift(ShiftKind.REMOVAL, MORNING, 3, "M09"), wage("20.00", person="M01"), wage("30.00", person="M02")
    )
    found = assess(given, detection())
    assert found.total == Range()
    (gap,) = (m for m in found.missing if m.head == "removal_hours")
    assert gap.worth == Range(euros("60.00"), euros("90.00"), euros("90.00"))


@pytest.mark.parametrize(
    "odd",
    [
        shift(ShiftKind.REMOVAL, MORNING, 2, minutes=0),
        shift(ShiftKind.REMOVAL, MORNING, 2, minutes=-30),
        shift(ShiftKind.REMOVAL, MORNING, 2, minutes=500),
        shift(ShiftKind.REMOVAL, MORNING, 30),
        shift(ShiftKind.REMOVAL, START - timedelta(days=3), 2),
        shift(ShiftKind.IDLE, END + timedelta(days=3), 2),
    ],
)
def test_impossible_hours_are_refused_aloud(odd: object) -> None:
    """Negative, endless or misplaced hours count nothing and are named."""
    found = assess(case(odd, wage()), detection())  # type: ignore[arg-type]
    assert found.total == Range()
    assert "damage.shift" in codes(found)


def test_quarters_of_neighbours_do_not_meet() -> None:
    """Two shifts that touch share no quarter; a few minutes still have a name of their own."""
    first = quarters("M01", Span.of(MORNING, minutes=25))
    second = quarters("M01", Span.of(MORNING + timedelta(minutes=25), minutes=35))
    assert not first & second
    assert len(first | second) == 4
    assert len(quarters("M01", Span.of(MORNING, minutes=3))) == 1


def test_the_fee_of_fourteen_dead_days() -> None:
    """law-de.md section 8: 500.00 x 14/28 = 250.00; the 2 h 28 min beyond 14 days are not claimed."""
    found = assess(case(line__monthly_fee="500.00"), detection())
    assert position(found, "line_fee").amount == exact("250.00")
    assert position(found, "line_fee").grade is ProofGrade.STATED


def test_the_fee_stands_in_both_worlds_and_is_saved_only_where_refunded() -> None:
    """-250 and -250: no damage, a claim of its own; of 100.00 refunded 150.00 are left to claim and 100.00 saved."""
    found = assess(case(line__monthly_fee="500.00"), detection())
    (flow,) = found.flows
    assert (flow.without, flow.actual) == (exact("-250"), exact("-250"))
    assert (found.total, found.apart) == (Range(), exact("250.00"))
    part = assess(case(line__monthly_fee="500.00", line__fee_refunded="100.00"), detection())
    assert (part.total, part.apart) == (exact("-100.00"), exact("150.00"))
    over = assess(case(line__monthly_fee="500.00", line__fee_refunded="300.00"), detection())
    assert (over.total, over.apart) == (exact("-250.00"), Range())


def test_the_fee_over_two_months() -> None:
    """From 25 Feb 08:12 to 4 Mar 09:00 are 7 whole days: 4 of 28 and 3 of 31: 71.43 + 48.39."""
    span = outage(datetime(2015, 2, 25, 7, 12, tzinfo=UTC), datetime(2015, 3, 4, 8, tzinfo=UTC))
    found = assess(case(line__monthly_fee="500.00"), detection(span))
    assert found.apart == exact("119.82") and found.total == Range()


def test_the_provider_s_invoice_proves_the_fee() -> None:
    """With the month's invoice on the list the fee is a receipt, and still only the dead days come back."""
    given = case(invoice("T2", "500.00"), purpose("T2", "line_fee", "0.5"), line__monthly_fee="500.00")
    found = position(assess(given, detection()), "line_fee")
    assert (found.amount, found.grade) == (exact("250.00"), ProofGrade.RECEIPT)


def test_the_illustrative_claim() -> None:
    """law-de.md section 8: 25,000 naive; 7,000 margin + 1,200 + 900 + 1,500 = 10,600.00, idle wages 0.00."""
    monday = datetime(2015, 2, 9, 7, tzinfo=UTC)
    given = case(
        invoice("L1", "1200.00"),
        purpose("L1", "emergency_line"),
        invoice("H1", "1800.00"),
        purpose("H1", "hardware", residual="0.5"),
        *(shift(ShiftKind.OVERTIME, monday + timedelta(days=7 + d), 10) for d in range(6)),  # 60 x 25.00
        *(shift(ShiftKind.IDLE, monday, 9, f"M{p:02}") for p in range(1, 6)),
        *(wage(person=f"M{p:02}") for p in range(1, 6)),
        firm__deducts_input_vat="yes",
    )
    found = assess(given, detection())
    margin = [
        flow("planned margin", exact("16000.00"), Range(), head="lost_sales", grade=ProofGrade.COMPUTED),
        flow("earned in the outage", Range(), exact("7000.00"), head="lost_sales", grade=ProofGrade.COMPUTED),
        flow("caught up", Range(), exact("2000.00"), head="lost_sales", grade=ProofGrade.COMPUTED),
        flow(
            "more idle wages",
            exact("-9000.00"),
            exact("-9000.00"),
            head="idle_hours",
            grade=ProofGrade.RECORD,
        ),
    ]
    assert columns([*found.flows, *margin]).damage == exact("10600.00")


def test_no_outage_no_damage_no_traceback() -> None:
    """Nothing proven: findings that say what to do, and a sum of zero."""
    for nothing in (detection(outage(START, START)), replace(detection(), outages=())):
        found = assess(case(invoice("R1", "100.00"), purpose("R1", "hardware")), nothing)
        assert found.total == Range()
        assert "damage.no_outage" in codes(found)


def test_a_failure_of_the_own_router_box_is_not_the_provider_s() -> None:
    """The firm's own network was down: not this claim."""
    from heller.model.outage import Cause

    found = assess(case(line__monthly_fee="500.00"), detection(outage(cause=Cause.LAN)))
    assert found.total == Range()
    assert {"damage.own_side", "damage.no_outage"} <= codes(found)


def test_all_outages_that_it_is_given_are_the_event() -> None:
    """A minute of life within it is no dead time; which outages are one event says the room of outages."""
    cut = START + timedelta(days=7)
    spans = detection(outage(START, cut), outage(cut + timedelta(minutes=1), END))
    found = assess(case(line__monthly_fee="500.00"), spans)
    assert found.apart == exact("250.00")


@pytest.mark.parametrize(
    ("records", "facts", "code"),
    [
        ([invoice("R1", "100.00"), purpose("R1", "hardware", "1.5")], {}, "damage.share"),
        ([invoice("R1", "100.00"), purpose("R1", "hardware", residual="-1")], {}, "damage.share"),
        ([invoice("R1", "100.00"), purpose("R1", "lunch")], {}, "damage.no_such_head"),
        ([invoice("R1", "-100.00"), purpose("R1", "hardware")], {}, "damage.negative"),
        (
            [
                replace(invoice("R1", "100.00"), net=Money(1, "USD"), gross=Money(1, "USD")),
                purpose("R1", "hardware"),
            ],
            {},
            "damage.currency",
        ),
        ([], {"line__monthly_fee": "0.00"}, "damage.fee"),
        ([shift(ShiftKind.REMOVAL, MORNING, 1), wage("-20.00")], {}, "damage.wage"),
        ([shift(ShiftKind.OVERTIME, MORNING, 1), wage(surcharge="NaN")], {}, "damage.wage"),
    ],
)
def test_nonsense_costs_a_finding(records: list[object], facts: dict[str, str], code: str) -> None:
    """Impossible figures are named, with what to do, and count nothing."""
    found: Assessment = assess(case(*records, **facts), detection())  # type: ignore[arg-type]
    assert found.total == Range()
    (finding,) = (f for f in found.findings if f.code == code)
    assert finding.do is not None


def test_a_word_that_is_no_head_is_asked_with_its_euros() -> None:
    """What the list says helps to propose a head; half of the receipt hangs on the answer, also where nothing is
    proposed; and a decision settles it."""
    said = replace(purpose("R1", "Ersatzrouter", "0.5"), reason="Router neu gekauft")
    for one, head in ((said, "hardware"), (replace(said, reason="so"), "")):
        found = assess(case(invoice("R1", "100.00"), one), detection())
        (finding,) = (f for f in found.findings if f.code == "damage.no_such_head")
        assert finding.text.args["head"] == "Ersatzrouter"
        assert [(m.head, m.worth and m.worth.high) for m in found.missing if m.worth] == [(head, Money(5000))]
        assert found.total == Range()
    listed = [replace(one, source=Locator("list", "row")) for one in (said, purpose("R1", "hardware", "0.5"))]
    for decisions, asked in ((listed, 1), ((listed[0], purpose("R1", "hardware", "0.5")), 0)):
        found = assess(case(invoice("R1", "100.00"), *decisions), detection())
        assert (found.total, sum(f.code == "damage.no_such_head" for f in found.findings)) == (
            exact("50.00"),
            asked,
        )


def test_a_missing_file_is_asked_for() -> None:
    """An invoice on the list that nobody has handed in."""
    found = assess(case(purpose("R77", "hardware")), detection())
    assert found.total == Range()
    assert any(m.head == "hardware" and m.text.args == {"number": "R77"} for m in found.missing)


def test_decimal_shares_stay_exact() -> None:
    """42.86 % of 500.00 are 214.30, not a float's neighbour."""
    given = case(invoice("T2", "500.00"), replace(purpose("T2", "mobile_data"), share=Decimal("0.4286")))
    assert assess(given, detection()).total == exact("214.30")


def test_days_belong_to_the_site() -> None:
    """23:30 UTC on 3 February is the 4th in Berlin: the dead day carries that date."""
    span = outage(datetime(2015, 2, 3, 23, 30, tzinfo=UTC), datetime(2015, 2, 5, 0, tzinfo=UTC))
    found = assess(case(line__monthly_fee="280.00"), detection(span))
    days = {token.id for f in found.flows for token in f.tokens if token.kind == "line_day"}
    assert days == {str(date(2015, 2, 4))}
