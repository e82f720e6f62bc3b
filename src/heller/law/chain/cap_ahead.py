"""The cap that a running loss will meet: how high, when it is reached, what lifts it."""

from __future__ import annotations

from datetime import date

from heller.law.book.refusals import BeyondTheData
from heller.law.de import liability
from heller.model.claim import CapAhead
from heller.model.money import ZERO, Money
from heller.model.text import text


def cap_ahead(outage: date, per_day: Money) -> CapAhead:
    """The cap by the day of the outage for a loss of so much a day."""
    try:
        found, lifters = liability.cap(outage), liability.lifters(outage)
    except BeyondTheData:
        return CapAhead(None, None, None, (text("The law of that day is not known here: no cap is shown."),))
    reached = -(-found.amount.cents // per_day.cents) if per_day > ZERO else None
    words = [found.reason]
    if reached is not None:
        words.append(
            text(
                "At the likely figure it is reached after {n} working days.",
                "At the likely figure it is reached after one working day.",
                n=reached,
            )
        )
    return CapAhead(found.amount, found.norm, reached, (*words, *(one.text for one in lifters)))
