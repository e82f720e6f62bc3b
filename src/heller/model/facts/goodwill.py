"""Loss of goodwill, as the firm estimates it. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import Side, money
from heller.model.text import text

PLACE = 7  # among the groups

STATED = money(
    "goodwill.stated",
    "Ansehensverlust geschätzt",
    text("Loss of goodwill, as estimated"),
    text("It is recorded; only concrete loss or cost counts."),
    side=Side.US,
)
