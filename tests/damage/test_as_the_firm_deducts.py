"""Net or gross, paid in cash or set off, called off by whatever word: as the firm's own papers say it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import START, case, detection, euros, exact, invoice, order, position, purpose

from heller.damage import assess
from heller.damage.orders import calls_off
from heller.law.de.deadlines import public_holidays, state_code
from heller.model.finding import Locator
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.mail import Mail
from heller.model.kinds.purpose import PaidBy

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize(("deducts", "fee"), [("yes", "250.00"), ("no", "297.50")])
def test_the_fee_of_dead_days_is_net_or_gross(deducts: str, fee: str) -> None:
    """500.00 net a month, 14 of 28 days: 250.00, and 19 % more for who bears the VAT."""
    made = case(line__monthly_fee="500.00", line__country="DE", firm__deducts_input_vat=deducts)
    assert position(assess(made, detection()), "line_fee").amount == exact(fee)


@pytest.mark.parametrize(("deducts", "lost"), [("yes", "100.00"), ("no", "107.00")])
def test_a_price_given_back_to_a_guest_is_net_or_gross(deducts: str, lost: str) -> None:
    """107.00 with 7 %: the VAT in it is not owed any more by who owed it; a penalty holds none."""
    back = CustomerClaim(
        "Gast",
        date(2015, 2, 6),
        euros("107.00"),
        "refund",
        Locator("l"),
        date(2015, 2, 7),
        vat=Decimal("0.07"),
    )
    found = assess(case(back, firm__deducts_input_vat=deducts), detection())
    assert position(found, "customer_claims").amount == exact(lost)


@pytest.mark.parametrize("how", ["cash-change", "paid-on-it", *PaidBy])
def test_who_paid_otherwise_is_not_asked_for_a_bank_statement(how: object) -> None:
    """Change given back, paid on the receipt itself, or a person's word: cash, set off, kept back."""
    proof = (how,) if isinstance(how, str) else ()
    told = replace(purpose("B1", "extra_cost"), paid=how if isinstance(how, PaidBy) else PaidBy.BANK)
    found = assess(case(invoice("B1", "19.90", proven_by=proof), told), detection())
    asked = any("Bank statement" in gap.text.id for gap in found.missing)
    assert asked == (how is PaidBy.BANK)


@pytest.mark.parametrize(
    ("number", "said", "hit"),
    [
        ("T-418", "Leider sagen wir den Termin T-418 ab.", True),
        ("2015-77", "Wir stornieren die Buchung 2015-77.", True),
        ("P17b", "We cancel project P17b for good.", True),
        ("p17B", "We cancel project P17b for good.", True),
        ("7-P17b-4", "We cancel project 7-P17c-4.", False),
        ("T-418", "Leider sagen wir den Termin T-4181 ab.", False),
        ("T-418", "Vielen Dank für den Termin T-418!", False),
        ("12", "Wir sagen den Termin am 12. Februar ab.", False),
    ],
)
def test_a_mail_calls_off_by_number_whatever_the_noun(number: str, said: str, hit: bool) -> None:
    """The number as it stands and a word of calling off; a number of two signs may be any day."""
    mail = Mail(MORNING, "a@example.test", "b@example.test", "", said, Locator("mail"))
    assert calls_off(mail, number) is hit


def test_a_cancelled_appointment_counts_with_its_mail() -> None:
    """Its margin, under the head of what was called off."""
    gone = order("T-418", START - timedelta(days=1), "600.00", cancelled=True)
    mail = Mail(MORNING, "a@example.test", "b@example.test", "Absage", "Wir sagen T-418 ab.", Locator("mail"))
    found = assess(case(gone, mail, shop__margin="0.4"), detection())
    assert position(found, "cancelled_orders").amount == exact("240.00")


def test_assumption_day_is_one_by_municipality() -> None:
    """15 August is none in Bavaria as such, and one where the municipality has it; elsewhere the sign says nothing."""
    day = date(2025, 8, 15)
    assert day not in public_holidays("BY", 2025) and day in public_holidays("BY+", 2025)
    assert [state_code(said) for said in ("Bayern+", "BY+", "NW+", "Bayern")] == ["BY+", "BY+", "NW", "BY"]
    assert case(firm__state="BY", firm__local_holidays="yes").facts.place == "BY+"
    assert case(firm__state="BY", firm__local_holidays="no").facts.place == "BY"
