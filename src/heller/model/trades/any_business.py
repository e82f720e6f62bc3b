"""A business of which nobody said what it is."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "any_business",
    text("Business"),
    (),
    {
        "en": english(
            "order", "orders", "customers", "the business", "goods and outside services", article="an"
        ),
        "de": TradeWords(
            unit="Auftrag",
            a_unit="ein Auftrag",
            units="Aufträge",
            units_dat="Aufträgen",
            cancelled="storniert",
            cancelled_units="stornierte Aufträge",
            customers="Kunden",
            customers_dat="Kunden",
            the_place="der Betrieb",
            the_place_acc="den Betrieb",
            the_place_dat="dem Betrieb",
            of_the_place="des Betriebs",
            costs="Ware und Fremdleistungen",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
)
