"""An office that works on projects by the hour: engineers, architects, agencies, programmers."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "projects",
    text("Project business"),
    (
        "ingenieur",
        "architekt",
        "planungsbüro",
        "planung",
        "statik",
        "agentur",
        "software",
        "it-dienst",
        "systemhaus",
        "beratung",
        "consult",
        "engineer",
        "design",
        "werbung",
        "übersetz",
        "programmier",
        "gutachter",
        "sachverständig",
        "vermessung",
    ),
    {
        "en": english(
            "project", "projects", "clients", "the office", "outside services and material", takings="fees"
        ),
        "de": TradeWords(
            unit="Projekt",
            a_unit="ein Projekt",
            units="Projekte",
            units_dat="Projekten",
            cancelled="abgesagt",
            cancelled_units="abgesagte Projekte",
            customers="Auftraggeber",
            customers_dat="Auftraggebern",
            the_place="das Büro",
            the_place_acc="das Büro",
            the_place_dat="dem Büro",
            of_the_place="des Büros",
            costs="Fremdleistungen und Material",
            takings="Honorare",
            takings_dat="Honoraren",
        ),
    },
    returning=0.8,
)
