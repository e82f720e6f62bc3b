"""Mobile data and higher mobile bills: of each contract only the outage's share."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "mobile_data",
    text("Mobile data and higher mobile bills"),
    rank=30,
    receipts=True,
    insured=InsuredAs.AVERTED,
    words=("Mobilfunk/Datenvolumen", "Mobilfunk", "Datenvolumen"),
    hints=(
        *(
            "datenvolumen",
            "datenpass",
            "datentarif",
            "mobilfunk",
            "mobilfunktarif",
            "mobilfunkrechnung",
            "prepaid",
        ),
        *("sim", "sim karte", "simkarte", "data volume", "mobile", "mobile data", "data plan", "roaming"),
    ),
    emergency=True,
)
