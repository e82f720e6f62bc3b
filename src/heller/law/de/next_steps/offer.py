"""The best offer that is open."""

from __future__ import annotations

from heller.law.duties import next_steps as step

PLACE = 100
STEP = step.offer
