"""The first estimate of a running outage, while nothing else is known. Pure."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller import damage, law
from heller.damage.quick import Answers, Quick
from heller.model.advice import CapAhead
from heller.model.case import Case


def estimate(said: Answers, zone: ZoneInfo, case: Case | None = None) -> tuple[Quick, CapAhead]:
    """The first estimate of five answers, and the cap that it will meet in the country of the case, or in that
    of the time zone."""
    country = law.seat(case).code if case else law.proposed(zone.key).code
    quick = damage.estimate(said, zone, country)
    since, on = (at.astimezone(zone).date() for at in (said.since, said.now))
    state = case.facts.place if case else None
    return quick, law.cap_ahead(country, since, quick.per_day.likely, on, state)
