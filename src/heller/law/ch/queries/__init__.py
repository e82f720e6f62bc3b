"""What may be asked of Swiss law without a case: one file per verb, each with its `ask`."""

from __future__ import annotations

from heller.model.text import Text, text

QUERIES: dict[str, Text] = {
    "interest": text("Default interest on a sum: 5 %, flat."),
    "limitation": text("When a claim is time-barred, and until when the conciliation body takes it."),
}
