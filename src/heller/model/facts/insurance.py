"""Own insurances. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import Side, money, yes_no
from heller.model.text import text

PLACE = 9  # among the groups

NONE = yes_no(
    "insurance.none",
    "Keine eigene Versicherung",
    text("No own insurance"),
    text("Then nobody has to be notified and nothing passes to an insurer."),
    side=Side.US,
)
SAME_KIND = yes_no(
    "insurance.same_kind",
    "Versicherung zahlte auf diesen Schaden",
    text("Paid by insurers for damage of this kind"),
    text("A payment for loss of another kind takes nothing off the claim."),
)
PAID = money(
    "insurance.paid",
    "Versicherung gezahlt",
    text("Paid by insurers"),
    text("What the own insurer paid belongs to him."),
)
