"""The lawyer. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import day
from heller.model.text import text

PLACE = 10  # among the groups

MANDATE = day(
    "lawyer.mandate",
    "Anwalt beauftragt am",
    text("Lawyer mandated on"),
    text("The day of the mandate selects the table of fees."),
)
