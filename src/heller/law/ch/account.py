"""The account by Swiss law: what a payment takes first was not read, so the older debt is paid first."""

from __future__ import annotations

from heller.law.account.account_law import AccountLaw, Rank
from heller.law.book.calendar import PLAIN
from heller.law.ch import interest, periods
from heller.law.ch.rules import norm
from heller.model.account import DAMAGES, Debt


def rank(debt: Debt, bears: bool) -> Rank:
    """The older debt first."""
    return (debt.arose,)


ACCOUNT = AccountLaw(
    rates={DAMAGES: interest.DAMAGES},
    rank=rank,
    default_begins=periods.default_begins,
    in_time=PLAIN.next_working_day,
    grounds={"insurer": norm("CH-VVG-INSURER")},
)
