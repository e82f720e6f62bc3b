"""What the firm sells over the line. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import share, yes_no
from heller.model.text import text

PLACE = 4  # among the groups

MARGIN = share(
    "shop.margin",
    "Deckungsbeitrag",
    text("Contribution margin of the shop"),
    text("Lost sales count only with what would have been left of them."),
)
CUSTOMERS_RETURN = yes_no(
    "shop.customers_return",
    "Kunden können später bestellen",
    text("Customers can order later"),
    text("Orders that came back later reduce the loss."),
)
