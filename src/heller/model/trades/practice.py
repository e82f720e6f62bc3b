"""A practice: appointments of patients."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "practice",
    text("Practice"),
    (
        "praxis",
        "praxen",
        "arzt",
        "ärzt",
        "zahn",
        "therap",
        "heilpraktik",
        "hebamme",
        "physio",
        "logopäd",
        "psycholog",
        "practice",
        "dentist",
        "doctor",
        "physician",
        "clinic",
        "klinik",
        "mvz",
    ),
    {
        "en": english(
            "appointment", "appointments", "patients", "the practice", "material and laboratory", article="an"
        ),
        "de": TradeWords(
            unit="Termin",
            a_unit="ein Termin",
            units="Termine",
            units_dat="Terminen",
            cancelled="abgesagt",
            cancelled_units="abgesagte Termine",
            customers="Patienten",
            customers_dat="Patienten",
            the_place="die Praxis",
            the_place_acc="die Praxis",
            the_place_dat="der Praxis",
            of_the_place="der Praxis",
            costs="Material und Labor",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    secret=True,
    returning=0.75,
)
