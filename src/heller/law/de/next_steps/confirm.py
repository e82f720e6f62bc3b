"""What was promised by word of mouth, in a letter of confirmation."""

from __future__ import annotations

from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 20
STEP = step.confirm(
    text(
        "Among businesses silence on a prompt letter of confirmation counts as consent; "
        "without it word stands against word."
    )
)
