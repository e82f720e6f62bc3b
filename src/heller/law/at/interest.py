"""Default interest: 4 % a year, simple, never more than the principal before an action (§§ 1000, 1333, 1335 ABGB); and
the other reading between businesses (§ 456 UGB)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from heller.law.at.rules import book, norm, open_norm
from heller.law.book.interest import Interest, simple
from heller.law.book.refusals import LawRefused
from heller.law.book.rules import usable
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.running import change, each
from heller.law.chain.steps import InterestLaw
from heller.model.claim import Alternative
from heller.model.money import Money
from heller.model.text import Text, text

NO_POINTS = Decimal(0)
FAR = date(2099, 12, 31)  # a flat rate has no table that ends


def statutory(principal: Money, first: date, last: date) -> Interest:
    """4 %, first and last day included, capped at the principal."""
    made = simple(principal, first, last, usable(book().rule("AT-1000")), NO_POINTS)
    return made if made.exact <= principal.cents else _up_to_principal(made)


def _up_to_principal(made: Interest) -> Interest:
    """The segments up to the amount of the principal."""
    left, kept = Fraction(made.principal.cents), []
    for segment in made.segments:
        kept.append(replace(segment, exact=min(segment.exact, left)))
        left -= kept[-1].exact
    return replace(made, segments=tuple(kept))


def of_business(principal: Money, first: date, last: date) -> Interest:
    """Base rate of each half-year and 9.2 points. Raises BeyondTheData where the base rate was not read."""
    points = book().for_sum("AT-UGB-456", first).number("points")
    return simple(principal, first, last, usable(book().rule("AT-BASE")), points)


def words(made: Interest, first: date, last: date) -> Text:
    """What was counted."""
    return text(
        "4 % a year from {first} to {last}, {days} days, no compound; it stops at the amount of the principal.",
        first=first,
        last=last,
        days=made.days,
    )


DAMAGES = InterestLaw(norm("AT-1000"), statutory, lambda: FAR, words)


def business_rate(made: ClaimChain) -> Alternative | None:
    """The higher rate between businesses, if it covers damages."""
    given = made.situation.given
    if given.default is None or given.default > given.as_of or given.party.consumer:
        return None
    first, last = given.default, given.as_of
    try:
        higher = each(made.principal, lambda sum_: of_business(sum_, first, last).amount)
    except LawRefused:
        return None
    return Alternative(
        "business_rate",
        text("Between businesses 9.2 points above the base rate instead of 4 %, if that covers damages."),
        change(made.interest, higher),
        open_norm("AT-UGB-456"),
    )
