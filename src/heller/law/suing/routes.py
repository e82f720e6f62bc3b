"""The ways to the money beside each other: what each costs, leaves, and is worth over the draws and the stated odds.

The ways of a country lie in its folder `routes`, one file each with its ROUTE; here are those that are the same
everywhere: to take the offer, to answer it, to do nothing. No chance of a settlement is invented: what binds nobody
has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from heller.law.chain.limitation import TimeBar, time_bar
from heller.law.facts_of_case import Duration
from heller.law.suing.inputs import Stakes, Table, table
from heller.law.suing.suit import ONE, Suit, between, if_lost, own, worth
from heller.model.damage import NormRef
from heller.model.decision import ClaimRoute, Offer
from heller.model.money import ZERO, Money
from heller.model.scan import modules
from heller.model.terms import WAIVERS, Waiver
from heller.model.text import Text, text

ANY_ODDS = (Decimal(0), Decimal(1))
FOUR_PLACES = Decimal("0.0001")


class Crossroads(Struct, frozen=True):
    """Where the ways part: the case, its lawsuit, what is due, the last day to sue (None: not known), the best open
    offer and the range of a counter-offer."""

    stakes: Stakes
    table: Table
    due: Money
    bar: TimeBar | None
    offer: Offer | None = None
    counter: tuple[Money, Money] | None = None

    @property
    def barred(self) -> bool:
        """Whether the last day has passed."""
        return self.bar is not None and self.stakes.given.as_of > self.bar.end

    @property
    def odds(self) -> tuple[Decimal, Decimal] | None:
        """The user's; where a gate stops the claim whatever its merits, any are as good."""
        return self.stakes.given.suit.odds or (None if self.table.suit.passes else ANY_ODDS)

    def lawsuit(self, way: str) -> Suit:
        """The lawsuit of the case with a lawyer, as long as that way takes. Raises LawRefused."""
        same = self.stakes.given.suit.lasts(way) == self.stakes.given.suit.lasts()
        return self.table.suit if same else table(self.stakes, way=way).suit

    def sued(
        self,
        key: str,
        label: Text,
        words: Text,
        limitation: Text,
        norm: NormRef,
        suit: Suit,
        value: Money,
        *,
        ends: bool = True,
    ) -> ClaimRoute:
        """A way through a court with its figures."""
        odds, lasts = self.odds, self.stakes.given.suit.lasts(key)
        won, lost = worth(suit, value, ONE), if_lost(suit, value)
        return ClaimRoute(
            key,
            label,
            words,
            limitation,
            norm,
            value,
            suit.risk(value),
            own(suit, value),
            lasts.months if lasts else None,
            won,
            lost,
            None
            if odds is None
            else (worth(suit, value, Fraction(odds[0])), worth(suit, value, Fraction(odds[1]))),
            _even(between(won, lost, ZERO)),
            ends,
            _basis(lasts),
        )


def _basis(lasts: Duration | None) -> Text:
    if lasts is None:
        return text("How long it takes is not stated; nothing is assumed.")
    if not lasts.basis:
        return text("as stated, without a source")
    return text("as stated: {basis}", basis=lasts.basis)


RouteOf: TypeAlias = Callable[[Crossroads], Iterable[ClaimRoute]]


def routes_in(package: str) -> tuple[RouteOf, ...]:
    """The ways of a country's folder, in the order of their PLACE."""
    found = sorted(modules(package), key=lambda module: module.PLACE)
    return tuple(module.ROUTE for module in found)


def routes(at: Crossroads, country: Sequence[RouteOf]) -> tuple[ClaimRoute, ...]:
    """All ways that are open: those of the country, then the offer, the answer to it, and none."""
    ways = [route for of in country for route in of(at)]
    return (*ways, *_accept(at), *_counter(at), _nothing(at))


def crossroads(
    stakes: Stakes, table: Table, due: Money, offer: Offer | None, counter: tuple[Money, Money] | None
) -> Crossroads:
    """Where the ways of a case part."""
    where = stakes.claimed.situation
    return Crossroads(
        stakes, table, due, time_bar(stakes.limitation, where.began, where.given.dealings), offer, counter
    )


def best(found: Sequence[ClaimRoute]) -> Text | None:
    """The one sentence of advice, only where one way is worth most at both ends of the odds: what each is worth rises
    evenly with the odds, so it is then worth most at all between them."""
    ways = [one for one in found if one.ends]
    if any(one.expected is None for one in ways):
        return None
    for one in ways:
        others = [other for other in ways if other is not one]
        if others and all(_beats(one, other) for other in others):
            return _advice(one, max(others, key=_high))
    return None


def _beats(one: ClaimRoute, other: ClaimRoute) -> bool:
    assert one.expected is not None and other.expected is not None
    return one.expected[0] > other.expected[0] and one.expected[1] > other.expected[1]


def _high(one: ClaimRoute) -> Money:
    assert one.expected is not None
    return one.expected[1]


def _advice(one: ClaimRoute, other: ClaimRoute) -> Text:
    assert one.expected is not None and other.expected is not None
    if one.expected[0] == one.expected[1] and other.expected[0] == other.expected[1]:
        return text(
            "Worth most at all odds: {route}, {worth}. Next: {other}, {next}.",
            route=one.label,
            worth=one.expected[0],
            other=other.label,
            next=other.expected[0],
        )
    return text(
        "Worth most at all of your odds: {route}, {low} to {high}. Next: {other}, {next_low} to {next_high}.",
        route=one.label,
        low=one.expected[0],
        high=one.expected[1],
        other=other.label,
        next_low=other.expected[0],
        next_high=other.expected[1],
    )


def _even(exact: Fraction | None) -> Decimal | None:
    """To four places, rounded up: from there on it is certainly worth more."""
    if exact is None:
        return None
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(FOUR_PLACES, ROUND_CEILING)


def runs_on(bar: TimeBar | None) -> Text:
    """What limitation does where nothing stops it."""
    if bar is None:
        return text("Limitation runs on; its last day is not known here.")
    return text("Limitation runs on to {day}.", day=bar.end)


def over(bar: TimeBar) -> Text:
    """What is left of it where the day has passed."""
    return text("Limitation ended on {day}; nothing stops it any more.", day=bar.end)


def _accept(at: Crossroads) -> Iterator[ClaimRoute]:
    offer = at.offer
    if offer is None:
        return
    gone = text("What is given up with it can no longer be sued for: {waiver}.", waiver=WAIVERS[offer.waiver])
    kept = at.bar and (over(at.bar) if at.barred else runs_on(at.bar))
    yield ClaimRoute(
        "accept",
        text("Take the offer of {offer}", offer=offer.worth),
        text("Paid without a court, at no cost."),
        (kept or runs_on(None)) if offer.waiver is Waiver.NONE else gone,
        None,
        offer.worth,
        ZERO,
        ZERO,
        0,
        offer.worth,
        offer.worth,
        (offer.worth, offer.worth),
        None,
        offer.waiver is not Waiver.NONE,
    )


def _counter(at: Crossroads) -> Iterator[ClaimRoute]:
    if at.counter is None:
        return
    low, high = at.counter
    yield ClaimRoute(
        "counter",
        text("Make a counter-offer"),
        text(
            "Between {low} and {high} both sides are better off than in court; whether the other side "
            "takes it, nobody knows.",
            low=low,
            high=high,
        ),
        over(at.bar) if at.bar and at.barred else runs_on(at.bar),
        None,
        high,
        ZERO,
        ZERO,
        ends=False,
    )


def _nothing(at: Crossroads) -> ClaimRoute:
    return ClaimRoute(
        "nothing",
        text("Do nothing"),
        text("Nothing is paid and nothing is risked."),
        over(at.bar) if at.bar and at.barred else runs_on(at.bar),
        None,
        ZERO,
        ZERO,
        ZERO,
        None,
        ZERO,
        ZERO,
        (ZERO, ZERO),
    )
