"""The warning of unusually high damage."""

from __future__ import annotations

from heller.law.duties import next_steps as step
from heller.model.text import text

PLACE = 30
STEP = step.warn(text("Who does not warn of unusually high damage bears part of it (§ 254 (2) BGB)."))
