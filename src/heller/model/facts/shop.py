"""What the firm earns over the line. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import money, share, shares
from heller.model.text import text

PLACE = 4  # among the groups

MARGIN = share(
    "shop.margin",
    "Deckungsbeitrag",
    text("Contribution margin"),
    text("Lost {takings} count only with what would have been left of them."),
    also=("Deckungsbeitragsquote", "Contribution margin of the shop"),
)
CUSTOMERS_RETURN = shares(
    "shop.customers_return",
    "Versäumtes kann nachgeholt werden",
    text("What was missed can be caught up on later"),
    text("What came back later reduces the loss."),
    also=("Kunden können später bestellen", "Kunden kommen später", "Customers can order later"),
)
VAT = share(
    "shop.vat",
    "USt-Satz der Umsätze",
    text("Rate of VAT of the takings"),
    text("Takings count without VAT."),
)
UNIT_VALUE = money(
    "shop.unit_value",
    "Erlös je Einheit netto",
    text("What one unit of business brings, without VAT"),
    text("A list that names no amounts counts with it."),
)
