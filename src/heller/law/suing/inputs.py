"""What a decision is worked out with, made from a case: the lawsuit as a sum, and its inputs in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

from msgspec import Struct

from heller.law.book.calendar import plus_months
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.limitation import LimitationLaw
from heller.law.chain.steps import InterestLaw
from heller.law.facts_of_case import Duration, Insured, LegalFacts
from heller.law.facts_of_case import Suit as SuitFacts
from heller.law.suing.court import CostLaw
from heller.law.suing.gates import Bar, GateOf, bars, passes
from heller.law.suing.suit import Bearing, Suit, if_won, mean, worth
from heller.model.amount import Range
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

BEARS_ALL = Bearing()


class Stakes(Struct, frozen=True):
    """What a decision is taken on: what suing costs, what interest runs and when time is over, the chain as it stands
    and with the cap lifted (None: there is none to lift), the draws of the damage, the country's own gates. What the
    other side `agreed` to of the principal is not fought over: the decision is about the rest."""

    law: CostLaw
    interest: InterestLaw
    limitation: LimitationLaw
    claimed: ClaimChain
    lifted: ClaimChain | None
    draws: tuple[Money, ...]
    gates: tuple[GateOf, ...] = ()
    agreed: Money = ZERO

    @property
    def value(self) -> Money:
        """What is fought over: the likely principal but for what is agreed."""
        return max(self.claimed.principal.likely - self.agreed, ZERO)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What stops the claim whatever its merits."""
        return bars(self.claimed.situation, self.limitation, self.claimed.principal.likely, self.gates)

    @property
    def given(self) -> LegalFacts:
        """The facts."""
        return self.claimed.situation.given


class Table(Struct, frozen=True):
    """A lawsuit and the last day to which its interest could be worked out."""

    suit: Suit
    until: date

    def at(self, value: Money, odds: Decimal) -> Money:
        """What suing for a value is worth at these odds."""
        return worth(self.suit, value, Fraction(odds))


def table(stakes: Stakes, instances: int = 0, way: str = "") -> Table:
    """The lawsuit of a case, with a lawyer; `instances` replaces the stated number, `way` says whose duration counts.
    Raises LawRefused beyond the tables."""
    given = stakes.given
    instances = instances or given.suit.instances
    lasts = given.suit.lasts(way)
    months = lasts.months if lasts else 0
    until = min(plus_months(given.as_of, months), stakes.interest.known_until())

    @cache
    def risk(value: Money) -> Money:
        return stakes.law.risk(given.fees, value, instances)

    return Table(
        Suit(
            owed=debts(stakes.claimed, stakes.draws, stakes.agreed),
            gain=_gain(stakes, until),
            risk=risk,
            bearing=bearing(given),
            discount=1 / (1 + Fraction(given.suit.money_rate) * months / 12),
            passes=passes(stakes.bars),
            own=given.suit.above_statute,
        ),
        until,
    )


def debts(
    claimed: ClaimChain, draws: tuple[Money, ...], agreed: Money = ZERO
) -> tuple[tuple[Money, int], ...]:
    """The draws of the damage carried through the chain; without draws its three figures, the likely one
    twice, so that a case without a forecast has a spread too. What is `agreed` comes off each."""
    principal = claimed.principal
    three = (principal.low, principal.likely, principal.likely, principal.high)
    sums = [claimed.principal_of(draw) for draw in draws] or three
    return tuple(sorted(Counter(max(one - agreed, ZERO) for one in sums).items()))


def _gain(stakes: Stakes, until: date) -> Callable[[Money], Money]:
    """An award with its interest, and with the fee before the lawsuit where the chain has one."""
    given = stakes.given
    first = given.default or given.as_of + timedelta(1)
    earned = stakes.interest.earned(Money(100), first, until).exact if first <= until else Fraction()
    owes_fee = stakes.claimed.pre_trial != Range()

    @cache
    def gain(award: Money) -> Money:
        before = stakes.law.before(given.fees, award) if owes_fee else ZERO
        return award + award * (earned / 100) + before

    return gain


def bearing(given: LegalFacts) -> Bearing:
    """A funder comes before an insurer; an insurer counts only where the policy is said to cover this."""
    share, cover = given.suit.funding_share, legal_policy(given.insured)
    if share is not None:
        return Bearing(funding_share=Fraction(share))
    if cover is not None and cover.covers:
        return Bearing(deductible=cover.deductible, limit=cover.limit)
    return BEARS_ALL


def legal_policy(insured: Insured) -> Policy | None:
    """The last legal-expenses policy that was written down."""
    held = [one for one in insured.policies if one.kind is PolicyKind.LEGAL_EXPENSES]
    return held[-1] if held else None


def inputs(stakes: Stakes, made: Table, value: Money) -> tuple[tuple[Text, Text], ...]:
    """Everything that a figure of the decision rests on, in words."""
    given, last = stakes.given, made.until
    suit = given.suit
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
                law=stakes.law.tables(given.fees),
            ),
        ),
        (
            text("VAT on lawyers' fees"),
            text("counted, because the firm does not deduct it")
            if given.fees.with_vat
            else text("not counted"),
        ),
        (text("Duration"), _duration(suit.lasts(), last)),
        (text("What money costs a year"), text("{rate:percent}", rate=suit.money_rate)),
        (text("Who bears the costs"), _bearer(given)),
        *_own_costs(suit),
    )


def _own_costs(suit: SuitFacts) -> Iterator[tuple[Text, Text]]:
    """What the firm states of costs that nobody pays back."""
    if suit.above_statute:
        yield (
            text("Lawyer's fee above the statutory one"),
            text("{amount}, paid back by nobody", amount=suit.above_statute),
        )
    if suit.own_cost:
        yield (
            text("Own cost of a way without a lawyer"),
            text("{amount}, paid back by nobody", amount=suit.own_cost),
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


def _duration(lasts: Duration | None, last: date) -> Text:
    if lasts is None:
        return text("not stated; interest until {day}", day=last)
    return text(
        "{n} months; interest until {day}", "one month; interest until {day}", n=lasts.months, day=last
    )


def _bearer(given: LegalFacts) -> Text:
    share, cover = given.suit.funding_share, legal_policy(given.insured)
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


def notes(stakes: Stakes) -> tuple[Text, ...]:
    """What the figures leave out, said beside them."""
    given, found = stakes.given, list(stakes.law.notes)
    if stakes.agreed:
        found.append(
            text(
                "{agreed} are agreed and no longer weighed: all figures are about the disputed rest, and an offer for "
                "everything counts with what it gives beyond that.",
                agreed=stakes.agreed,
            )
        )
    if given.suit.funding_share is not None and legal_policy(given.insured) is not None:
        found.append(text("A funder and an insurer are both stated; the funder is counted."))
    if given.suit.odds is None:
        found.append(text("State your range of odds to see what suing is worth; Heller invents none."))
    return tuple(found)
