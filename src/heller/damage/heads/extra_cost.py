"""Increased cost of working: receipts, each with its share."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "extra_cost",
    text("Increased cost of working"),
    rank=40,
    receipts=True,
    reason=text("Paid to reach or serve the {customers} in spite of the outage; it kept the loss small."),
    insured=InsuredAs.AVERTED,
    words=("Mehrkosten/Expressfracht", "Mehrkosten", "Expressfracht"),
    hints=(
        *("express", "expressversand", "expresszuschlag", "kurier", "kurierfahrt", "kurierdienst", "fracht"),
        *(
            "frachtkosten",
            "versand",
            "versandkosten",
            "eilzuschlag",
            "botenfahrt",
            "courier",
            "freight",
            "shipping",
        ),
    ),
)
