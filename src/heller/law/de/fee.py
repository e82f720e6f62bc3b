"""The fee that comes back or falls: § 326 (1) BGB (or § 536 BGB, if the line is let), § 57 (4) TKG, and the
half fee after a failed change of provider."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from heller.law.book.fees import fee_for
from heller.law.book.versions import choose, in_force
from heller.law.de.rules import book
from heller.model.money import ZERO, Money

DAYS_OF_A_MONTH = 30  # as AG Düsseldorf, 20 C 8948/13, divided


def dead_days(first: date, repaired: date, *, repair_day_counts: bool = False) -> tuple[date, ...]:
    """The calendar days without service, from the day it stopped. The day of repair does not count
    unless the reading says so: the service came back on it."""
    last = repaired + timedelta(1) if repair_day_counts else repaired
    return tuple(first + timedelta(n) for n in range(max((last - first).days, 0)))


def fee_by_thirtieths(monthly: Money, days: int) -> Money:
    """The other reading: the monthly fee divided by 30, times the dead days.

    52.49 for 12 days are 21.00 (AG Düsseldorf, 31.03.2014, 20 C 8948/13).
    """
    return monthly * Fraction(days, DAYS_OF_A_MONTH)


def reduce(fee: Money, shortfall: Decimal) -> Money:
    """What a consumer keeps back of a fee for the missing share of speed or quality, § 57 (4) TKG.

    500.00 with 40 % of the speed are 300.00. Raises ValueError for a share outside 0 to 1.
    """
    if not 0 <= shortfall <= 1:
        raise ValueError(f"no share: {shortfall}")
    return fee * shortfall


@in_force(since="2012-07-02", until="2021-11-30")
def _half_2004() -> str:
    return "TKG04-46-3"


@in_force(since="2021-12-01")
def _half_2021() -> str:
    return "TKG21-59-6"


def half_rule(on: date) -> str:
    """Which rule halves the fee after a failed change of provider. Raises BeyondTheData."""
    return choose(on, (_half_2004, _half_2021))()


def owed_after_the_end(monthly: Money, days: Iterable[date]) -> Money:
    """The fee after the contract's end while a change of provider fails: half, to the day. The law of the
    first day counts. Raises BeyondTheData before 2 July 2012; no days cost nothing."""
    held = sorted(set(days))
    if not held:
        return ZERO
    share = book().for_sum(half_rule(held[0]), held[0]).number("share")
    return fee_for(monthly * share, held)[0]
