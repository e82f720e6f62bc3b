"""The cap on liability: § 44a TKG 2004 and § 70 TKG, by the day of the outage, and what lies outside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.law.book.versions import choose, in_force
from heller.law.chain.cap import Cap, Lifter, Uncapped
from heller.law.chain.scenarios import Assumption
from heller.law.de.rules import book, norm, open_norm
from heller.law.facts_of_case import Situation
from heller.model.damage import NormRef
from heller.model.kinds.pleading import FaultDegree
from heller.model.money import Money, total
from heller.model.text import Text, text


@in_force(since="2012-07-02", until="2021-11-30")
def _cap_2004(on: date, agreed: Money | None) -> Cap:
    if agreed is not None:
        reason = text("A cap of {cap} was agreed individually; it replaces that of the law.", cap=agreed)
        return Cap(agreed, "TKG 2004", norm("TKG04-44a-5"), reason, agreed=True)
    amount = book().for_sum("TKG04-44a-1", on).money("cap")
    reason = text(
        "For pure financial loss a provider owes each end user at most {cap}, unless it acted with intent.",
        cap=amount,
    )
    return Cap(amount, "TKG 2004", norm("TKG04-44a-1"), reason)


@in_force(since="2021-12-01")
def _cap_2021(on: date, agreed: Money | None) -> Cap:
    if agreed is not None:
        reason = text("A cap of {cap} was agreed individually; it replaces that of the law.", cap=agreed)
        return Cap(agreed, "TKG 2021", norm("TKG21-70-4"), reason, agreed=True)
    amount = book().for_sum("TKG21-70-1", on).money("cap")
    reason = text(
        "For financial loss and lump sums a provider owes each end user at most {cap}, unless it acted with "
        "intent or gross negligence.",
        cap=amount,
    )
    return Cap(amount, "TKG 2021", norm("TKG21-70-1"), reason)


@in_force(since="2012-07-02", until="2021-11-30")
def _lifters_2004() -> tuple[Lifter, ...]:
    return (
        Lifter(
            "intent",
            text("Intent: the provider knew that the line would go down or stay down, and accepted it."),
            norm("TKG04-44a-2"),
            fault=True,
        ),
        Lifter(
            "agreement",
            text("An individual agreement with another cap; general terms are not enough."),
            norm("TKG04-44a-5"),
        ),
        Lifter(
            "gross_negligence",
            text("Gross negligence does not lift the cap for outages before 1 December 2021."),
            norm("TKG04-44a-2"),
            lifts=False,
        ),
    )


@in_force(since="2021-12-01")
def _lifters_2021() -> tuple[Lifter, ...]:
    return (
        Lifter(
            "intent",
            text("Intent: the provider knew that the line would go down or stay down, and accepted it."),
            norm("TKG21-70-3"),
            fault=True,
        ),
        Lifter(
            "gross_negligence",
            text("Gross negligence: what everybody should have seen was disregarded."),
            norm("TKG21-70-3"),
            fault=True,
        ),
        Lifter(
            "agreement",
            text("An individual agreement with another cap; general terms are not enough."),
            norm("TKG21-70-4"),
        ),
    )


class CapException(Struct, frozen=True):
    """What the cap does not touch. Where the norm is not verified it is a reading."""

    text: Text
    norm: NormRef


LATE = text("Damage from late payment of the damages: default interest, costs of the lawyer after default.")
THINGS = text("Destroyed things and injured persons: the cap is for financial loss only.")
REFUND = text("The refund of the fee for the days of the outage.")


@in_force(since="2012-07-02", until="2021-11-30")
def _outside_2004() -> tuple[CapException, ...]:
    return (
        CapException(LATE, norm("TKG04-44a-4")),
        CapException(THINGS, norm("TKG04-44a-6")),
        CapException(REFUND, open_norm("HEAD-11")),
        CapException(
            text("Interest from the day the damage occurs, where the Act itself was breached."),
            open_norm("TKG04-44-2"),
        ),
    )


@in_force(since="2021-12-01")
def _outside_2021() -> tuple[CapException, ...]:
    return (
        CapException(LATE, norm("TKG21-70-3")),
        CapException(THINGS, open_norm("TKG21-70-1")),
        CapException(REFUND, open_norm("HEAD-11")),
        CapException(
            text("Interest from the day the damage occurs, where the Act itself was breached."),
            open_norm("TKG21-69"),
        ),
    )


@in_force(since="2012-07-02", until="2021-11-30")
def _event_cap_2004(on: date) -> Money:
    return book().for_sum("TKG04-44a-3", on).money("cap")


@in_force(since="2021-12-01")
def _event_cap_2021(on: date) -> Money:
    return book().for_sum("TKG21-70-2", on).money("cap")


def cap(outage: date, agreed: Money | None = None) -> Cap:
    """The cap for one end user by the day of the outage. Raises BeyondTheData before 2 July 2012."""
    return choose(outage, (_cap_2004, _cap_2021))(outage, agreed)


def lifters(outage: date) -> tuple[Lifter, ...]:
    """What lifts the cap by the day of the outage, and what does not. Raises BeyondTheData."""
    return choose(outage, (_lifters_2004, _lifters_2021))()


def outside(outage: date) -> tuple[CapException, ...]:
    """What lies outside the cap by the day of the outage, open readings marked. Raises BeyondTheData."""
    return choose(outage, (_outside_2004, _outside_2021))()


def event_cap(outage: date) -> Money:
    """The most that all end users of one event get together. Raises BeyondTheData."""
    return choose(outage, (_event_cap_2004, _event_cap_2021))(outage)


def factor(together: Money, outage: date) -> Fraction:
    """By what every claim is cut where all claims of one event, each already capped, exceed the shared
    cap: 12.5 million under 10 million give 4/5. Raises BeyondTheData."""
    most = event_cap(outage)
    return Fraction(1) if together <= most else Fraction(most.cents, together.cents)


def compensation(damage: Money, outage: date, agreed: Money | None = None) -> Money:
    """What one end user gets of a damage: never more than the cap."""
    return min(damage, cap(outage, agreed).amount)


def share_out(claims: Iterable[Money], outage: date) -> tuple[Money, ...]:
    """What each of many end users of one event gets, each already capped: cut in proportion to the
    shared cap (§ 44a sentences 2-3 TKG 2004, § 70 sentences 2-3 TKG), rounded down to the cent so that
    the sum never exceeds it."""
    asked = tuple(claims)
    share = factor(total(asked), outage)
    return tuple(Money(int(claim.cents * share), claim.currency) for claim in asked)


def limit(situation: Situation) -> Cap:
    """What limits the claim of a case; a cap that stands in general terms replaces nothing. Raises BeyondTheData."""
    return cap(situation.began, _agreed(situation))


def _agreed(situation: Situation) -> Money | None:
    """The cap that was agreed individually, as far as nobody says that it was not."""
    contract = situation.given.contract
    return contract.agreed_cap if contract.individual_terms is not False else None


def on(outage: date) -> tuple[Cap, tuple[Lifter, ...]]:
    """The cap on a day with what lifts it. Raises BeyondTheData."""
    return cap(outage), lifters(outage)


def intent(situation: Situation) -> Uncapped:
    """Without a cap: what the provider owes who acted with intent."""
    lifter = _lifter(situation, "intent")
    return Uncapped(cap(situation.began).law, lifter.norm, lifter.text)


def pleaded(situation: Situation, degree: FaultDegree) -> Cap | Uncapped:
    """What limits the claim at a degree of fault. Intent lifts every limit, an agreed one too; whether gross negligence
    lifts an agreed one the agreement says, so that one stands. Raises BeyondTheData."""
    held = limit(situation)
    if degree is FaultDegree.INTENT:
        return intent(situation)
    if degree is FaultDegree.SIMPLE or held.agreed:
        return held
    gross = _lifter(situation, "gross_negligence")
    return Uncapped(held.law, gross.norm, gross.text) if gross.lifts else _not_lifted(held, gross)


def _not_lifted(held: Cap, lifter: Lifter) -> Cap:
    """The same cap, with the rule that says why it stands."""
    return replace(held, norm=lifter.norm, reason=lifter.text)


def degrees(situation: Situation) -> Iterator[Assumption]:
    """Simple negligence, gross negligence, intent, and the clause where one was agreed; in this order
    none gives less than the one before, the clause apart."""
    of_law, gross = cap(situation.began), _lifter(situation, "gross_negligence")
    yield Assumption("simple", text("Simple negligence"), of_law)
    held = _not_lifted(of_law, gross)
    free = Uncapped(of_law.law, gross.norm, gross.text)
    yield Assumption("gross", text("Gross negligence"), free if gross.lifts else held)
    yield Assumption("intent", text("Intent"), intent(situation))
    if _agreed(situation) is not None:
        yield Assumption("clause", text("Agreed clause"), limit(situation))


def _lifter(situation: Situation, key: str) -> Lifter:
    return next(one for one in lifters(situation.began) if one.key == key)
