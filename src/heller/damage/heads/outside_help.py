"""Outside help for removing the damage: technicians and other strangers, by receipt."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "outside_help",
    text("Outside help for removing the damage"),
    rank=43,
    receipts=True,
    reason=text("Others were paid for finding and removing the damage; without the outage nothing was due."),
    insured=InsuredAs.AVERTED,
    words=("Fremdhilfe", "Fremdleistung", "Techniker", "IT-Dienstleister", "Outside help"),
    hints=(
        *("techniker", "technikereinsatz", "it-service", "it service", "systemhaus", "it-dienstleistung"),
        *("entstörung", "fehlersuche", "fernwartung", "notdienst", "einsatzpauschale", "anfahrtspauschale"),
        *("technician", "call-out", "it support"),
    ),
)
