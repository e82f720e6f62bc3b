"""Dates that matter: when payment was asked for, when the claim is time-barred."""

from __future__ import annotations

from datetime import date

from heller.law.de.deadlines import next_working_day
from heller.law.de.limitation import Limitation, limitation
from heller.law.given import Given
from heller.law.refused import LawRefused
from heller.law.rules import norm
from heller.model.claim import Deadline
from heller.model.finding import Finding
from heller.model.text import Text, text


def deadlines(given: Given, began: date) -> tuple[Deadline, ...]:
    """In order of date; `passed` as seen on the day asked for."""
    found = (_payment(given), _limitation(given, began))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.on))


def findings(given: Given, began: date) -> tuple[Finding, ...]:
    """A claim that may be time-barred."""
    end = time_bar(given, began)
    if end is None or given.as_of <= end.end:
        return ()
    return (
        Finding(
            "law.time_barred",
            text("The claim may be time-barred since {day}.", day=end.end),
            text(
                "Have a lawyer check at once whether anything suspended or restarted limitation "
                "(§§ 203, 204, 212 BGB)."
            ),
        ),
    )


def time_bar(given: Given, began: date) -> Limitation | None:
    """The end of limitation, None where the rules do not carry the day."""
    try:
        return limitation(began, given.talks)
    except LawRefused:
        return None


def _payment(given: Given) -> Deadline | None:
    if given.demand is None or given.demand.until is None or given.default is None:
        return None
    on = next_working_day(given.demand.until, given.state)
    return Deadline(
        on=on,
        what=text("Payment was demanded by this day"),
        norm=norm("BGB-286"),
        computation=text(
            "The date set in the demand letter is {day}; a Saturday, Sunday or public holiday moves it "
            "to the next working day.",
            day=given.demand.until,
        ),
        otherwise=text("From the day after, the provider is in default and owes interest."),
        passed=given.as_of > on,
    )


def _limitation(given: Given, began: date) -> Deadline | None:
    end = time_bar(given, began)
    if end is None:
        return None
    return Deadline(
        on=end.end,
        what=text("The claim is time-barred after this day"),
        norm=norm("BGB-199"),
        computation=_computation(given, began, end),
        otherwise=text("The provider may refuse to pay for good, however well the damage is proven."),
        passed=given.as_of > end.end,
    )


def _computation(given: Given, began: date, end: Limitation) -> Text:
    """The safe day, and the other one that somebody might count, with a warning."""
    hopeful = limitation(began, given.talks, talks_before_start_count=True)
    if hopeful.end <= end.end:
        return end.computation
    return text(
        "{computation} Counting all days of negotiations would give {day}; do not rely on it.",
        computation=end.computation,
        day=hopeful.end,
    )
