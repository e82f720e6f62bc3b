"""A payment order: cheap where nobody objects, a lawsuit where somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.refusals import LawRefused
from heller.law.de.local_court import stops
from heller.law.de.rules import norm
from heller.law.de.ways import payment_order
from heller.law.suing.routes import Crossroads
from heller.model.decision import ClaimRoute
from heller.model.text import text

PLACE = 40


def _payment_order(at: Crossroads) -> Iterator[ClaimRoute]:
    fees = at.stakes.given.fees
    try:
        court = payment_order(at.due, fees.agreed).court
    except LawRefused:
        return
    yield at.sued(
        "payment_order",
        text("Apply for a payment order"),
        text(
            "The court asks {fee} and examines nothing. Without an objection it can be enforced; after one it is the "
            "lawsuit over the whole claim, to which the fee counts. The figures are those after an objection.",
            fee=court,
        ),
        stops(at, at.due),
        norm("GKG-1100"),
        at.lawsuit("payment_order"),
        at.due,
        ends=False,
    )


ROUTE = _payment_order
