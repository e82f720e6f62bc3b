"""A salon: appointments of people who come to be cared for, bound to no secrecy."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "salon",
    text("Salon"),
    (
        "friseur",
        "frisör",
        "salon",
        "kosmetik",
        "nagelstudio",
        "barber",
        "hairdress",
        "beauty",
        "tattoo",
        "wellness",
    ),
    {
        "en": english("appointment", "appointments", "customers", "the salon", "material", article="an"),
        "de": TradeWords(
            unit="Termin",
            a_unit="ein Termin",
            units="Termine",
            units_dat="Terminen",
            cancelled="abgesagt",
            cancelled_units="abgesagte Termine",
            customers="Kunden",
            customers_dat="Kunden",
            the_place="der Salon",
            the_place_acc="den Salon",
            the_place_dat="dem Salon",
            of_the_place="des Salons",
            costs="Material",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    returning=0.6,
)
