"""A house with guests: bookings."""

from __future__ import annotations

from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "hotel",
    text("House with guests"),
    (
        "hotel",
        "pension",
        "gasthof",
        "herberge",
        "hostel",
        "ferienwohnung",
        "campingplatz",
        "guesthouse",
        "guest-house",
    ),
    {
        "en": english("booking", "bookings", "guests", "the house", "provisions, laundry and commission"),
        "de": TradeWords(
            unit="Buchung",
            a_unit="eine Buchung",
            units="Buchungen",
            units_dat="Buchungen",
            cancelled="storniert",
            cancelled_units="stornierte Buchungen",
            customers="Gäste",
            customers_dat="Gästen",
            the_place="das Haus",
            the_place_acc="das Haus",
            the_place_dat="dem Haus",
            of_the_place="des Hauses",
            costs="Lebensmittel, Wäsche und Provision",
            takings="Umsätze",
            takings_dat="Umsätzen",
        ),
    },
    returning=0.2,
)
