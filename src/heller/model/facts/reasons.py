"""Why more was spent on keeping the loss small than it avoided. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import words
from heller.model.text import text

PLACE = 14  # among the groups

WHY = text("Without a reason the cost of keeping the loss small counts up to the loss that it avoided.")
OVERTIME = words("reasons.overtime", "Grund der Überstunden", text("Why the overtime could not wait"), WHY)
SUBSTITUTE = words(
    "reasons.substitute",
    "Grund der Notmaßnahmen",
    text("Why the emergency measures were needed all the same"),
    WHY,
)
