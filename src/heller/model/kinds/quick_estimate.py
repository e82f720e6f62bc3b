"""Quick estimates: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from heller.model.amount import Range
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import moment, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class QuickEstimate(RecordNoun, frozen=True, tag="quick_estimate"):
    """Five answers given while nothing else is known, and the figures that they gave at the time.

    `at` is when it was made, `since` since when the line is dead; `share` of the revenue needs the
    line; `margin` is what is left of takings; `per_hour` is None where it was not said; `per_day` is one working day,
    `so_far` from `since` to `at`, or to `until`, when the line worked again.
    """

    at: datetime
    since: datetime
    people: Decimal
    per_hour: Money | None
    revenue: Money
    share: Decimal
    margin: Decimal
    per_day: Range
    so_far: Range
    source: Locator | None = None
    until: datetime | None = None


FIELDS = (
    moment("at", text("When was it?"), listed=True),
    moment("since", text("Since when the line is down")),
    moment("until", text("When it worked again")),
    words("per_day", text("Per working day"), listed=True),
    words("so_far", text("So far"), listed=True),
)
KIND = RecordKind(QuickEstimate, text("Quick estimates"), "notes", FIELDS, known_of=lambda record: record.at)
