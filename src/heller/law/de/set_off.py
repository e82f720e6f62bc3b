"""What of the lump sums of §§ 58, 59 TKG enters the chain: only where the facts are stated, and only what
every reading of the day count gives.

How the days are counted is open (DAY-03, DAY-05, DAY-06), so the smallest of all readings counts; the
larger ones stand beside the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from msgspec import Struct

from heller.law.book.versions import choose, in_force
from heller.law.chain.claim_chain import Footing
from heller.law.chain.running import RunningSteps, each
from heller.law.de import lumpsums
from heller.law.de.deadlines import places
from heller.law.de.lumpsums import LumpSum, Reading58, Reading59
from heller.law.de.rules import norm
from heller.law.de.who import Right, customer, right
from heller.law.facts_of_case import Situation
from heller.model.amount import Range, WorkingLine
from heller.model.damage import NormRef
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

BOTH = (False, True)


class Lump(Struct, frozen=True):
    """The lump sum that is set off, and why."""

    amount: Money
    reason: Text
    norm: NormRef
    working: tuple[WorkingLine, ...] = ()


def step(chain: RunningSteps, footing: Footing) -> None:
    """Lump sums and damages are set off both ways: the higher one counts (§§ 58 (3), 59 (4), 69 TKG)."""
    found = lump(footing.situation)

    def higher(damage: Money) -> Money:
        return max(damage, found.amount)

    label = text("Set off against lump sums")
    after = each(chain.running, higher)
    chain.to(after, "lump_sums", label, found.reason, found.norm, found.working, of_one=higher)


def lump(situation: Situation) -> Lump:
    """The lump sum of a case: the higher of the two that the stated facts give. Raises BeyondTheData."""
    owed = [one for one in (_of_outage(situation), _of_change(situation)) if one and one.amount]
    if not owed:
        return choose(situation.began, (_none_2004, _none_2021))()
    return max(owed, key=lambda one: one.amount)


def outage_sums(situation: Situation, back: date) -> tuple[LumpSum, ...]:
    """§ 58 (3) under each reading of its day count; none where report or fee are not known. A report before the line
    was dead counts from the day on which it was: no day on which it carried is one of complete outage."""
    reported, fee = situation.given.dealings.reported, situation.given.contract.monthly_fee
    if reported is None or fee is None:
        return ()
    since = max(reported, situation.began)
    return tuple(
        lumpsums.for_outage(since, back, fee, law_of=situation.began, reading=Reading58(a, b))
        for a, b in product(BOTH, BOTH)
    )


def change_sums(situation: Situation, back: date) -> tuple[LumpSum, ...]:
    """§ 59 (4) under each reading, in each state where that of the line is not known."""
    began, fee = situation.began, situation.given.contract.monthly_fee
    if fee is None:
        return ()
    region = situation.given.party.region
    return tuple(
        lumpsums.for_change(
            began, back, fee, state=state, catholic=catholic, law_of=began, reading=Reading59(a, b)
        )
        for state, catholic, a, b in product((region,) if region else places(), BOTH, BOTH, BOTH)
    )


@in_force(since="2012-07-02", until="2021-11-30")
def _none_2004() -> Lump:
    return Lump(ZERO, text("Lump sums for an outage exist only since 1 December 2021."), norm("TKG04-46-5"))


@in_force(since="2021-12-01")
def _none_2021() -> Lump:
    return Lump(
        ZERO,
        text(
            "Lump sums and damages are set off against each other, the higher one counts. "
            "No lump sum is counted here: the facts that it needs are not stated, or do not give one."
        ),
        norm("TKG21-58-5"),
    )


def _has(situation: Situation, which: Right) -> bool:
    given = situation.given
    return right(customer(given.party, given.contract), situation.began, which).has is True


def _of_outage(situation: Situation) -> Lump | None:
    """§ 58 (3) and (4): the days of a complete outage, and the appointments that were missed."""
    if not _has(situation, Right.OUTAGE_SUM):
        return None
    reason = text(
        "Damages and the lump sum for complete outage are set off, the higher one counts. "
        "The lump sum is {least}, as every way of counting its days gives it."
    )
    dead = situation.given.contract.all_dead
    sums = outage_sums(situation, situation.back_at_the_earliest) if dead else ()
    return _set_off(sums, situation, reason, change=False)


def _of_change(situation: Situation) -> Lump | None:
    """§ 59 (4): the working days of an interruption at a change, and the appointments that were missed."""
    if not _has(situation, Right.CHANGE_SUM):
        return None
    reason = text(
        "Damages and the lump sum at a change of provider are set off, the higher one counts. "
        "The lump sum is {least}, as every way of counting its days gives it."
    )
    sums = change_sums(situation, situation.back_at_the_earliest)
    return _set_off(sums, situation, reason, change=True)


def _set_off(sums: tuple[LumpSum, ...], situation: Situation, reason: Text, *, change: bool) -> Lump:
    least = min(sums, key=lambda one: one.total, default=LumpSum())
    missed = _missed(situation, change=change)
    n = situation.given.contract.missed_appointments
    appointments = WorkingLine(text("Missed appointments: {n}", n=n), Range.exact(missed))
    return Lump(
        amount=least.total + missed,
        reason=Text(reason.id, {"least": least.total + missed}),
        norm=norm("TKG21-58-5"),
        working=(*_lines(least), *((appointments,) if missed else ())),
    )


def _missed(situation: Situation, *, change: bool) -> Money:
    contract = situation.given.contract
    if contract.monthly_fee is None:
        return ZERO
    each_one = lumpsums.for_appointment(contract.monthly_fee, situation.began, change=change)
    return each_one * contract.missed_appointments


def _lines(sum_: LumpSum) -> Iterator[WorkingLine]:
    for day, amount in sum_.days:
        yield WorkingLine(text("Lump sum for {day}", day=day), Range.exact(amount))
