"""When a period ends, with the public holidays of the state."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.de.answers import period
from heller.law.de.queries.customer import Catholic, State
from heller.model.text import text


def ask(
    *,
    event: Annotated[date, QuerySpec(text("The day of the event; it does not count."), name="--from")],
    length: Annotated[int, QuerySpec(text("How many days, weeks, months, years or working days."))],
    unit: Annotated[str, QuerySpec(text("days, weeks, months, years or working-days."))] = "days",
    state: State = "",
    catholic: Catholic = False,
    event_counts: Annotated[
        bool, QuerySpec(text("The beginning of the day decides, so the day counts."))
    ] = False,
    unmoved: Annotated[
        bool, QuerySpec(text("Nothing must be declared or done, so § 193 BGB moves nothing."))
    ] = False,
) -> LawAnswer:
    """The last day, and where a weekend or holiday moves it."""
    return period.answer(
        event, length, unit, state, catholic=catholic, event_day_counts=event_counts, moves=not unmoved
    )
