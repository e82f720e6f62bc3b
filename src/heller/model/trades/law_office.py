"""An office of lawyers, notaries or tax advisers: matters of clients."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "law_office",
    text("Office of lawyers or tax advisers"),
    (
        "kanzlei",
        "rechtsanw",
        "anwält",
        "anwalt",
        "notar",
        "steuerberater",
        "steuerberatung",
        "wirtschaftsprüf",
        "lawyer",
        "solicitor",
        "attorney",
    ),
    {
        "en": english(
            "matter", "matters", "clients", "the office", "outside services and fees paid on", takings="fees"
        ),
        "de": TradeWords(
            unit="Mandat",
            a_unit="ein Mandat",
            units="Mandate",
            units_dat="Mandaten",
            cancelled="beendet",
            cancelled_units="beendete Mandate",
            customers="Mandanten",
            customers_dat="Mandanten",
            the_place="die Kanzlei",
            the_place_acc="die Kanzlei",
            the_place_dat="der Kanzlei",
            of_the_place="der Kanzlei",
            costs="Fremdleistungen und verauslagte Gebühren",
            takings="Honorare",
            takings_dat="Honoraren",
        ),
    },
    secret=True,
    returning=0.8,
)
