"""Costs without an invoice: journeys, what was paid in cash, own vouchers that name no other head."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "own_costs",
    text("Costs without an invoice"),
    rank=46,
    receipts=True,
    reason=text("Spent because of the outage, without an invoice of anybody: journeys, small sums in cash."),
    insured=InsuredAs.AVERTED,
    words=("Eigenbeleg", "Fahrtkosten", "Kilometer", "Barauslagen", "Own costs"),
)
