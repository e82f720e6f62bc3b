"""What lifts the cap of the TKG in a case, and what lies outside it, by the day of the outage."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.versions import choose, in_force
from heller.law.chain import lifts
from heller.law.chain.claim_chain import ClaimChain
from heller.law.de import liability
from heller.law.de.rules import norm, open_norm
from heller.model.amount import Range
from heller.model.claim import Lift, Outside
from heller.model.damage import NormRef
from heller.model.text import text


def of_law(made: ClaimChain) -> Iterator[Lift]:
    """Intent, gross negligence, another agreement."""
    return lifts.of_law(made, liability.lifters(made.situation.began))


def things(made: ClaimChain) -> Iterator[Lift]:
    """Destroyed things."""
    return lifts.destroyed_things(made, _of_things(made))


def public(made: ClaimChain) -> Iterator[Lift]:
    """§ 44a TKG 2004 protects providers of publicly available services only."""
    if choose(made.situation.began, (_private_2004, _private_2021))() and not lifts.agreed(made):
        stated = made.situation.given.contract.publicly_available
        worth = Range() if stated else lifts.over_the_cap(made)
        said = text("The service was not publicly available: then the cap does not protect the provider.")
        met = None if stated is None else not stated
        yield Lift(said, worth, norm("TKG04-44a-1"), met=met, key="not_public")


def late_payment(made: ClaimChain) -> Iterator[Lift]:
    """Interest and costs of late payment."""
    yield lifts.late_payment(made, _of_lateness(made))


def outside(made: ClaimChain) -> tuple[Outside, ...]:
    """What the cap does not take, with amounts; an open reading says so by its mark."""
    return lifts.outside(made, _of_lateness(made), norm("HEAD-11"), _of_things(made))


@in_force(since="2012-07-02", until="2021-11-30")
def _private_2004() -> bool:
    return True


@in_force(since="2021-12-01")
def _private_2021() -> bool:
    return False


@in_force(since="2012-07-02", until="2021-11-30")
def _thing_2004() -> NormRef:
    return open_norm("TKG04-44a-6")


@in_force(since="2021-12-01")
def _thing_2021() -> NormRef:
    return open_norm("TKG21-70-1")


@in_force(since="2012-07-02", until="2021-11-30")
def _late_2004() -> NormRef:
    return norm("TKG04-44a-4")


@in_force(since="2021-12-01")
def _late_2021() -> NormRef:
    return norm("TKG21-70-3")


def _of_things(made: ClaimChain) -> NormRef:
    return choose(made.situation.began, (_thing_2004, _thing_2021))()


def _of_lateness(made: ClaimChain) -> NormRef:
    return choose(made.situation.began, (_late_2004, _late_2021))()
