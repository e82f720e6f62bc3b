"""A lawyer, once the provider is in default."""

from __future__ import annotations

from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 90
STEP = step.mandate(
    text("The provider is in default, so the pre-trial fee on the justified value is owed as damage too.")
)
