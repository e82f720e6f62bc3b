"""A workshop or craft: jobs for customers."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "workshop",
    text("Workshop"),
    (
        "werkstatt",
        "handwerk",
        "autohaus",
        "kfz",
        "tischler",
        "schreiner",
        "elektro",
        "sanitär",
        "heizung",
        "maler",
        "dachdeck",
        "metallbau",
        "maschinenbau",
        "druckerei",
        "workshop",
        "garage",
        "plumber",
    ),
    {
        "en": english("job", "jobs", "customers", "the workshop", "material and outside services"),
        "de": TradeWords(
            unit="Auftrag",
            a_unit="ein Auftrag",
            units="Aufträge",
            units_dat="Aufträgen",
            cancelled="storniert",
            cancelled_units="stornierte Aufträge",
            customers="Kunden",
            customers_dat="Kunden",
            the_place="die Werkstatt",
            the_place_acc="die Werkstatt",
            the_place_dat="der Werkstatt",
            of_the_place="der Werkstatt",
            costs="Material und Fremdleistungen",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    returning=0.75,
)
