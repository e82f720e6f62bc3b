"""The fee paid for the dead line: for each whole dead day its share of that month's fee."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "line_fee",
    text("Fee for the dead days"),
    rank=80,
    receipts=True,
    whole=False,
    words=("Grundentgelt",),
)
