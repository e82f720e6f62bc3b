"""The accounts of all debtors on a day: each ledger is walked day by day, and what it comes to is put down.

Movements of one day that go the same way are taken as one, so that a payment in two parts changes nothing; what
happens on one day has an order of its own, so that the order of entries changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from heller.law.account.account_law import AccountLaw
from heller.law.account.assignments import assign
from heller.law.account.ledger import Ledger
from heller.law.account.movements import move
from heller.law.account.outcome import outcome
from heller.law.account.pieces import DAY
from heller.law.account.reductions import reduced, say_reduced
from heller.law.account.settlements import Revived, late, settle
from heller.model.account import AccountRecords, Charge, ClaimAccount, Debt, SettlementPlan
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.settlement import FORFEITS, Forfeiture
from heller.model.terms import Waiver
from heller.model.text import text

# What happens on one day, in this order: a day of grace is looked at when all of its payments are in.
ASSIGNED, SETTLED, MOVED, LATE = range(4)
Doing: TypeAlias = tuple[date, int, str, Callable[[Ledger, date], None]]


class Claims(Struct, frozen=True):
    """What is owed before anything moved, under the law of a country; the public holidays of `region` count."""

    debts: tuple[Debt, ...]
    charges: tuple[Charge, ...]
    law: AccountLaw
    region: str = ""

    def of(self, debtor: str, as_of: date) -> Claims:
        """What one debtor owes for what was there on a day."""
        return replace(
            self,
            debts=tuple(one for one in self.debts if one.debtor == debtor and one.arose <= as_of),
            charges=tuple(one for one in self.charges if one.debtor == debtor and one.on <= as_of),
        )

    def less(self, movements: Sequence[Movement], as_of: date) -> Claims:
        """The same without what the creditor took back."""
        return replace(self, debts=tuple(reduced(self.debts, movements, as_of)))

    @property
    def ledger(self) -> Ledger:
        """A ledger in which nothing has happened yet."""
        return Ledger(self.debts, self.charges, self.law, self.region)


def accounts(claims: Claims, records: AccountRecords, as_of: date) -> tuple[ClaimAccount, ...]:
    """What each debtor owes each creditor at the end of a day: debtor by debtor, the firm first."""
    debtors = sorted({one.debtor for one in claims.debts} | {one.debtor for one in claims.charges})
    return tuple(
        account
        for debtor in debtors
        for account in _of(debtor, claims.of(debtor, as_of), records.of(debtor), as_of)
    )


def _of(debtor: str, claims: Claims, records: AccountRecords, as_of: date) -> tuple[ClaimAccount, ...]:
    """The accounts of one debtor. A settlement that brings the claim back is left out, and the ledger walked again."""
    gone: list[Revived] = []
    owed = claims.less(records.movements, as_of)
    while True:
        ledger = owed.ledger
        try:
            _walk(ledger, records, as_of, gone)
            return outcome(debtor, ledger, as_of, gone)
        except Revived as revived:
            gone.append(revived)
            kept = tuple(one for one in records.settlements if one is not revived.settlement)
            records = replace(records, settlements=kept)


def _walk(ledger: Ledger, records: AccountRecords, as_of: date, gone: Sequence[Revived]) -> None:
    doings = [*_doings(ledger, records, as_of), *(_revival(one) for one in gone)]
    for day, _, _, do in sorted(doings, key=lambda one: one[:3]):
        ledger.until(day)
        do(ledger, day)
    ledger.until(as_of)


def _doings(ledger: Ledger, records: AccountRecords, as_of: date) -> Iterator[Doing]:
    for made in records.assignments:
        if made.on <= as_of:
            yield made.on, ASSIGNED, repr(made), partial(assign, made)
    for plan in records.settlements:
        if plan.on <= as_of:
            yield plan.on, SETTLED, repr(plan), partial(settle, plan)
            yield from _days_of_grace(plan, ledger, as_of)
    known = sorted((one for one in records.movements if one.on <= as_of), key=_way)
    for way, group in groupby(known, key=_way):
        same = tuple(sorted(group, key=repr))
        do = say_reduced if same[0].kind is MovementKind.REDUCTION else move
        yield _works_from(same[0], ledger), MOVED, repr(way), partial(do, same)


def _way(movement: Movement) -> tuple[str, ...]:
    """What decides where a movement goes: all of it but its sum and its words."""
    it = movement
    return tuple(
        map(str, (it.kind, it.on, it.since, it.to, it.event, it.instalment, it.part, it.amount is None))
    )


def _works_from(movement: Movement, ledger: Ledger) -> date:
    """The day from which a movement works: a set-off from the day on which both claims were there."""
    first = min(
        (one.since for one in ledger.pieces if movement.event in ("", one.debt.event)), default=date.min
    )
    return max(movement.value_day, first) if movement.since else movement.on


def _days_of_grace(plan: SettlementPlan, ledger: Ledger, as_of: date) -> Iterator[Doing]:
    if plan.settlement.forfeits is Forfeiture.NONE or plan.settlement.waives is Waiver.NONE:
        return
    for number, one in enumerate(plan.instalments, 1):
        if one.due is not None:
            last = ledger.law.in_time(one.due, ledger.region) + DAY * plan.settlement.grace
            if last < as_of:
                yield last, LATE, repr(plan), partial(late, plan, number)


def _revival(revived: Revived) -> Doing:
    """The line that says that a settlement brought the claim back."""

    def say(ledger: Ledger, day: date) -> None:
        ledger.say(
            "",
            day,
            text("Forfeiture"),
            revived.settlement.settlement.amount,
            topic="forfeiture",
            reason=text(
                "The settlement of {day} was not kept: {what}.",
                day=revived.settlement.on,
                what=FORFEITS[revived.settlement.settlement.forfeits],
            ),
        )

    return revived.on, ASSIGNED, "", say
