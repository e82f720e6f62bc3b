"""The proofs that others delete."""

from __future__ import annotations

from heller.law.duties import next_steps as step

PLACE = 50
STEP = step.fetch
