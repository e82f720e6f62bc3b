"""Settle or sue: what pursuing a claim costs, what an offer is worth, and at which odds suing is worth more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.model.amount import Range, WorkingLine
from heller.model.damage import NormRef
from heller.model.money import Money
from heller.model.terms import Waiver
from heller.model.text import Text


class Costs(Struct, frozen=True):
    """What it costs to pursue a value: out of court, first instance, the whole risk; net of VAT
    where the firm deducts it. `working` shows each fee."""

    value: Money
    out_of_court: Money
    own_lawyer: Money
    other_lawyer: Money
    court: Money
    risk: Money
    court_name: Text
    lawyer_mandatory: bool
    law: str
    working: tuple[WorkingLine, ...] = ()


class Offer(Struct, frozen=True):
    """An offer weighed. `worth` is what it is worth to the firm; `break_even` the chance of winning
    (0..1) from which suing is worth more, None where it never is; `warnings` what it costs beside, `exit`
    the day on which the contract ends early with it."""

    on: date
    who: str
    incoming: bool
    cash: Money
    worth: Money
    waiver: Waiver
    break_even: Decimal | None
    words: Text
    credit: Money | None = None
    until: date | None = None
    expired: bool = False
    warnings: tuple[Text, ...] = ()
    exit: date | None = None


class Chance(Struct, frozen=True):
    """What suing is worth at a chance of winning: on average, and in the worst and best of twenty cases.
    `asked` where it is an end of the range that the user stated."""

    odds: Decimal
    expected: Money
    low: Money
    middle: Money
    high: Money
    asked: bool = False


class SuitSize(Struct, frozen=True):
    """A sum that could be sued for: the costs at risk, what is left if the claim succeeds, and what it
    is worth at the ends of the user's odds (None without odds)."""

    key: str
    label: Text
    value: Money
    risk: Money
    won: Money
    lost_to_costs: Money
    expected: tuple[Money, Money] | None = None


class Swing(Struct, frozen=True):
    """How far one input moves the worth of suing, everything else held."""

    label: Text
    low: Money
    high: Money

    @property
    def width(self) -> Money:
        """The distance."""
        return self.high - self.low


class ClaimGate(Struct, frozen=True):
    """What stops a claim whatever its merits: limitation, a waiver, the wrong court. `closes` is the chance (0..1) that
    it does once it is raised, None where nobody knows: then nothing is counted. `raised` and `open` are what suing is
    worth in both cases, in the middle of the user's odds, or if the claim succeeds where he stated none."""

    key: str
    label: Text
    why: Text
    norm: NormRef
    closes: Decimal | None
    raised: Money
    open: Money

    @property
    def shut(self) -> bool:
        """Whether nothing is left of the claim once it is raised."""
        return self.closes == 1


class ClaimRoute(Struct, frozen=True):
    """A way to the money, or none. `value` is what is asked for on it, `risk` the costs of all sides that are borne
    where it fails, `unpaid` own cost that nobody pays back even where it succeeds, `months` how long it takes (None:
    nobody knows) and `months_from` where that assumption comes from. `won` and `lost` are what is left on average where
    it succeeds and where it fails, `expected` what it is worth at the ends of the user's odds, `break_even` the odds
    (0..1) from which it is worth more than doing nothing. Where nothing binds the other side there is no figure: None.
    `ends` says whether the matter is over.
    """

    key: str
    label: Text
    words: Text
    limitation: Text
    norm: NormRef | None
    value: Money
    risk: Money
    unpaid: Money
    months: int | None = None
    won: Money | None = None
    lost: Money | None = None
    expected: tuple[Money, Money] | None = None
    break_even: Decimal | None = None
    ends: bool = True
    months_from: Text | None = None


class Decision(Struct, frozen=True):
    """Settle or sue. `inputs` stand beside every figure; `won` is what is left if the claim succeeds (5 %, mean, 95 %
    of the draws), `lost` what is left if it fails. `odds` are the user's, None where he stated none: then only
    break-even odds are given. `counter` is the range for a counter-offer. `gates` stop the claim whatever its merits,
    `routes` are the ways beside each other, `best_route` is the one that is worth most at all stated odds (None where
    none is)."""

    inputs: tuple[tuple[Text, Text], ...]
    value: Money
    risk: Money
    won: Range
    lost: Money
    offers: tuple[Offer, ...] = ()
    odds: tuple[Decimal, Decimal] | None = None
    expected: tuple[Money, Money] | None = None
    counter: tuple[Money, Money] | None = None
    chances: tuple[Chance, ...] = ()
    sizes: tuple[SuitSize, ...] = ()
    swings: tuple[Swing, ...] = ()
    notes: tuple[Text, ...] = ()
    gates: tuple[ClaimGate, ...] = ()
    routes: tuple[ClaimRoute, ...] = ()
    best_route: Text | None = None

    @property
    def shut(self) -> ClaimGate | None:
        """The first gate that leaves nothing of the claim; None where none does."""
        return next((one for one in self.gates if one.shut), None)

    @property
    def best(self) -> Offer | None:
        """The offer of the other side that is worth most and has not expired."""
        return best_offer(self.offers)


def best_offer(offers: Iterable[Offer]) -> Offer | None:
    """The open offer of the other side that is worth most."""
    return max(
        (one for one in offers if one.incoming and not one.expired), key=lambda one: one.worth, default=None
    )
