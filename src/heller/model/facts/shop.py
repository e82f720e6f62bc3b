"""What the firm earns over the line. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import share, yes_no
from heller.model.text import text

PLACE = 4  # among the groups

MARGIN = share(
    "shop.margin",
    "Deckungsbeitrag",
    text("Contribution margin"),
    text("Lost sales count only with what would have been left of them."),
    also=("Deckungsbeitragsquote", "Contribution margin of the shop"),
)
CUSTOMERS_RETURN = yes_no(
    "shop.customers_return",
    "Versäumtes kann nachgeholt werden",
    text("What was missed can be caught up on later"),
    text("{units:cap} that came back later reduce the loss."),
    also=("Kunden können später bestellen", "Customers can order later"),
)
