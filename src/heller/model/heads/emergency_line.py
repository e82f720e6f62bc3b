"""Emergency line: what the substitute cost, and the hours for setting it up."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "emergency_line",
    text("Emergency line"),
    rank=10,
    receipts=True,
    insured=InsuredAs.AVERTED,
    words=("Notanschluss",),
    hints=(
        *("lte", "umts", "5g", "4g", "hotspot", "notanschluss", "ersatzanschluss", "surfstick", "satellit"),
        *("satelliteninternet", "satellite", "starlink", "failover", "emergency line", "backup line"),
    ),
    emergency=True,
)
