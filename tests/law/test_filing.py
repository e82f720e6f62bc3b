"""What a court takes by electronic filing, by the day."""

from __future__ import annotations

from datetime import date

import pytest

from heller import law


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (date(2015, 6, 30), "3.5.1"),  # before the first that was read
        (date(2026, 4, 29), "3.5.1"),
        (date(2026, 11, 30), "3.6.2"),
        (date(2027, 4, 30), "3.7.0"),
    ],
)
def test_limits_and_message_of_a_day(on: date, message: str) -> None:
    """1,000 files, 200 MB, names of 90 characters; the message changes each 30 April."""
    rules = law.filing_rules("DE", on)
    assert rules is not None
    assert (rules.files, rules.size, rules.name, rules.message) == (1000, 200_000_000, 90, message)
    assert [norm.id for norm in rules.norms] == ["ERVV-2", "ERVB", "XJUSTIZ"]


@pytest.mark.parametrize("code", ["AT", "CH", "XX"])
def test_elsewhere_nobody_knows(code: str) -> None:
    """No rule is invented for another country."""
    assert law.filing_rules(code, date(2026, 11, 30)) is None
