"""Expert and measurement: receipts for proving the outage and the damage."""

from __future__ import annotations

from heller.model.head import HeadOfLoss
from heller.model.text import text

ROW = HeadOfLoss(
    "expert",
    text("Expert and measurement"),
    rank=50,
    receipts=True,
    reason=text("Necessary to prove the outage and the damage."),
    words=("Sachverständiger", "Sachverständige", "Gutachter"),
    hints=(
        *(
            "gutachten",
            "gutachter",
            "sachverständiger",
            "sachverständige",
            "sachverständigen",
            "messprotokoll",
        ),
        *("sachverständigengutachten", "sachverständigenhonorar", "expert", "expert opinion"),
    ),
)
