"""Own hours for removing the damage: emergency line, rerouting, manual work-arounds."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "removal_hours",
    text("Own hours for removing the damage"),
    rank=90,
)
