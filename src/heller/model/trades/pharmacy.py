"""A pharmacy: prescriptions and sales over the counter."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "pharmacy",
    text("Pharmacy"),
    (
        "apothek",
        "pharmac",
    ),
    {
        "en": english(
            "prescription", "prescriptions", "customers", "the pharmacy", "medicines and commission"
        ),
        "de": TradeWords(
            unit="Rezept",
            a_unit="ein Rezept",
            units="Rezepte",
            units_dat="Rezepten",
            cancelled="storniert",
            cancelled_units="stornierte Rezepte",
            customers="Kunden",
            customers_dat="Kunden",
            the_place="die Apotheke",
            the_place_acc="die Apotheke",
            the_place_dat="der Apotheke",
            of_the_place="der Apotheke",
            costs="Wareneinsatz und Gebühren",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    secret=True,
    returning=0.35,
)
