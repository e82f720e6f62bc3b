"""Overtime to clear the backlog: hours x wage x (1 + surcharge)."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "overtime",
    text("Overtime"),
    rank=100,
    insured=InsuredAs.AVERTED,
)
