"""Credits of the provider under its service levels: they come off the damage."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

ROW = HeadOfLoss(
    "credits_received",
    text("Credits received from the provider"),
    rank=150,
    reason=text("The provider has credited this for the outage already; it comes off the damage."),
    words=("Gutschrift erhalten", "SLA-Gutschrift erhalten", "Credit received"),
    vouchers=True,
    saves=True,
)
