"""A shop: orders of customers."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "shop",
    text("Shop"),
    (
        "shop",
        "e-commerce",
        "ecommerce",
        "onlinehandel",
        "versandhandel",
        "versand",
        "handel",
        "händler",
        "laden",
        "buchhandlung",
        "retail",
    ),
    {
        "en": english(
            "order", "orders", "customers", "the shop", "goods and freight", article="an", takings="sales"
        ),
        "de": TradeWords(
            unit="Bestellung",
            a_unit="eine Bestellung",
            units="Bestellungen",
            units_dat="Bestellungen",
            cancelled="storniert",
            cancelled_units="stornierte Bestellungen",
            customers="Kunden",
            customers_dat="Kunden",
            the_place="der Shop",
            the_place_acc="den Shop",
            the_place_dat="dem Shop",
            of_the_place="des Shops",
            costs="Ware und Fracht",
            takings="Verkäufe",
            takings_dat="Verkäufen",
        ),
    },
)
