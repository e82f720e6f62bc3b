"""A place of counselling: sessions of those who come for advice."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "counselling",
    text("Counselling"),
    (
        "beratungsstelle",
        "sozialberatung",
        "schuldnerberatung",
        "suchtberatung",
        "familienberatung",
        "eheberatung",
        "sozialarbeit",
        "counselling",
    ),
    {
        "en": english(
            "session",
            "sessions",
            "clients",
            "the counselling centre",
            "outside services and material",
            takings="fees",
        ),
        "de": TradeWords(
            unit="Beratung",
            a_unit="eine Beratung",
            units="Beratungen",
            units_dat="Beratungen",
            cancelled="abgesagt",
            cancelled_units="abgesagte Beratungen",
            customers="Klienten",
            customers_dat="Klienten",
            the_place="die Beratungsstelle",
            the_place_acc="die Beratungsstelle",
            the_place_dat="der Beratungsstelle",
            of_the_place="der Beratungsstelle",
            costs="Fremdleistungen und Material",
            takings="Honorare",
            takings_dat="Honoraren",
        ),
    },
    secret=True,
    returning=0.75,
)
