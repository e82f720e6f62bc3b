"""What the firm's own customers demand for the outage: paid it counts, open it is a claim for release."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "customer_claims",
    text("Claims of own customers"),
    rank=60,
    receipts=True,
    words=("Kundenforderung", "Vertragsstrafe"),
)
