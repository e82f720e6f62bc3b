"""The emergency connection. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import moment, yes_no
from heller.model.text import text

PLACE = 6  # among the groups

WORKS_SINCE = moment(
    "emergency.works_since",
    "Ersatzverbindung läuft seit",
    text("Emergency connection works since"),
    text("Once an emergency line works, further loss may not be attributed to the outage."),
    also=("Notanschluss läuft seit",),
)
CARRIES_SHOP = yes_no(
    "emergency.carries_shop",
    "Betrieb läuft über die Ersatzverbindung",
    text("Business runs over the emergency connection"),
    text("If it does, the loss of {takings} ends when it works."),
    also=("Notanschluss trägt den Shop", "Emergency connection carries the shop"),
)
