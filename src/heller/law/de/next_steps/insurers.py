"""Each own insurer is told of the loss."""

from __future__ import annotations

from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 80
STEP = step.insurers(
    text("The policy asks for it without delay (§ 30 VVG); what they pay is taken off here.")
)
