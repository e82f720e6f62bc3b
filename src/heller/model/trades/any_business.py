"""A business of which nobody said what it is."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "any_business",
    text("Business"),
    (),
    {
        "en": english("order", "orders", "customers", "the business"),
        "de": TradeWords(
            "Auftrag",
            "Aufträge",
            "Aufträgen",
            "Kunden",
            "Kunden",
            "der Betrieb",
            "den Betrieb",
            "dem Betrieb",
            "des Betriebs",
        ),
    },
)
