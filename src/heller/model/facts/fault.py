"""The own share of the fault, as the firm itself sees it. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import Side, share
from heller.model.text import text

PLACE = 8  # among the groups

SHARE = share(
    "fault.share",
    "Mitverschulden",
    text("Contributory fault"),
    text("It reduces the whole claim by that share."),
    side=Side.US,
)
SHARE_LOW = share(
    "fault.share_low",
    "Mitverschulden mindestens",
    text("Contributory fault at least"),
    text("The share is a court's estimate; the range shows what it does to the claim."),
    side=Side.US,
)
SHARE_HIGH = share(
    "fault.share_high",
    "Mitverschulden höchstens",
    text("Contributory fault at most"),
    text("The share is a court's estimate; the range shows what it does to the claim."),
    side=Side.US,
)
