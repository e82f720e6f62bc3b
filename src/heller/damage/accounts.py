"""Which accounts of a German chart are takings, variable cost, fixed cost; and the VAT inside a booking.

Blocks of SKR03 and SKR04 as DATEV's own charts for 2026 have them (revenue 8400/4400, deductions
8700/4700, services 3100/5900, goods 3400/5400, incidental purchase cost 3800/5800, delivery 4700/6700,
wages 4100/6000). Variable or fixed is a first answer that the firm may change; it is always shown.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from heller.model.money import Money
from heller.model.text import Text, text


class Kind(Enum):
    """What an account is for the contribution margin."""

    REVENUE = "revenue"
    DEDUCTION = "deduction"
    VARIABLE = "variable"
    FIXED = "fixed"


class Block(Struct, frozen=True):
    """Accounts from `first` to `last`, both included."""

    first: int
    last: int
    kind: Kind
    name: Text


REVENUE = text("Revenue")
DEDUCTIONS = text("Reductions of revenue")
GOODS = text("Goods and material")
SERVICES = text("Services bought in")
DELIVERY = text("Cost of delivering goods")
WAGES = text("Wages and salaries")
OTHER = text("Other operating cost")

CHARTS: dict[str, tuple[Block, ...]] = {
    "SKR03": (
        Block(3000, 3099, Kind.VARIABLE, GOODS),
        Block(3100, 3199, Kind.VARIABLE, SERVICES),
        Block(3200, 3969, Kind.VARIABLE, GOODS),
        Block(4000, 4099, Kind.VARIABLE, GOODS),
        Block(4100, 4199, Kind.FIXED, WAGES),
        Block(4200, 4699, Kind.FIXED, OTHER),
        Block(4700, 4799, Kind.VARIABLE, DELIVERY),
        Block(4800, 4999, Kind.FIXED, OTHER),
        Block(8000, 8699, Kind.REVENUE, REVENUE),
        Block(8700, 8799, Kind.DEDUCTION, DEDUCTIONS),
    ),
    "SKR04": (
        Block(4000, 4699, Kind.REVENUE, REVENUE),
        Block(4700, 4799, Kind.DEDUCTION, DEDUCTIONS),
        Block(5000, 5899, Kind.VARIABLE, GOODS),
        Block(5900, 5999, Kind.VARIABLE, SERVICES),
        Block(6000, 6199, Kind.FIXED, WAGES),
        Block(6200, 6699, Kind.FIXED, OTHER),
        Block(6700, 6799, Kind.VARIABLE, DELIVERY),
        Block(6800, 6999, Kind.FIXED, OTHER),
    ),
}
# Accounts that take the VAT out of what is booked on them, by first number: 8400 to 8409 and so on.
AUTOMATIC: dict[str, dict[int, str]] = {
    "SKR03": {8400: "19", 8300: "7", 3400: "19", 3300: "7"},
    "SKR04": {4400: "19", 4300: "7", 5400: "19", 5300: "7"},
}
# Tax keys: help.knowau.de/Buchungsschlussel.html; 40 switches the automatic off, datev.de/hilfe/9247333.
KEYS = {"2": "7", "3": "19", "8": "7", "9": "19"}
NO_TAX = ("40", "1", "0")
TEMPORARY = (date(2020, 7, 1), date(2020, 12, 31))  # 16 % and 5 % for half a year
RATES = {"19": (Decimal("0.19"), Decimal("0.16")), "7": (Decimal("0.07"), Decimal("0.05"))}


def block(chart: str, account: str) -> Block | None:
    """The block of an account of four figures; None for balance sheet, debtors, creditors, neutral ones."""
    if len(account) != 4 or not account.isdecimal():
        return None
    return next((b for b in CHARTS[chart] if b.first <= int(account) <= b.last), None)


def net(amount: Money, day: date, chart: str, account: str, key: str) -> Money | None:
    """What a booking moves on an account without VAT; None where its tax key is not known.

    A two-figure key that begins with 2 turns a booking round (Generalumkehr).
    """
    if len(key) == 2 and key[0] in "29" and key[1] in KEYS:
        amount, key = (-amount if key[0] == "2" else amount), key[1]
    rate = KEYS.get(key)
    if not key:
        rate = AUTOMATIC[chart].get(int(account) // 10 * 10)
    elif rate is None:
        return amount if key in NO_TAX else None
    if rate is None:
        return amount
    usual, lowered = RATES[rate]
    share = lowered if TEMPORARY[0] <= day <= TEMPORARY[1] else usual
    return amount * (1 / (1 + Fraction(share)))
