"""The same in the online procedure, where a court takes part in the trial."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de import online as procedure
from heller.law.de.local_court import most, stops, without_lawyer
from heller.law.de.rules import norm
from heller.law.suing.routes import Crossroads
from heller.model.decision import ClaimRoute
from heller.model.money import Money
from heller.model.text import text

PLACE = 30


def _online(at: Crossroads) -> Iterator[ClaimRoute]:
    pending = at.stakes.given.fees.pending
    value = min(at.due, most(at.stakes.given.fees))
    if not procedure.fits(value, pending):
        return

    def court(sued: Money) -> Money:
        return procedure.court_fee(sued, pending)

    yield at.sued(
        "online",
        text("Sue for an open part, {value}, online, without a lawyer", value=value)
        if value < at.due
        else text("Sue online, without a lawyer"),
        text(
            "Only before a local court that takes part ({courts}). The federal input tool refuses companies; "
            "whether one may file by another way was not found: ask the court.",
            courts=", ".join(procedure.courts(pending)) or norm("ZPO-1123").cite,
        ),
        stops(at, value),
        norm("ZPO-1122"),
        without_lawyer(at, "online", court),
        value,
    )


ROUTE = _online
