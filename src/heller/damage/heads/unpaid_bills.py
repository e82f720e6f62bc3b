"""Bills that stay unpaid because of the outage: guests who could not pay by card, guarantees that could not be used."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

ROW = HeadOfLoss(
    "unpaid_bills",
    text("Unpaid bills"),
    rank=65,
    reason=text(
        "Served and never paid, because the outage kept the payment from being taken. Nothing was saved, so the whole "
        "bill is lost, without the VAT that is not owed on it then."
    ),
    words=("Zechprellerei", "Unbezahlte Rechnung", "Forderungsausfall", "Unpaid bill"),
    vouchers=True,
    own_papers=True,
)
