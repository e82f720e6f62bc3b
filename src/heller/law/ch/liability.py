"""What limits a claim in Switzerland: no statute; only what was agreed, and that not for gross negligence."""

from __future__ import annotations

from heller.law.ch.rules import NAME, norm
from heller.law.chain.agreed_cap import agreed_cap
from heller.law.chain.cap import Uncapped
from heller.model.text import text

CAP = agreed_cap(
    NAME,
    uncapped=norm("CH-OR-99-1"),
    agreed=norm("CH-OR-100-1"),
    words=lambda cap: text(
        "The contract limits the claim to {cap}; not for intent or gross negligence.", cap=cap
    ),
    gross=Uncapped(
        NAME,
        norm("CH-OR-100-1"),
        text("Gross negligence or intent: what limits the claim in advance is void."),
    ),
)
