"""When a claim is time-barred, as any country says it; it works out no period itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from heller.law.book.refusals import LawRefused
from heller.law.facts_of_case import Dealings
from heller.model.damage import NO_RULE, NormRef
from heller.model.text import Text


class TimeBar(Struct, frozen=True):
    """The last day on which the claim can be sued for, and how it was worked out."""

    end: date
    computation: Text


class LimitationLaw(Struct, frozen=True):
    """When a claim is time-barred: `norm`, and `plea` once it is; `bar` by the first day of the outage and what was
    said since (raises LawRefused), `check` what to look at where the day has passed, `stops` what alone keeps it from
    passing. `silence` is after how many months without the next word talks are over."""

    norm: NormRef
    bar: Callable[[date, Dealings], TimeBar]
    check: Text
    stops: Text
    silence: int = 1
    plea: NormRef = NO_RULE


def time_bar(law: LimitationLaw, began: date, dealings: Dealings) -> TimeBar | None:
    """The end of limitation, None where the rules do not carry the day."""
    try:
        return law.bar(began, dealings)
    except LawRefused:
        return None
