"""Before the local court without a lawyer: the whole claim where it is small enough, else an open part of it."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de import costs
from heller.law.de.local_court import most, stops, without_lawyer
from heller.law.de.rules import norm
from heller.law.suing.routes import Crossroads
from heller.model.decision import ClaimRoute
from heller.model.money import Money
from heller.model.text import text

PLACE = 20


def _local(at: Crossroads) -> Iterator[ClaimRoute]:
    fees = at.stakes.given.fees
    value = min(at.due, most(fees))

    def court(sued: Money) -> Money:
        return costs.court_fee(sued, fees.pending)

    yield at.sued(
        "local",
        text("Sue for an open part, {value}, before the local court, without a lawyer", value=value)
        if value < at.due
        else text("Sue before the local court, without a lawyer"),
        text(
            "Your own time is not paid back; the rest of {rest} stays open and is not counted here.",
            rest=at.due - value,
        )
        if value < at.due
        else text("Your own time is not paid back."),
        stops(at, value),
        norm("GVG-23"),
        without_lawyer(at, "local", court),
        value,
    )


ROUTE = _local
