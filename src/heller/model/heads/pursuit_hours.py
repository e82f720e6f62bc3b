"""Own hours for finding out and pursuing the claim: recorded and shown, never added."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

HEAD = HeadOfLoss(
    "pursuit_hours",
    text("Own hours for pursuing the claim"),
    rank=130,
)
