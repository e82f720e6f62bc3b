"""A practice: appointments of patients."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "practice",
    text("Practice"),
    ("praxis", "arzt", "ärzt", "zahn", "therap", "practice", "dentist", "doctor", "physio"),
    {
        "en": english("appointment", "appointments", "patients", "the practice"),
        "de": TradeWords(
            "Termin",
            "Termine",
            "Terminen",
            "Patienten",
            "Patienten",
            "die Praxis",
            "die Praxis",
            "der Praxis",
            "der Praxis",
        ),
    },
)
