"""A lawsuit as a sum of money: what is left if the claim succeeds, what if it fails, and what lies between.

The part that is won decides who bears the costs. No probability is invented here: every
chance is handed in. Amounts are in cents; draws are equally likely or carry whole weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from heller.model.money import ZERO, Money

ONE = Fraction(1)


class Bearing(Struct, frozen=True):
    """Who bears the firm's share of the costs: itself, a legal-expenses insurer beyond a deductible and
    up to a limit, or a funder who takes a share of what is won."""

    deductible: Money | None = None
    limit: Money | None = None
    funding_share: Fraction | None = None


class Suit(Struct, frozen=True):
    """`owed` are the sums that a court awards if the claim succeeds, each with its weight, ascending;
    `gain` adds what comes with an award (interest, fees), `risk` are all costs at a value, `discount` is
    what money of the day of the judgment is worth today, `passes` the chance that no gate stops the claim whatever its
    merits: limitation, a waiver, the wrong court. `own` is cost that nobody pays back, whoever wins."""

    owed: tuple[tuple[Money, int], ...]
    gain: Callable[[Money], Money]
    risk: Callable[[Money], Money]
    bearing: Bearing = Bearing()
    discount: Fraction = ONE
    passes: Fraction = ONE
    own: Money = ZERO


def lost_share(value: Money, award: Money) -> Fraction:
    """The part of the costs that stays with the claimant: the part that he lost."""
    return Fraction(value.cents - award.cents, value.cents) if value else Fraction()


def net(suit: Suit, value: Money, owed: Money) -> Money:
    """What is left after suing for `value` where `owed` is due in truth, and the court finds so."""
    award = min(owed, value)
    return _left(suit, suit.gain(award), suit.risk(value) * lost_share(value, award)) - own(suit, value)


def if_lost(suit: Suit, value: Money) -> Money:
    """What is left where the claim fails: the costs, as far as nobody else bears them."""
    return _left(suit, ZERO, suit.risk(value)) - own(suit, value)


def own(suit: Suit, value: Money) -> Money:
    """The own cost of suing for a value that nobody pays back; none for not suing."""
    return suit.own if value else ZERO


def _left(suit: Suit, gain: Money, borne: Money) -> Money:
    bearing = suit.bearing
    if bearing.funding_share is not None:
        left = max(gain - borne, ZERO) * (1 - bearing.funding_share)
    elif bearing.deductible is not None:
        beyond = max(borne - bearing.limit, ZERO) if bearing.limit is not None else ZERO
        left = gain - min(borne - beyond, bearing.deductible) - beyond
    else:
        left = gain - borne
    return left * suit.discount if suit.discount != ONE else left


def mean(amounts: Iterable[tuple[Money, int]]) -> Money:
    """The weighted average, rounded once; nothing where there is nothing."""
    held = tuple(amounts)
    weight = sum(n for _, n in held)
    return Money(1) * Fraction(sum(a.cents * n for a, n in held), weight) if weight else ZERO


def if_won(suit: Suit, value: Money) -> tuple[tuple[Money, int], ...]:
    """What is left if the claim succeeds, draw by draw."""
    return tuple((net(suit, value, owed), weight) for owed, weight in suit.owed)


def worth(suit: Suit, value: Money, odds: Fraction) -> Money:
    """The expected value of suing for `value`; it never falls as the odds rise."""
    chance = odds * suit.passes
    return mean(if_won(suit, value)) * chance + if_lost(suit, value) * (1 - chance)


def between(won: Money, lost: Money, offer: Money) -> Fraction | None:
    """The odds at which suing and the offer are worth the same; None where suing never is.

    >>> between(Money(100), Money(-100), Money(0))
    Fraction(1, 2)
    """
    if won <= offer:
        return None
    if offer <= lost:
        return Fraction()
    return Fraction(offer.cents - lost.cents, won.cents - lost.cents)


def quantile(outcomes: Sequence[tuple[Money, Fraction]], share: Fraction) -> Money:
    """The smallest outcome below or at which at least `share` of the weight lies."""
    ordered = sorted(outcomes, key=lambda one: one[0])
    whole, below = sum((weight for _, weight in ordered), Fraction()), Fraction()
    for amount, weight in ordered:
        below += weight
        if below >= whole * share:
            return amount
    return ZERO


def outcomes(suit: Suit, value: Money, odds: Fraction) -> list[tuple[Money, Fraction]]:
    """Every outcome with its weight: the draws where the claim succeeds, the costs where it fails."""
    draws, chance = if_won(suit, value), odds * suit.passes
    weight = sum(n for _, n in draws)
    spread = [(amount, chance * Fraction(n, weight)) for amount, n in draws]
    return [*spread, (if_lost(suit, value), 1 - chance)]


def exposure(suit: Suit, value: Money, odds: Fraction) -> Money:
    """What the other side loses on average: the award with all that comes with it, and its part of the
    costs. Between `worth` and this lies every settlement that is better for both."""
    paid = []
    for owed, weight in suit.owed:
        award = min(owed, value)
        theirs = suit.risk(value) * (1 - lost_share(value, award)) if value else ZERO
        paid.append((suit.gain(award) + theirs, weight))
    return mean(paid) * odds * suit.passes * suit.discount


def best_value(suit: Suit, candidates: Iterable[Money], odds: Fraction) -> Money:
    """The sum to sue for that is worth most at these odds; of equals the smallest."""
    return max(sorted(candidates), key=lambda value: (worth(suit, value, odds), -value.cents), default=ZERO)
