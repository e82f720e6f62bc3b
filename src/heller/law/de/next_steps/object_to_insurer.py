"""An own insurer who refuses cover is answered."""

from __future__ import annotations

from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 85
STEP = step.object_to_insurer(
    text(
        "A legal-expenses insurer who sees no prospect of success must point to the expert procedure of the contract; "
        "else cover counts as acknowledged (§ 128 VVG). Its time limit and cost stand in the terms: look there today."
    )
)
