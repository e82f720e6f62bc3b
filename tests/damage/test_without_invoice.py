"""Heads and deductions without an invoice: own vouchers, saved wages, kept-back penalties, an owner's own hours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.damage.damage_world import (
    case,
    codes,
    detection,
    euros,
    exact,
    invoice,
    order,
    position,
    purpose,
    shift,
    wage,
)

from heller.damage import assess
from heller.model.amount import ProofGrade, Range
from heller.model.finding import Locator
from heller.model.heads import HEADS, VOUCHER_HEADS
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.own_voucher import OwnVoucher
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.unit import Unit, UnitKind
from heller.model.money import ZERO

DAY = date(2015, 2, 6)
MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)


def voucher(
    head: str = "own_costs", amount: str | None = "19.90", what: str = "Adapter", **more: object
) -> OwnVoucher:
    """An own voucher of the third day."""
    return OwnVoucher(DAY, what, head, euros(amount) if amount else None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("head", sorted(VOUCHER_HEADS))
def test_an_own_voucher_counts_under_its_head(head: str) -> None:
    """Each head that takes them counts 100.00 of a voucher, once, stated; a saving comes off."""
    found = assess(case(voucher(head, "100.00")), detection())
    mine = position(found, head)
    assert mine.amount == exact("-100.00" if HEADS[head].saves else "100.00")
    assert mine.grade is ProofGrade.STATED
    assert found.total == mine.amount


def test_a_journey_is_kilometres_times_what_one_costs() -> None:
    """48 km x 0.30 = 14.40; without what one costs it waits, and that is said."""
    drive = voucher(what="To the customer with the plans", amount=None, km=48, per_km=euros("0.30"))
    assert position(assess(case(drive), detection()), "own_costs").amount == exact("14.40")
    bare = assess(case(voucher(amount=None, km=48)), detection())
    assert bare.total == Range() and any("km" in gap.text.id for gap in bare.missing)
    assert "damage.own_voucher" in codes(bare)


def test_an_unpaid_bill_counts_without_vat_where_the_firm_owes_it() -> None:
    """A guest's bill of 107.00 with 7 %: 100.00 for who deducts, 107.00 for who does not."""
    bill = voucher("unpaid_bills", "107.00", "Room 12", vat=Decimal("0.07"))
    assert position(
        assess(case(bill, firm__deducts_input_vat="yes"), detection()), "unpaid_bills"
    ).amount == exact("100.00")
    assert position(
        assess(case(bill, firm__deducts_input_vat="no"), detection()), "unpaid_bills"
    ).amount == exact("107.00")


def test_the_same_voucher_noted_twice_counts_once_and_two_rows_of_a_list_twice() -> None:
    """A row has its place; a note is known by what it says."""
    assert assess(case(voucher(), voucher()), detection()).total == exact("19.90")
    rows = [voucher(source=Locator("list", f"row {n}")) for n in (2, 3)]
    found = assess(case(*rows), detection())
    assert found.total == exact("39.80")
    assert position(found, "own_costs").grade is ProofGrade.RECORD


@given(st.permutations([voucher(amount=f"{n}.00", what=str(n)) for n in (1, 2, 3)]))
def test_the_order_of_vouchers_changes_nothing(vouchers: list[OwnVoucher]) -> None:
    """1 + 2 + 3, whatever comes first."""
    assert assess(case(*vouchers), detection()).total == exact("6.00")


def test_outside_help_is_paid_by_receipt() -> None:
    """A technician's bill counts under its own head."""
    found = assess(case(invoice("T1", "240.00"), purpose("T1", "outside_help")), detection())
    assert position(found, "outside_help").amount == exact("240.00")


def test_wages_that_were_saved_come_off() -> None:
    """Two helpers sent home without pay for 4 hours at 15.00: 120.00 off the damage."""
    shifts = [worked(person, ShiftKind.UNPAID, 4) for person in ("H1", "H2")]
    found = assess(
        case(*shifts, wage("15.00", person="H1"), wage("15.00", person="H2"), voucher(amount="500.00")),
        detection(),
    )
    assert position(found, "saved_wages").amount == exact("-120.00")
    assert found.total == exact("380.00")


def test_a_credit_of_the_provider_comes_off() -> None:
    """What he credited already is no damage any more."""
    found = assess(case(voucher("credits_received", "80.00"), voucher(amount="500.00")), detection())
    assert found.total == exact("420.00")


def test_wasted_spending_is_certain_only_instead_of_lost_takings() -> None:
    """200.00 by itself; where takings are claimed too, nothing in the cautious case (§ 284 BGB), and that is said."""
    alone = assess(case(voucher("wasted_spending", "200.00")), detection())
    assert position(alone, "wasted_spending").amount == exact("200.00")
    for takings in (order("1", MORNING, "50.00"), Unit(UnitKind.TAKINGS, MORNING, euros("50.00"))):
        beside = assess(case(voucher("wasted_spending", "200.00"), takings), detection())
        assert position(beside, "wasted_spending").amount == Range(ZERO, euros("200.00"), euros("200.00"))
        assert "damage.wasted_spending" in codes(beside)


def worked(person: str, kind: ShiftKind, hours: float) -> Shift:
    """Hours of the morning."""
    return replace(shift(kind, MORNING, hours), person=person)


def kept_back(**more: object) -> CustomerClaim:
    """A penalty of 500.00 that a customer kept back from bill R-7."""
    said = {
        "customer": "Bauherr Muster GmbH",
        "at": date(2015, 2, 16),
        "amount": euros("500.00"),
        "reason": "Plans too late",
        "paid": date(2015, 3, 2),
        "withheld_from": "R-7",
    } | more
    return CustomerClaim(**said)  # type: ignore[arg-type]


def test_a_penalty_kept_back_is_proven_by_the_payment_that_came_in_short() -> None:
    """Bill of 2,380.00, 1,880.00 came: 500.00, a third party's receipt; without both a statement."""
    alone = position(assess(case(kept_back()), detection()), "withheld_penalties")
    assert (alone.amount, alone.grade) == (exact("500.00"), ProofGrade.STATED)
    paid = BankEntry(
        "DE00",
        date(2015, 3, 2),
        euros("1880.00"),
        "BAUHERR MUSTER",
        "RG R-7 abzgl. Strafe",
        Locator("bank", "row 4"),
    )
    found = assess(case(kept_back(), invoice("R-7", "2000.00", "380.00"), paid), detection())
    mine = position(found, "withheld_penalties")
    assert (mine.amount, mine.grade) == (exact("500.00"), ProofGrade.RECEIPT)
    assert not any(p.head == "customer_claims" for p in found.positions)


@pytest.mark.parametrize(
    ("person", "facts"),
    [
        ("Dr. Anna Weber", {"firm__owners": "Dr. med. dent. Anna Weber"}),
        ("Anna Weber", {"firm__name": "Zahnarztpraxis Dr. Anna Weber"}),
        ("Inhaberin", {}),
        ("Kurt Beispiel (Inhaber)", {"firm__name": "Hotel Beispiel"}),
    ],
)
def test_an_owners_own_hours_cost_no_wage(person: str, facts: dict[str, str]) -> None:
    """Six hours at 75.00 are typed for the owner: nothing counts, and it is said why."""
    world = case(worked(person, ShiftKind.REMOVAL, 6), wage("75.00", person=person), **facts)
    found = assess(world, detection())
    assert found.total == Range() and "damage.owner_hours" in codes(found)


@pytest.mark.parametrize(
    ("person", "facts"),
    [
        ("Anna Weber", {"firm__name": "Weber Technik GmbH"}),
        ("Anna Weber", {"firm__name": "Anna Weber GmbH"}),
        ("Anna Weber", {}),
        ("M01", {"firm__owners": "Kurt Beispiel"}),
        ("XXXX-2", {"firm__owners": "XXXX-1"}),
    ],
)
def test_who_is_paid_counts_as_before(person: str, facts: dict[str, str]) -> None:
    """A managing director of a company is paid, and so is who bears another name."""
    world = case(worked(person, ShiftKind.REMOVAL, 6), wage("75.00", person=person), **facts)
    assert assess(world, detection()).total == exact("450.00")


def own(number: str, **more: object) -> Invoice:
    """A paper that the firm of the case wrote to a customer: 100.00 net, 19.00 VAT."""
    made = replace(invoice(number, "100.00", "19.00", proven_by=()), seller="Muster GmbH", buyer="Kunde KG")
    return replace(made, **more)


def test_what_the_firm_itself_wrote_counts_where_a_person_says_so() -> None:
    """A credit note to a customer and a bill that nobody paid: net where the firm owes VAT, else gross, by their share;
    a paid bill and a foreign one are refused, one that is not there is asked for."""
    facts = {"firm__name": "Muster GmbH"}
    given = (
        own("G1", credit=True),
        purpose("G1", "credits_given", "0.5"),
        own("R1"),
        purpose("R1", "unpaid_bills"),
    )
    for deducts, credit, bill in (("yes", "50.00", "100.00"), ("no", "59.50", "119.00")):
        found = assess(case(*given, firm__deducts_input_vat=deducts, **facts), detection())
        assert position(found, "credits_given").amount == exact(credit)
        assert position(found, "unpaid_bills").amount == exact(bill)
    paid = replace(own("R2"), proven_by=("bank",))
    for wrong in (paid, invoice("R2", "100.00", "19.00")):
        found = assess(case(wrong, purpose("R2", "unpaid_bills"), **facts), detection())
        assert (found.total, "damage.own_paper" in codes(found)) == (Range(), True)
    absent = assess(case(purpose("R3", "unpaid_bills"), **facts), detection())
    assert any(gap.head == "unpaid_bills" and gap.text.args == {"number": "R3"} for gap in absent.missing)
