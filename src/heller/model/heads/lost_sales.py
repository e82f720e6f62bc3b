"""Lost sales: takings that would have come, less saved variable cost, less what came back."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "lost_sales",
    text("Lost sales"),
    rank=120,
    insured=InsuredAs.MARGIN,
)
