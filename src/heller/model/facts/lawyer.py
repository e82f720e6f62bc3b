"""The lawyer. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import Side, day, money, words
from heller.model.text import text

PLACE = 10  # among the groups

MANDATE = day(
    "lawyer.mandate",
    "Anwalt beauftragt am",
    text("Lawyer mandated on"),
    text("The day of the mandate selects the table of fees."),
)
NAME = words(
    "lawyer.name",
    "Anwalt",
    text("Lawyer"),
    text("The form of authority names the lawyer, and the statement of claim bears the name."),
)
ADDRESS = words(
    "lawyer.address", "Anschrift Anwalt", text("Address of the lawyer"), text("The form names it.")
)
ABOVE_STATUTE = money(
    "lawyer.above_statute",
    "Anwaltshonorar über der gesetzlichen Vergütung",
    text("Lawyer's fee above the statutory one"),
    text("Who wins gets the statutory fee back, not what was agreed beyond it."),
    side=Side.US,
)
