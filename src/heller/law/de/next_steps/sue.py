"""A lawsuit or a payment order before the claim is time-barred."""

from __future__ import annotations

from heller.law.de.dates import LIMITATION
from heller.law.duties import next_steps as step

PLACE = 110
STEP = step.sue(LIMITATION)
