"""Goods that spoilt because of the outage: what they cost, by receipt or own voucher."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "spoilt_goods",
    text("Spoilt goods"),
    rank=47,
    receipts=True,
    reason=text(
        "Bought before or during the outage and of no use afterwards. The contribution margin takes the cost of "
        "goods off as saved; for these it was not saved."
    ),
    insured=InsuredAs.THING,
    words=("Verdorbene Ware", "Warenverderb", "Verderb", "Spoilt goods"),
)
