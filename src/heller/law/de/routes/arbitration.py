"""The regulator's arbitration body: free of charge, and binding for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.refusals import LawRefused
from heller.law.de.rules import book, norm
from heller.law.de.ways import arbitration
from heller.law.suing.routes import Crossroads, over
from heller.model.decision import ClaimRoute
from heller.model.money import ZERO
from heller.model.text import text

PLACE = 50
WEEKS_A_MONTH = 4


def _arbitration(at: Crossroads) -> Iterator[ClaimRoute]:
    pending = at.stakes.given.fees.pending
    try:
        known = book().for_sum("SCHL-02", pending)
    except LawRefused:
        return
    yield ClaimRoute(
        "arbitration",
        text("Apply for arbitration at the Federal Network Agency"),
        text(
            "Free of charge, about {weeks} weeks, after an attempt of your own has failed; it takes lump sums and the "
            "provider's duties, not damages by name. Its proposal binds nobody; every other way stays open. A lawyer "
            "is not needed; one would cost {lawyer}, and nobody pays that back.",
            weeks=known.number("weeks"),
            lawyer=arbitration(at.due, at.stakes.given.fees.agreed).sum(
                with_vat=at.stakes.given.fees.with_vat
            ),
        ),
        over(at.bar)
        if at.bar is not None and at.barred
        else text("The request stops limitation from the day on which it arrives."),
        norm("SCHL-06"),
        at.due,
        ZERO,
        at.stakes.given.suit.own_cost,
        -(-int(known.number("weeks")) // WEEKS_A_MONTH),
        ends=False,
        months_from=text("as published: {rule}", rule=norm("SCHL-02").cite),
    )


ROUTE = _arbitration
