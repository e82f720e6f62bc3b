"""Credits that the firm gave its own customers under its service levels because of the outage."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

ROW = HeadOfLoss(
    "credits_given",
    text("Credits given to the {customers}"),
    rank=62,
    reason=text("Under its own contracts the firm had to credit its {customers} for the outage."),
    words=("Gutschrift an Kunden", "SLA-Gutschrift gegeben", "Credit given"),
    vouchers=True,
    own_papers=True,
)
