"""Lump sums per day, §§ 58 (3), 59 (4) TKG: none before 1 December 2021.

How the days are counted is partly open; every open reading is a named parameter (DAY-03, -05, -06).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from heller.law.book.versions import choose, in_force
from heller.law.de.deadlines import is_working_day, next_working_day
from heller.law.de.rules import book
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text


class Reading58(Struct, frozen=True):
    """How § 58 counts: is the day of the report day 1 (else day 0), is the day of repair an outage day."""

    report_day_counts: bool = False
    repair_day_counts: bool = False


class Reading59(Struct, frozen=True):
    """How § 59 counts: is the day of the interruption the free working day (else the next one is)."""

    interruption_day_counts: bool = False
    repair_day_counts: bool = False


class Locality(Struct, frozen=True):
    """Where the line lies: its public holidays count. `catholic` is a mainly Catholic place."""

    state: str = ""
    catholic: bool = False


class LumpSum(Struct, frozen=True):
    """What is owed, and for which days how much."""

    days: tuple[tuple[date, Money], ...] = ()

    @property
    def total(self) -> Money:
        """The sum."""
        return total((amount for _, amount in self.days), ZERO.currency)


@in_force(since="2012-07-02", until="2021-11-30")
def _outage_2004(on: date, report: date, repaired: date, fee: Money, reading: Reading58) -> LumpSum:
    """TKG 2004 had no lump sums (TKG04-46-5)."""
    return LumpSum()


@in_force(since="2021-12-01")
def _outage_2021(on: date, report: date, repaired: date, fee: Money, reading: Reading58) -> LumpSum:
    """§ 58 (3) TKG: from the day after two calendar days; two days at the first rate, then the second."""
    rule = book().in_force("TKG21-58-3", on)
    free = int(rule.number("free_days"))
    first_stage = int(rule.number("first_stage_days"))
    zero = report - timedelta(1) if reading.report_day_counts else report
    last = repaired if reading.repair_day_counts else repaired - timedelta(1)
    first = max(rule.money("first_amount"), fee * rule.number("first_share"))
    then = max(rule.money("then_amount"), fee * rule.number("then_share"))
    numbered = range(free + 1, (last - zero).days + 1)
    return LumpSum(tuple((zero + timedelta(n), first if n <= free + first_stage else then) for n in numbered))


@in_force(since="2012-07-02", until="2021-11-30")
def _change_2004(
    on: date, interrupted: date, back: date, fee: Money, place: Locality, reading: Reading59
) -> LumpSum:
    """TKG 2004 had no lump sums (TKG04-46-5)."""
    return LumpSum()


@in_force(since="2021-12-01")
def _change_2021(
    on: date, interrupted: date, back: date, fee: Money, place: Locality, reading: Reading59
) -> LumpSum:
    """§ 59 (4) TKG: each working day beyond the one that is free."""
    rule = book().in_force("TKG21-59-2", on)
    each = max(rule.money("amount"), fee * rule.number("share"))
    start = interrupted if reading.interruption_day_counts else interrupted + timedelta(1)
    last = back if reading.repair_day_counts else back - timedelta(1)
    days = (start + timedelta(n) for n in range(max((last - start).days + 1, 0)))
    working = [day for day in days if is_working_day(day, place.state, catholic=place.catholic)]
    return LumpSum(tuple((day, each) for day in working[int(rule.number("free_days")) :]))


def for_outage(
    report: date,
    repaired: date,
    monthly_fee: Money,
    *,
    law_of: date | None = None,
    reading: Reading58 | None = None,
) -> LumpSum:
    """§ 58 (3): complete outage of a consumer, micro or small firm. `law_of` is the day whose law counts,
    by default the day of the report. Raises BeyondTheData."""
    on = law_of or report
    return choose(on, (_outage_2004, _outage_2021))(on, report, repaired, monthly_fee, reading or Reading58())


def may_be_small(staff: Decimal | int | None, law_of: date) -> bool:
    """Whether a firm of so many staff may have the rights of § 71 (3) TKG; unknown size may.

    Turnover and an express waiver are further facts. Raises BeyondTheData before 1 December 2021.
    """
    return staff is None or staff < book().in_force("TKG21-71-3", law_of).number("small_staff_below")


def for_change(
    interrupted: date,
    back: date,
    monthly_fee: Money,
    *,
    state: str = "",
    catholic: bool = False,
    law_of: date | None = None,
    reading: Reading59 | None = None,
) -> LumpSum:
    """§ 59 (4): interruption at a change of provider, every end user. Raises BeyondTheData."""
    on = law_of or interrupted
    return choose(on, (_change_2004, _change_2021))(
        on, interrupted, back, monthly_fee, Locality(state, catholic), reading or Reading59()
    )


class Excuse(Enum):
    """What may free the provider from a lump sum."""

    NONE = "none"
    CUSTOMER = "customer"  # the customer is responsible
    LAWFUL = "lawful"  # lawful measures or orders
    FORCE_MAJEURE = "force-majeure"


def closed_outage(excuse: Excuse = Excuse.NONE, *, all_services: bool = True) -> Text | None:
    """Why § 58 (3) grants nothing, or None: another service of the contract works (OLG Braunschweig, 9 U
    54/23), the customer is responsible, lawful measures or orders, force majeure."""
    if not all_services:
        return text(
            "Nothing is owed: another service of the contract still worked, so it was no complete outage."
        )
    return {
        Excuse.NONE: None,
        Excuse.CUSTOMER: text("Nothing is owed: the customer is responsible for the outage."),
        Excuse.LAWFUL: text("Nothing is owed: the outage rests on lawful measures or orders."),
        Excuse.FORCE_MAJEURE: text(
            "Nothing is owed in a case of force majeure; the provider has to prove it."
        ),
    }[excuse]


def closed_change(excuse: Excuse = Excuse.NONE) -> Text | None:
    """Why § 59 (4) grants nothing, or None: only that the customer is responsible for the delay."""
    if excuse is Excuse.CUSTOMER:
        return text("Nothing is owed: the customer is responsible for the delay.")
    return None


@in_force(since="2012-07-02", until="2021-11-30")
def _appointment_2004(on: date, fee: Money, rule: str) -> Money:
    """TKG 2004 had no lump sums (TKG04-46-5)."""
    return ZERO


@in_force(since="2021-12-01")
def _appointment_2021(on: date, fee: Money, rule: str) -> Money:
    """§ 58 (4), § 59 (4) sentence 2 TKG: the higher of an amount and a share of the monthly fee."""
    said = book().for_sum(rule, on)
    return max(said.money("amount"), fee * said.number("share"))


def for_appointment(monthly_fee: Money, on: date, *, change: bool = False) -> Money:
    """A missed appointment of service or installation; with `change` one at a change of provider, owed by
    the provider who missed it. `on` is the day of the appointment. Raises BeyondTheData."""
    rule = "TKG21-59-3" if change else "TKG21-58-4"
    return choose(on, (_appointment_2004, _appointment_2021))(on, monthly_fee, rule)


@in_force(since="2012-07-02", until="2021-11-30")
def _porting_2004(agreed: date, ported: date, place: Locality, ported_day_counts: bool) -> LumpSum:
    """TKG 2004 had no lump sums (TKG04-46-5)."""
    return LumpSum()


@in_force(since="2021-12-01")
def _porting_2021(agreed: date, ported: date, place: Locality, ported_day_counts: bool) -> LumpSum:
    """§ 59 (6) TKG: each day after the working day that follows the agreed one."""
    each = book().for_sum("TKG21-59-5", agreed).money("amount")
    free = next_working_day(agreed + timedelta(1), place.state, catholic=place.catholic)
    last = ported if ported_day_counts else ported - timedelta(1)
    days = range(1, (last - free).days + 1)
    return LumpSum(tuple((free + timedelta(n), each) for n in days))


def for_porting(
    agreed: date,
    ported: date,
    *,
    state: str = "",
    catholic: bool = False,
    ported_day_counts: bool = False,
) -> LumpSum:
    """A number that moved late: from the agreed day to the day on which it worked. Raises BeyondTheData."""
    return choose(agreed, (_porting_2004, _porting_2021))(
        agreed, ported, Locality(state, catholic), ported_day_counts
    )


def both_ways(lump_sums: Money, damage: Money) -> Money:
    """Lump sums and damages are set off both ways: the higher one is owed in all (TKG21-58-5, -59-4)."""
    return max(lump_sums, damage)
