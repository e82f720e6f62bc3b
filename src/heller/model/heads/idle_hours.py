"""Wages of idle staff: owed in both worlds, so they add nothing."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "idle_hours",
    text("Wages of idle staff"),
    rank=140,
)
