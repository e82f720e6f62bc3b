"""Statements about the line that cannot both be right: nothing that demands is written before somebody says what
explains them. It weighs neither.
"""

from __future__ import annotations

from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.text import text


def refuse_unexplained(claimed: Claim) -> None:
    """What the other side would find at once is asked before it is sent; raises InputRefused where it waits."""
    found = claimed.detection.contradictions
    if not found or claimed.case.fact("outage.contradiction") is not None:
        return
    first = max(found, key=lambda one: one.span.length)
    raise InputRefused(
        what=text(
            "Two statements about the line cannot both be right. {down}: {dead} {up}: {alive}",
            down=first.down.name,
            dead=first.down.saw,
            up=first.up.name,
            alive=first.up.saw,
        ),
        why=text("The other side will find it, and what is silent about it loses its credit."),
        do=text(
            "Leave both as they are and say what explains it: heller note CASE fact outage.contradiction TEXT"
        ),
    )
