"""Which input moves the worth of suing most: each alone from one end to the other, all others held.

Where something must be held, the odds stand in the middle of the user's range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from heller.law.chain.claim_chain import ClaimChain
from heller.law.facts_of_case import LegalFacts
from heller.law.suing.gates import beside
from heller.law.suing.inputs import BEARS_ALL, Stakes, Table, debts, legal_policy, table
from heller.law.suing.suit import Bearing, quantile
from heller.model.decision import ClaimRoute, Swing
from heller.model.money import Money
from heller.model.text import text


def swings(
    stakes: Stakes, made: Table, value: Money, odds: tuple[Decimal, Decimal], ways: Iterable[ClaimRoute] = ()
) -> tuple[Swing, ...]:
    """The widest first; what moves nothing is left out."""
    middle = (odds[0] + odds[1]) / 2
    found = (
        Swing(text("Your odds"), made.at(value, odds[0]), made.at(value, odds[1])),
        _damage(made, value, middle),
        *_cap(stakes, made, value, middle),
        *_fault(stakes, made, value, middle),
        *_instances(stakes, made, value, middle),
        *_insurance(stakes.given, made, value, middle),
        *_interest(made, value, middle),
        *_gates(stakes, made, value, middle),
        *_court(ways),
    )
    return tuple(sorted((one for one in found if one.width), key=lambda one: -one.width.cents))


def _damage(made: Table, value: Money, odds: Decimal) -> Swing:
    draws = [(amount, Fraction(n)) for amount, n in made.suit.owed]
    ends = [
        replace(made, suit=replace(made.suit, owed=((quantile(draws, share), 1),))).at(value, odds)
        for share in (Fraction(1, 20), Fraction(19, 20))
    ]
    return Swing(text("How high the damage is"), *ends)


def _cap(stakes: Stakes, made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    """Suing for the whole damage where the cap falls, instead of for what is due under it."""
    lifted = stakes.lifted
    if lifted is not None:
        free = replace(made, suit=replace(made.suit, owed=debts(lifted, stakes.draws, stakes.agreed)))
        ends = made.at(value, odds), free.at(lifted.principal.likely - stakes.agreed, odds)
        yield Swing(text("Whether the cap falls"), min(ends), max(ends))


def _fault(stakes: Stakes, made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    """The firm's own share of the fault at its two ends, where a range is stated."""
    least, _, most = stakes.given.party.fault
    if least != most:
        ends = []
        for share in (most, least):
            other = replace(made.suit, owed=debts(_with_fault(stakes.claimed, share), stakes.draws))
            ends.append(replace(made, suit=other).at(value, odds))
        yield Swing(text("The firm's own share of the fault"), min(ends), max(ends))


def _with_fault(claimed: ClaimChain, share: Decimal) -> ClaimChain:
    situation = claimed.situation
    party = replace(situation.given.party, fault=(share, share, share))
    return claimed.supposing(replace(situation, given=replace(situation.given, party=party)))


def _instances(stakes: Stakes, made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    other = table(stakes, 2 if stakes.given.suit.instances == 1 else 1)
    ends = (
        made.at(value, odds),
        replace(made, suit=replace(made.suit, risk=other.suit.risk)).at(value, odds),
    )
    yield Swing(text("One instance or two"), min(ends), max(ends))


def _insurance(given: LegalFacts, made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    cover = legal_policy(given.insured)
    if cover is None or given.suit.funding_share is not None:
        return
    insured = Bearing(deductible=cover.deductible, limit=cover.limit)
    ends = [
        replace(made, suit=replace(made.suit, bearing=one)).at(value, odds) for one in (BEARS_ALL, insured)
    ]
    yield Swing(text("Whether the legal-expenses insurance pays"), min(ends), max(ends))


def _interest(made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    bare = replace(made, suit=replace(made.suit, gain=_alone))
    ends = bare.at(value, odds), made.at(value, odds)
    yield Swing(text("Interest and fees that come with the award"), min(ends), max(ends))


def _gates(stakes: Stakes, made: Table, value: Money, odds: Decimal) -> Iterator[Swing]:
    """Each gate raised and not raised, whatever the chance of it."""
    for bar, free in beside(stakes.bars):
        ends = [
            replace(made, suit=replace(made.suit, passes=chance)).at(value, odds)
            for chance in (Fraction(), free)
        ]
        yield Swing(text("{gate}: raised or not", gate=bar.label), min(ends), max(ends))


def _court(ways: Iterable[ClaimRoute]) -> Iterator[Swing]:
    """Before which court, and how much of the claim: from the way through a court that is worth least to the best."""
    worths = [
        Money((low.cents + high.cents) // 2, low.currency)
        for low, high in (one.expected for one in ways if one.expected and one.risk)
    ]
    if len(worths) > 1:
        yield Swing(text("Which court, and how much of the claim"), min(worths), max(worths))


def _alone(award: Money) -> Money:
    return award
