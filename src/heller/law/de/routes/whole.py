"""The whole claim with a lawyer, before the court that its value belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de import costs
from heller.law.de.local_court import stops
from heller.law.de.rules import norm
from heller.law.suing.routes import Crossroads
from heller.model.decision import ClaimRoute
from heller.model.text import text

PLACE = 10


def _whole(at: Crossroads) -> Iterator[ClaimRoute]:
    local = costs.local_court(at.due, at.stakes.given.fees.pending)
    yield at.sued(
        "whole",
        text("Sue for the whole claim before the local court, with a lawyer")
        if local
        else text("Sue for the whole claim before the regional court, with a lawyer"),
        text("A lawyer may be taken.") if local else text("A lawyer is mandatory."),
        stops(at, at.due),
        norm("ZPO-78"),
        at.table.suit,
        at.due,
    )


ROUTE = _whole
