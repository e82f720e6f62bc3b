"""Default interest: 5 % a year, flat (Art. 104 (1) OR); and interest from the day of the damage, which was not read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from heller.law.book.interest import Interest, simple
from heller.law.book.rules import usable
from heller.law.ch.rules import book, norm
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.running import change, each
from heller.law.chain.steps import InterestLaw
from heller.model.claim import Alternative
from heller.model.money import Money
from heller.model.text import Text, text

FAR = date(2099, 12, 31)  # a flat rate has no table that ends


def flat(principal: Money, first: date, last: date) -> Interest:
    """5 %, first and last day included."""
    return simple(principal, first, last, usable(book().rule("CH-OR-104-1")), Decimal(0))


def words(made: Interest, first: date, last: date) -> Text:
    """What was counted."""
    return text(
        "5 % a year from {first} to {last}, {days} days, no compound.", first=first, last=last, days=made.days
    )


DAMAGES = InterestLaw(norm("CH-OR-104-1"), flat, lambda: FAR, words)


def from_damage(made: ClaimChain) -> Alternative | None:
    """From the day after the service was back: by then all of the damage had occurred."""
    first, last = made.situation.back + timedelta(1), made.situation.given.as_of
    if first > last:
        return None
    earlier = each(made.principal, lambda sum_: flat(sum_, first, last).amount)
    reading = text("Interest of 5 % from the day of the damage on, not from default.")
    return Alternative(
        "interest_from_damage", reading, change(made.interest, earlier), norm("CH-DAMAGE-INTEREST")
    )
