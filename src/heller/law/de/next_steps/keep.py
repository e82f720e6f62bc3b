"""The old router, until the claim is time-barred."""

from __future__ import annotations

from heller.law.de.dates import LIMITATION
from heller.law.duties import next_steps as step

PLACE = 40
STEP = step.keep(LIMITATION)
