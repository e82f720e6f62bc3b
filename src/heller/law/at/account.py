"""The account by Austrian law: what a payment takes first (§ 1416 ABGB)."""

from __future__ import annotations

from heller.law.account.account_law import AccountLaw, Rank
from heller.law.at import interest, periods
from heller.law.at.rules import norm
from heller.model.account import DAMAGES, Debt


def rank(debt: Debt, bears: bool) -> Rank:
    """The older debt first; of the statute only interest before principal was read."""
    return (debt.arose,)


ACCOUNT = AccountLaw(
    rates={DAMAGES: interest.DAMAGES},
    rank=rank,
    default_begins=periods.default_begins,
    in_time=periods.CALENDAR.next_working_day,
    grounds={"payment": norm("AT-1416"), "parts": norm("AT-1416"), "insurer": norm("AT-VERSVG-67")},
)
