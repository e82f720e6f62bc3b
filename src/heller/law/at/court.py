"""Court, lawyer, payment order and court fee by value; what a lawyer costs is not known here."""

from __future__ import annotations

from datetime import date

from heller.law.at.rules import book
from heller.law.book.refusals import BeyondTheData
from heller.model.money import Money


def district(value: Money, on: date) -> bool:
    """Whether the district court (Bezirksgericht) decides. Raises BeyondTheData before 2015."""
    return value <= book().for_sum("AT-JN-49", on).money("up_to")


def lawyer(value: Money, on: date) -> bool:
    """Whether a lawyer is mandatory."""
    return value > book().for_sum("AT-ZPO-27", on).money("up_to")


def payment_order(value: Money, on: date) -> bool:
    """Whether the action begins as a payment order."""
    return value <= book().for_sum("AT-ZPO-244", on).money("up_to")


def fee(value: Money, on: date) -> Money:
    """The flat fee of the first instance. Raises BeyondTheData before April 2025 and above 350,000 EUR."""
    rule = book().rule("AT-GGG-TP1")
    version = book().for_sum("AT-GGG-TP1", on)
    for up_to, amount in version.rows("steps"):
        if value <= Money.of(up_to):
            return Money.of(amount)
    raise BeyondTheData("AT-GGG-TP1", on, rule.versions[0].since, rule.known_until)
