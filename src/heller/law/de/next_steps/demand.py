"""The letter of demand with a day."""

from __future__ import annotations

from heller.law.de.deadlines import CALENDAR
from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 60
STEP = step.demand(
    text("The date puts the provider in default; from the day after it owes interest (§ 286 BGB)."), CALENDAR
)
