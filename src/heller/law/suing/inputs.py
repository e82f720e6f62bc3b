"""What a decision is worked out with, made from a case: the lawsuit as a sum, and its inputs in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

from msgspec import Struct

from heller.law.chain.steps import ClaimChain, fee, principal_of
from heller.law.de import court, interest
from heller.law.de.deadlines import plus_months
from heller.law.facts_of_case import LegalFacts
from heller.law.suing.suit import Bearing, Suit, if_won, mean, worth
from heller.model.amount import Range
from heller.model.money import ZERO, Money
from heller.model.terms import Policy, PolicyKind
from heller.model.text import Text, text

BEARS_ALL = Bearing()


class Table(Struct, frozen=True):
    """A lawsuit and the last day to which its interest could be worked out."""

    suit: Suit
    until: date

    def at(self, value: Money, odds: Decimal) -> Money:
        """What suing for a value is worth at these odds."""
        return worth(self.suit, value, Fraction(odds))


def table(given: LegalFacts, claimed: ClaimChain, draws: tuple[Money, ...], instances: int = 0) -> Table:
    """The lawsuit of a case; `instances` replaces the stated number. Raises LawRefused beyond the tables."""
    instances = instances or given.suit.instances
    until = min(plus_months(given.as_of, given.suit.months), interest.last_known_day())

    @cache
    def risk(value: Money) -> Money:
        return court.risk(given, value, instances)

    return Table(
        Suit(
            owed=debts(given, claimed, draws),
            gain=_gain(given, claimed, until),
            risk=risk,
            bearing=bearing(given),
            discount=1 / (1 + Fraction(given.suit.money_rate) * given.suit.months / 12),
        ),
        until,
    )


def debts(given: LegalFacts, claimed: ClaimChain, draws: tuple[Money, ...]) -> tuple[tuple[Money, int], ...]:
    """The draws of the damage carried through the chain; without draws its three figures, the likely one
    twice, so that a case without a forecast has a spread too."""
    principal = claimed.principal
    three = (principal.low, principal.likely, principal.likely, principal.high)
    sums = [principal_of(given, claimed, draw) for draw in draws] or three
    return tuple(sorted(Counter(sums).items()))


def _gain(given: LegalFacts, claimed: ClaimChain, until: date) -> Callable[[Money], Money]:
    """An award with its interest, and with the fee before the lawsuit where the chain has one."""
    first = given.default or given.as_of + timedelta(1)
    factor = interest.interest(Money(100), first, until).exact / 100 if first <= until else Fraction()
    owes_fee = any(step.key == "pre_trial" and step.effect != Range() for step in claimed.chain.steps)

    @cache
    def gain(award: Money) -> Money:
        before = fee(given, award) if owes_fee else ZERO
        return award + award * factor + before

    return gain


def bearing(given: LegalFacts) -> Bearing:
    """A funder comes before an insurer; an insurer counts only where the policy is said to cover this."""
    share, cover = given.suit.funding_share, legal_policy(given)
    if share is not None:
        return Bearing(funding_share=Fraction(share))
    if cover is not None and cover.covers:
        return Bearing(deductible=cover.deductible, limit=cover.limit)
    return BEARS_ALL


def legal_policy(given: LegalFacts) -> Policy | None:
    """The last legal-expenses policy that was written down."""
    held = [one for one in given.policies if one.kind is PolicyKind.LEGAL_EXPENSES]
    return held[-1] if held else None


def inputs(given: LegalFacts, made: Table, value: Money) -> tuple[tuple[Text, Text], ...]:
    """Everything that a figure of the decision rests on, in words."""
    suit, last = given.suit, made.until
    return (
        (text("Sued for"), text("{amount}", amount=value)),
        (text("If the claim succeeds"), _success(made, value)),
        (text("Odds that it succeeds"), _odds(suit.odds)),
        (
            text("Costs at risk"),
            text(
                "{risk}, instances: {n}; both lawyers and the court, {law}",
                risk=made.suit.risk(value),
                n=suit.instances,
                law=court.tables(given) or "",
            ),
        ),
        (
            text("VAT on lawyers' fees"),
            text("counted, because the firm does not deduct it")
            if given.deducts_vat is False
            else text("not counted"),
        ),
        (text("Duration"), _duration(suit.months, last)),
        (text("What money costs a year"), text("{rate:percent}", rate=suit.money_rate)),
        (text("Who bears the costs"), _bearer(given)),
    )


def _success(made: Table, value: Money) -> Text:
    n = sum(weight for _, weight in made.suit.owed)
    return text(
        "{mean} are left on average, over {n} draws of the damage", mean=mean(if_won(made.suit, value)), n=n
    )


def _odds(odds: tuple[Decimal, Decimal] | None) -> Text:
    if odds is None:
        return text("not stated")
    if odds[0] == odds[1]:
        return text("{odds:percent}, as you stated", odds=odds[0])
    return text("{low:percent} to {high:percent}, as you stated", low=odds[0], high=odds[1])


def _duration(months: int, last: date) -> Text:
    if not months:
        return text("not stated; interest until {day}", day=last)
    return text("{n} months; interest until {day}", "one month; interest until {day}", n=months, day=last)


def _bearer(given: LegalFacts) -> Text:
    share, cover = given.suit.funding_share, legal_policy(given)
    if share is not None:
        return text("a funder, for {share:percent} of what is won", share=share)
    if cover is None:
        return text("the firm")
    if cover.covers is None:
        return text("the firm; whether the legal-expenses insurance covers this is not stated")
    if not cover.covers:
        return text("the firm; the legal-expenses insurance does not cover this")
    if cover.limit is not None:
        return text(
            "legal-expenses insurance beyond {deductible}, up to {limit}",
            deductible=cover.deductible,
            limit=cover.limit,
        )
    return text("legal-expenses insurance beyond {deductible}", deductible=cover.deductible)


def notes(given: LegalFacts) -> tuple[Text, ...]:
    """What the figures leave out, said beside them."""
    found = [
        text(
            "A court may put all costs on one side where too much was claimed by little, or where the sum "
            "hung on its own estimate (§ 92 (2) ZPO); that is not counted."
        ),
        text("Costs of witnesses and experts, and the fee for a settlement, are not counted."),
    ]
    if given.suit.funding_share is not None and legal_policy(given) is not None:
        found.append(text("A funder and an insurer are both stated; the funder is counted."))
    if given.suit.odds is None:
        found.append(text("State your range of odds to see what suing is worth; Heller invents none."))
    return tuple(found)
