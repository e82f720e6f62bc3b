"""Cancelled orders, named order by order with the customer's mail: the margin of each."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "cancelled_orders",
    text("Cancelled orders"),
    rank=110,
    insured=InsuredAs.MARGIN,
)
