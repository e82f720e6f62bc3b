"""A shop: orders of customers."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "shop",
    text("Shop"),
    ("shop", "e-commerce", "onlinehandel", "versandhandel", "versand", "einzelhandel", "retail"),
    {
        "en": english("order", "orders", "customers", "the shop"),
        "de": TradeWords(
            "Bestellung",
            "Bestellungen",
            "Bestellungen",
            "Kunden",
            "Kunden",
            "der Shop",
            "den Shop",
            "dem Shop",
            "des Shops",
        ),
    },
)
