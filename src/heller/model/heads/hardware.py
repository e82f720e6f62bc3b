"""Hardware bought for the emergency: what it cost less what is left of its worth."""

from __future__ import annotations

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HEAD = HeadOfLoss(
    "hardware",
    text("Hardware for the emergency"),
    rank=20,
    receipts=True,
    lasting=True,
    insured=InsuredAs.THING,
    words=("Hardware",),
    hints=(
        *(
            "router",
            "lte router",
            "switch",
            "modem",
            "antenne",
            "außenantenne",
            "firewall",
            "netzwerkkabel",
            "kabel",
        ),
        *("patchkabel", "access point", "repeater", "usv", "antenna", "cable"),
    ),
)
