"""What was answered for the first estimate, until papers say it better. One row, one fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heller.model.fact_spec import FactSpec, decimal, moment, money, share
from heller.model.facts.shop import MARGIN
from heller.model.text import text

PLACE = 13  # among the groups

BASIS = "Erste Schätzung"  # as an office calls it; a fact on another basis, and any paper, is better
WHY = text("It was answered for the first estimate; papers replace it one by one.")
SINCE = moment("estimate.since", "Ausfall seit", text("Since when the line is down"), WHY)
PEOPLE = decimal("estimate.people", "Betroffene Mitarbeiter", text("People who cannot work"), WHY)
PER_HOUR = money(
    "estimate.per_hour", "Kosten einer Arbeitsstunde", text("What an hour of one of them costs"), WHY
)
REVENUE = money("estimate.revenue", "Umsatz eines Arbeitstags", text("Revenue of a usual working day"), WHY)
SHARE = share("estimate.share", "Anteil über den Anschluss", text("Share of it that needs the line"), WHY)

# the answers by the name that both doors give them
ANSWERS: Mapping[str, FactSpec[Any]] = {
    "since": SINCE,
    "people": PEOPLE,
    "hour": PER_HOUR,
    "revenue": REVENUE,
    "share": SHARE,
    "margin": MARGIN,
}
