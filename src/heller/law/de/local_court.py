"""A lawsuit before the local court without a lawyer: how high it may be, what it costs, what it stops (§ 23 GVG, § 79
ZPO by what § 78 leaves)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from heller.law.de import costs
from heller.law.de.rules import book
from heller.law.facts_of_case import Fees
from heller.law.suing.routes import Crossroads, over
from heller.law.suing.suit import Suit
from heller.model.money import Money
from heller.model.text import Text, text


def most(fees: Fees) -> Money:
    """The highest value that a local court decides. Raises LawRefused."""
    return book().for_sum("GVG-23", fees.pending).money("local_court_up_to")


def without_lawyer(at: Crossroads, way: str, court: Callable[[Money], Money]) -> Suit:
    """The lawsuit of a case with nobody's bill but the other side's and the court's, which `court` gives, and with the
    own cost that is stated. An appeal goes to the regional court, where both need a lawyer. Raises LawRefused."""
    fees, instances = at.stakes.given.fees, at.stakes.given.suit.instances

    @cache
    def risk(value: Money) -> Money:
        first = costs.first_instance(value, fees.agreed).sum(with_vat=fees.with_vat) + court(value)
        if instances == 1:
            return first
        second = 2 * costs.appeal(value, fees.agreed).sum(with_vat=fees.with_vat)
        return first + second + costs.court_fee(value, fees.pending, "GKG-1220")

    return replace(at.lawsuit(way), risk=risk, own=at.stakes.given.suit.own_cost)


def stops(at: Crossroads, value: Money) -> Text:
    """What an action for this value does to limitation."""
    if at.bar is not None and at.barred:
        return over(at.bar)
    if value < at.due:
        return text(
            "Stops limitation for {value} only; for the other {rest} it runs on ({rule}).",
            value=value,
            rest=at.due - value,
            rule=book().norm("BGB-204-part").cite,
        )
    return text("Stops limitation from service on, and until six months after its end.")
