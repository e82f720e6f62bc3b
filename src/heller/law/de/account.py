"""The account by German law: §§ 366, 367 BGB (which debt a payment takes), §§ 389, 396 (set-off), 397 (waiver),
398, 407 (assignment), 779 (settlement), 286 (2) no. 1 (default of an instalment)."""

from __future__ import annotations

from heller.law.account.account_law import AccountLaw, Rank
from heller.law.de import deadlines, interest
from heller.law.de.rules import norm
from heller.model.account import DAMAGES, Debt


def rank(debt: Debt, bears: bool) -> Rank:
    """§ 366 (2) BGB among debts that are due: what gives the creditor less security first, that is what is time-barred
    in an earlier year (ACCOUNT-SECURITY); then what burdens the debtor more, that is what bears interest; then the
    older one."""
    return (debt.arose.year, not bears, debt.arose)


ACCOUNT = AccountLaw(
    rates={DAMAGES: interest.DAMAGES},
    rank=rank,
    default_begins=deadlines.default_begins,
    in_time=deadlines.next_working_day,
    grounds={
        "payment": norm("BGB-366"),
        "purpose": norm("BGB-366-1"),
        "meant": norm("ACCOUNT-MEANT"),
        "parts": norm("BGB-367"),
        "credit_note": norm("BGB-364"),
        "service_credit": norm("BGB-341-2"),
        "set_off": norm("BGB-389"),
        "withheld": norm("BGB-273"),
        "waiver": norm("BGB-397"),
        "insurer": norm("VVG-86"),
        "settlement": norm("BGB-779"),
        "instalment": norm("BGB-286"),
        "forfeiture": norm("ACCOUNT-FORFEIT"),
        "assignment": norm("BGB-407"),
        "succession": norm("UMWG-20"),
    },
)
