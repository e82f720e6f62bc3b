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

from heller.law.book.rules import norm
from heller.law.book.versions import choose, in_force
from heller.law.de import lumpsums
from heller.law.de.deadlines import places
from heller.law.de.lumpsums import LumpSum, Reading58, Reading59
from heller.law.de.who import Right, right
from heller.law.facts_of_case import LegalFacts
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


def lump(given: LegalFacts, began: date, back: date) -> Lump:
    """The lump sum of a case: the higher of the two that the stated facts give. Raises BeyondTheData."""
    found = [one for one in (_of_outage(given, began, back), _of_change(given, began, back)) if one]
    owed = [one for one in found if one.amount]
    if not owed:
        return choose(began, (_none_2004, _none_2021))()
    return max(owed, key=lambda one: one.amount)


def outage_sums(given: LegalFacts, began: date, back: date) -> tuple[LumpSum, ...]:
    """§ 58 (3) under each reading of its day count; none where report or fee are not known."""
    if given.reported is None or given.monthly_fee is None:
        return ()
    reported, fee = given.reported, given.monthly_fee
    return tuple(
        lumpsums.for_outage(reported, back, fee, law_of=began, reading=Reading58(a, b))
        for a, b in product(BOTH, BOTH)
    )


def change_sums(given: LegalFacts, began: date, back: date) -> tuple[LumpSum, ...]:
    """§ 59 (4) under each reading, in each state where that of the line is not known."""
    if given.monthly_fee is None:
        return ()
    fee, states = given.monthly_fee, (given.state,) if given.state else places()
    return tuple(
        lumpsums.for_change(
            began, back, fee, state=state, catholic=catholic, law_of=began, reading=Reading59(a, b)
        )
        for state, catholic, a, b in product(states, BOTH, BOTH, BOTH)
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


def _of_outage(given: LegalFacts, began: date, back: date) -> Lump | None:
    """§ 58 (3) and (4): the days of a complete outage, and the appointments that were missed."""
    if right(given.customer, began, Right.OUTAGE_SUM).has is not True:
        return None
    reason = text(
        "Damages and the lump sum for complete outage are set off, the higher one counts. "
        "The lump sum is {least}, as every way of counting its days gives it."
    )
    sums = outage_sums(given, began, back) if given.all_dead else ()
    return _set_off(sums, _missed(given, began, change=False), given.missed_appointments, reason)


def _of_change(given: LegalFacts, began: date, back: date) -> Lump | None:
    """§ 59 (4): the working days of an interruption at a change, and the appointments that were missed."""
    if right(given.customer, began, Right.CHANGE_SUM).has is not True:
        return None
    reason = text(
        "Damages and the lump sum at a change of provider are set off, the higher one counts. "
        "The lump sum is {least}, as every way of counting its days gives it."
    )
    sums = change_sums(given, began, back)
    return _set_off(sums, _missed(given, began, change=True), given.missed_appointments, reason)


def _missed(given: LegalFacts, began: date, *, change: bool) -> Money:
    if given.monthly_fee is None:
        return ZERO
    return lumpsums.for_appointment(given.monthly_fee, began, change=change) * given.missed_appointments


def _set_off(sums: tuple[LumpSum, ...], missed: Money, n: int, reason: Text) -> Lump:
    least = min(sums, key=lambda one: one.total, default=LumpSum())
    appointments = WorkingLine(text("Missed appointments: {n}", n=n), Range.exact(missed))
    return Lump(
        amount=least.total + missed,
        reason=Text(reason.id, {"least": least.total + missed}),
        norm=norm("TKG21-58-5"),
        working=(*_lines(least), *((appointments,) if missed else ())),
    )


def _lines(sum_: LumpSum) -> Iterator[WorkingLine]:
    for day, amount in sum_.days:
        yield WorkingLine(text("Lump sum for {day}", day=day), Range.exact(amount))
