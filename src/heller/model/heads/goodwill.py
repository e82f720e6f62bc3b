"""Goodwill: not as such. What was stated is shown; what was paid to win customers back counts."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "goodwill",
    text("Goodwill"),
    rank=70,
    receipts=True,
    words=("Kundengewinnung", "Werbung"),
)
