"""What may be asked of Austrian law without a case: one file per verb, each with its `ask`."""

from __future__ import annotations

from heller.model.text import Text, text

QUERIES: dict[str, Text] = {
    "interest": text("Default interest on a sum: 4 %, and the other reading between businesses."),
    "limitation": text("When a claim is time-barred, to the day."),
    "court": text("Which court decides, whether a lawyer is required, and the court's fee."),
}
