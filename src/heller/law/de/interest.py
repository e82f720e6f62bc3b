"""Default interest, §§ 247, 288 (1), 289 BGB: base rate of each half-year plus five points, no compound.

The first day is the day after the event, the last day counts too (§ 187 (1) BGB). How many days a year
has is not fixed by the statute: act/365 is the default, act/act the other reading; never 30/360.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from heller.law.book.interest import Basis, Interest, known_until, simple
from heller.law.book.rules import Rule, usable
from heller.law.chain.steps import InterestLaw
from heller.law.de import deadlines
from heller.law.de.rules import book, norm
from heller.model.money import Money
from heller.model.text import Text, text


def points() -> Decimal:
    """Percentage points above the base rate for damages, § 288 (1) BGB (not the 9 of § 288 (2))."""
    return usable(book().rule("BGB-288-1")).versions[-1].number("points")


def payment_rule(arose: date, rendered: date | None = None) -> str:
    """Which rule gives the points of a payment claim between businesses: § 288 (2) BGB, old or new, by the
    day the obligation arose; an older continuing contract has the new one for what is `rendered` after
    30 June 2016 (Art. 229 § 34 EGBGB). Never for damages."""
    told = book().in_force("SEL-03", max(arose, book().rule("SEL-03").versions[0].since)).values
    old_until, continuing_until = (
        date.fromisoformat(str(told[k])) for k in ("old_until", "continuing_until")
    )
    newer = arose > old_until or (rendered is not None and rendered > continuing_until)
    return "BGB-288-2b" if newer else "BGB-288-2a"


def from_pendency(served: date) -> date:
    """The first day of interest from pendency, § 291 BGB: the day after service."""
    days = book().for_sum("BGB-291", served).number("days_after_service")
    return served + timedelta(int(days))


def interest(
    principal: Money,
    first: date,
    last: date,
    *,
    above: Decimal | None = None,
    basis: Basis = Basis.ACT_365,
    base: Rule | None = None,
) -> Interest:
    """Simple interest from `first` to `last`, both included; nothing where `last` lies before `first`.

    `above` are percentage points over the base rate (default: § 288 (1) BGB), `base` the table of base
    rates. Raises BeyondTheData where the table does not carry a day: rates are never extrapolated.
    """
    table = base or usable(book().rule("BGB-247"))
    return simple(principal, first, last, table, points() if above is None else above, basis)


def last_known_day(base: Rule | None = None) -> date:
    """The last day for which the base rate is known."""
    return known_until(base or book().rule("BGB-247"))


def _words(made: Interest, first: date, last: date) -> Text:
    return text(
        "From {first} to {last}, {days} days: five points above the base rate, act/365, "
        "no compound interest.",
        first=first,
        last=last,
        days=made.days,
    )


def _runs_on() -> Text:
    return text(
        "From {day} on interest of five percentage points above the base rate then in force is owed.",
        day=last_known_day() + timedelta(1),
    )


DAMAGES = InterestLaw(norm("BGB-288-1"), interest, last_known_day, _words, _runs_on)


def default_begins(until: date, state: str = "") -> date:
    """The first day of default after a demand for payment by a day: the one after the period, which § 193 BGB
    moves off Saturdays, Sundays and holidays. Raises BeyondTheData for a day without a base rate or calendar."""
    first = deadlines.default_begins(until, state)
    book().begins(first, "BGB-247")
    return first
