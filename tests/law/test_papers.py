"""How long papers are kept, and when a running loss meets the cap."""

from __future__ import annotations

from datetime import date

import pytest

from heller.law import cap_ahead
from heller.law.book.refusals import BeyondTheData
from heller.law.de import retention
from heller.model.money import Money

TODAY = date(2026, 11, 24)


def test_receipts_eight_years_letters_six() -> None:
    """§ 147 (3) AO, § 257 (4) HGB as RET-01 and RET-02 carry them, from the end of the calendar year."""
    receipt, letter = (keep(date(2015, 2, 4), TODAY) for keep in (retention.receipt, retention.letter))
    assert (receipt.until, letter.until) == (date(2023, 12, 31), date(2021, 12, 31))
    assert [one.id for one in receipt.sources] == ["RET-01", "RET-03", "RET-04"]


def test_the_periods_before_2025_are_not_known() -> None:
    """The rows begin with the change of 1 January 2025: an earlier day is refused."""
    with pytest.raises(BeyondTheData):
        retention.receipt(date(2015, 2, 4), date(2024, 12, 31))


@pytest.mark.parametrize(("per_day", "days"), [("1000", 13), ("1250", 10), ("12500.01", 1), ("0", None)])
def test_a_running_loss_meets_the_cap(per_day: str, days: int | None) -> None:
    """12,500 of § 44a TKG 2004, by hand: 13 days of 1,000, 10 of 1,250; never without a loss."""
    found = cap_ahead("DE", date(2015, 2, 4), Money.of(per_day), date(2015, 2, 11))
    assert (found.amount, found.reached) == (Money.of(12500), days)


def test_a_day_before_the_rules_has_no_cap() -> None:
    """Nothing is guessed: no figure, and it is said."""
    found = cap_ahead("DE", date(2012, 7, 1), Money.of(1000), date(2012, 7, 2))
    assert found.amount is None and found.reached is None
