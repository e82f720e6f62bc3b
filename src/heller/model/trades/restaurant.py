"""A restaurant: tables that guests reserve."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "restaurant",
    text("Restaurant"),
    (
        "restaurant",
        "gasthaus",
        "gastronomie",
        "wirtshaus",
        "gaststätte",
        "café",
        "cafe",
        "bistro",
        "catering",
        "pizzeria",
    ),
    {
        "en": english("reservation", "reservations", "guests", "the restaurant", "food and drink"),
        "de": TradeWords(
            unit="Reservierung",
            a_unit="eine Reservierung",
            units="Reservierungen",
            units_dat="Reservierungen",
            cancelled="abgesagt",
            cancelled_units="abgesagte Reservierungen",
            customers="Gäste",
            customers_dat="Gästen",
            the_place="das Restaurant",
            the_place_acc="das Restaurant",
            the_place_dat="dem Restaurant",
            of_the_place="des Restaurants",
            costs="Speisen und Getränke",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    returning=0.15,
)
