"""What may be asked of German law without a case: one file per verb, each with its `ask`."""

from __future__ import annotations

from heller.model.text import Text, text

QUERIES: dict[str, Text] = {
    "interest": text("Default interest on a sum, half-year by half-year."),
    "fees": text("What a lawyer and the court cost for a value."),
    "compensation": text("The lump sum for an outage or a change of provider, day by day."),
    "cap": text("The cap on liability, and whether the fault lifts it."),
    "limitation": text("When a claim is time-barred, with talks."),
    "court": text("Which court decides, and whether a lawyer is required."),
    "rights": text("Which rights of the TKG a customer has."),
    "refund": text("The fee that is to be refunded or falls."),
    "period": text("When a period ends, with the public holidays of the state."),
}
