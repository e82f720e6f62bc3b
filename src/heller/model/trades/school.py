"""A school: lessons of pupils."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "school",
    text("School"),
    (
        "schule",
        "schul",
        "unterricht",
        "nachhilfe",
        "akademie",
        "seminar",
        "kurse",
        "fitness",
        "studio",
        "school",
        "tuition",
        "training",
    ),
    {
        "en": english("lesson", "lessons", "pupils", "the school", "material and outside services"),
        "de": TradeWords(
            unit="Unterrichtseinheit",
            a_unit="eine Unterrichtseinheit",
            units="Unterrichtseinheiten",
            units_dat="Unterrichtseinheiten",
            cancelled="abgesagt",
            cancelled_units="abgesagte Unterrichtseinheiten",
            customers="Schüler",
            customers_dat="Schülern",
            the_place="die Schule",
            the_place_acc="die Schule",
            the_place_dat="der Schule",
            of_the_place="der Schule",
            costs="Material und Fremdleistungen",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    returning=0.6,
)
