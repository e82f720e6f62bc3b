"""The report of the fault: periods run from it."""

from __future__ import annotations

from heller.law.duties import next_steps as step

PLACE = 10
STEP = step.report
