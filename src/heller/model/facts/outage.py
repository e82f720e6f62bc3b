"""What explains the outage's own contradictions. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import words
from heller.model.text import text

PLACE = 12  # among the groups

CONTRADICTION = words(
    "outage.contradiction",
    "Widerspruch erklärt",
    text("What explains two statements that cannot both be right"),
    text("It is asked before a letter or dossier is built, and printed beside both."),
)
