"""A house with guests: bookings."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "hotel",
    text("House with guests"),
    ("hotel", "pension", "gasthof", "gasthaus", "restaurant", "gastronomie", "ferienwohnung", "guest house"),
    {
        "en": english("booking", "bookings", "guests", "the house"),
        "de": TradeWords(
            "Buchung",
            "Buchungen",
            "Buchungen",
            "Gäste",
            "Gästen",
            "das Haus",
            "das Haus",
            "dem Haus",
            "des Hauses",
        ),
    },
)
