"""What an answer cannot carry is refused with what, why and what to do; nothing is extrapolated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from heller.law.book.refusals import BeyondTheData
from heller.law.de.answers import cap, compensation, court, fees, interest, limitation
from heller.law.de.rules import rule
from heller.model.errors import InputRefused
from heller.model.money import Money

D = date.fromisoformat

REFUSED = [
    lambda: interest.answer(Money(-1), D("2020-01-01"), D("2020-01-02")),
    lambda: interest.answer(Money(1), D("2020-01-02"), D("2020-01-01")),
    lambda: interest.answer(Money(1), D("2020-01-01"), D("2020-01-02"), basis="30/360"),
    lambda: interest.answer(Money(1), D("2020-01-01"), D("2020-01-02"), Decimal("-1")),
    lambda: fees.answer(Money(-1), D("2020-01-01")),
    lambda: fees.answer(Money(1), D("2020-01-01"), 3),
    lambda: fees.answer(Money(1), D("2025-12-22"), 1, fees.FeeQuery(online=True)),  # the day before its first
    lambda: fees.answer(Money(1_000_001), D("2026-06-30"), 1, fees.FeeQuery(online=True)),
    lambda: fees.answer(Money(1), D("2026-06-30"), 2, fees.FeeQuery(online=True)),
    lambda: compensation.answer(Money(1), D("2026-02-18"), D("2026-02-04"), "NW"),
    lambda: compensation.answer(Money(1), D("2026-02-04"), D("2026-02-18"), "Tirol"),
    lambda: compensation.answer(Money(1), D("2026-02-04"), D("2026-02-18"), "", "tkg59"),
    lambda: compensation.answer(Money(1), D("2026-02-04"), D("2026-02-18"), "NW", "tkg60"),
    lambda: cap.answer(D("2020-01-01"), "slight"),
    lambda: limitation.answer(D("2015-02-04"), [(D("2015-06-17"), D("2015-03-18"))]),
    lambda: limitation.answer(D("2015-02-04"), [(D("2015-02-03"), D("2015-03-18"))]),
    lambda: court.answer(Money(-1), D("2020-01-01")),
]


@pytest.mark.parametrize("ask", REFUSED)
def test_what_makes_no_sense_is_refused(ask: Any) -> None:
    """A refusal says what, why and what to do."""
    with pytest.raises(InputRefused) as refused:
        ask()
    assert refused.value.what.id and refused.value.why.id and refused.value.do.id


BEYOND = [
    lambda: interest.answer(Money(1), D("2001-12-31"), D("2002-12-31")),
    lambda: interest.answer(Money(1), D("2026-12-31"), D("2027-01-01")),  # the base rate of 2027 is not known
    lambda: fees.answer(Money(1), D("2012-07-01")),
    lambda: fees.answer(Money(1), D("2199-01-01")),
    lambda: compensation.answer(Money(1), D("2012-07-01"), D("2012-07-05"), "NW"),
    lambda: compensation.answer(Money(1), D("2026-02-04"), D("2199-02-18"), "NW"),
    lambda: cap.answer(D("2012-07-01"), "gross"),
    lambda: limitation.answer(D("2012-07-01")),
    lambda: limitation.answer(D("2015-02-04"), [(D("2015-03-18"), D("2199-06-17"))]),
    lambda: court.answer(Money(1), D("2012-07-01")),
]


@pytest.mark.parametrize("ask", BEYOND)
def test_nothing_is_extrapolated(ask: Any) -> None:
    """Days outside the data are refused, and the refusal names a rule, not a function of ours."""
    with pytest.raises(BeyondTheData) as refused:
        ask()
    named = refused.value.what.args["id"]
    assert isinstance(named, str) and rule(named)


def test_a_day_after_the_rules_were_read_is_noted() -> None:
    """The court of tomorrow may be another: the answer says how far the rules were read."""
    known = rule("GVG-23").known_until
    assert (
        len(court.answer(Money(1), known + timedelta(1)).notes)
        == len(court.answer(Money(1), known).notes) + 1
    )
