"""What limits a claim in Austria: no statute; only what was agreed. The degree of fault decides on lost profit."""

from __future__ import annotations

from heller.law.at.rules import NAME, norm
from heller.law.chain.agreed_cap import agreed_cap
from heller.law.chain.cap import Uncapped
from heller.model.text import text

GROSS = "AT-1324-1331"
CAP = agreed_cap(
    NAME,
    uncapped=norm("AT-TKG-NOCAP"),
    agreed=norm("AT-879-3"),
    words=lambda cap: text(
        "The contract limits the claim to {cap}; a term that is grossly unfair is void.", cap=cap
    ),
    gross=Uncapped(
        NAME, norm(GROSS), text("Gross negligence or intent: all damage is owed, lost profit too.")
    ),
)
