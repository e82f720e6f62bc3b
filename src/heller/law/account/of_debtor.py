"""The account of a debtor behind the chain of his claim: one step more, and what may be demanded after it.

Where a settlement stands, or all is paid, what belongs to the claim as such is no longer shown: neither what would lift
its cap nor what suing would bring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from heller.law.account.account_law import AccountLaw
from heller.law.account.walk import Claims, accounts
from heller.law.chain.running import RunningSteps
from heller.model.account import AccountRecords, AccountState, Charge, ClaimAccount, Debt, Due
from heller.model.amount import Range, WorkingLine
from heller.model.claim import ACCOUNT, Deadline, Waterfall
from heller.model.event import DebtorDebt, event_names
from heller.model.finding import Finding
from heller.model.kinds.movement import NAMES
from heller.model.kinds.settlement import Settlement
from heller.model.money import Money, total
from heller.model.text import Text, text

Column = Callable[[Range], Money]
COLUMNS: tuple[Column, ...] = (lambda r: r.low, lambda r: r.likely, lambda r: r.high)


def accounted(
    fall: Waterfall, debt: DebtorDebt, records: AccountRecords, law: AccountLaw, region: str
) -> Waterfall:
    """The claim of a debtor with its accounts. Where nothing moved, its steps stay as they are."""
    doubts = tuple(_unknown_events(records.of(debt.debtor), debt))
    records = _of_events(records.of(debt.debtor), debt)
    columns = [_accounts(debt, records, fall.as_of, law, region, column) for column in COLUMNS]
    if not records:
        return replace(fall, accounts=columns[0])
    own = [_own(one) for one in columns]
    after = _range(total(one.due for one in found) for found in own)
    chain = RunningSteps()
    chain.running = fall.steps[-1].running if fall.steps else Range()
    chain.to(
        after,
        ACCOUNT,
        text("Account"),
        _reason(own[0]),
        law.ground("payment"),
        tuple(_working(own[0], chain.running.low)),
    )
    settled = replace(
        fall,
        steps=(*fall.steps, *chain.steps),
        due=after,
        interest=_range(total(one.open.interest for one in found) for found in own),
        accounts=columns[0],
        findings=(*fall.findings, *doubts),
    )
    return _over(settled, law) if settled.over else settled


def owed(debt: DebtorDebt, records: AccountRecords, as_of: date, law: AccountLaw, region: str) -> Range:
    """What is due on a day, and nothing else."""
    records = _of_events(records.of(debt.debtor), debt)
    columns = (_accounts(debt, records, as_of, law, region, column) for column in COLUMNS)
    return _range(total(one.due for one in _own(found)) for found in columns)


def owed_parts(
    debt: DebtorDebt, records: AccountRecords, as_of: date, law: AccountLaw, region: str
) -> tuple[Range, Range, Range, Range]:
    """What is due on a day, and what of it is principal, interest and costs."""
    records = _of_events(records.of(debt.debtor), debt)
    found = [_own(_accounts(debt, records, as_of, law, region, column)) for column in COLUMNS]
    due = _range(total(one.due for one in own) for own in found)
    principal = _range(total(one.open.principal - one.later for one in own) for own in found)
    interest = _range(total(one.open.interest for one in own) for own in found)
    return due, principal, interest, _range(total(one.open.costs for one in own) for own in found)


def _accounts(
    debt: DebtorDebt, records: AccountRecords, as_of: date, law: AccountLaw, region: str, column: Column
) -> tuple[ClaimAccount, ...]:
    debts = tuple(
        Debt(
            one.event,
            text("Damage"),
            one.arose,
            column(one.principal),
            debt.debtor,
            interest_from=one.default,
        )
        for one in debt.events
    )
    costs = column(debt.costs)
    charges = (
        (Charge(debt.costs_since or as_of, costs, text("Pre-trial costs"), debt.debtor),) if costs else ()
    )
    return accounts(Claims(debts, charges, law, region), records, as_of)


def _of_events(records: AccountRecords, debt: DebtorDebt) -> AccountRecords:
    """The records with the keys of the events that they name; of several events of one day the first is meant."""
    keys = _keys(debt)
    return AccountRecords(
        tuple(replace(one, event=keys.get(one.event, one.event)) for one in records.movements),
        tuple(replace(one, settlement=_settles(one.settlement, keys)) for one in records.settlements),
        tuple(replace(one, event=keys.get(one.event, one.event)) for one in records.assignments),
    )


def _keys(debt: DebtorDebt) -> dict[str, str]:
    keys: dict[str, str] = {}
    for one in debt.events:
        for name in event_names(one.event, one.line, one.arose):
            keys.setdefault(name, one.event)
    return keys


def _unknown_events(records: AccountRecords, debt: DebtorDebt) -> Iterator[Finding]:
    """Movements that name an event which is none of this debtor: they are taken as if they named nothing."""
    keys = _keys(debt)
    for one in records.movements:
        if one.event and one.event not in keys:
            yield Finding(
                "account.event",
                text(
                    "{what} of {day} names the event {event}; there is none of that name.",
                    what=NAMES[one.kind],
                    day=one.on,
                    event=one.event,
                ),
                text("Name it by line and first day, as in: main 2025-03-11"),
                source=one.source,
            )


def _settles(agreed: Settlement, keys: Mapping[str, str]) -> Settlement:
    return replace(agreed, events=tuple(keys.get(name, name) for name in agreed.events))


def _own(found: Iterable[ClaimAccount]) -> list[ClaimAccount]:
    return [one for one in found if not one.creditor]


def _range(columns: Iterable[Money]) -> Range:
    """Three figures as a range, also where a settlement turned them around."""
    low, likely, high = columns
    return Range(min(low, likely), likely, max(likely, high))


def _reason(own: Sequence[ClaimAccount]) -> Text:
    one = own[0]
    if one.state is AccountState.PAID:
        return text("Paid: {paid} in all; nothing is owed any more.", paid=one.paid)
    if one.state is AccountState.GIVEN_UP:
        return text("Given up; nothing is owed any more.")
    if one.later:
        return text(
            "{paid} were paid and credited, {given_up} given up; {later} are not due yet.",
            paid=one.paid,
            given_up=one.given_up,
            later=one.later,
        )
    return text("{paid} were paid and credited, {given_up} given up.", paid=one.paid, given_up=one.given_up)


def _working(own: Iterable[ClaimAccount], before: Money) -> Iterator[WorkingLine]:
    """From what stood `before` to what is due, at the cautious figure; first the interest that a movement stopped."""
    for account in own:
        yield WorkingLine(text("Before the account"), Range.exact(before))
        for label, amount in (
            (text("Interest that ran otherwise, and what was taken back"), account.claimed.sum - before),
            (text("Put on top by a settlement"), account.agreed),
            (text("Paid and credited"), -account.paid),
            (text("Given up"), -account.given_up),
            (text("Assigned to others"), -account.passed),
            (text("Not due yet"), -account.later),
        ):
            if amount:
                yield WorkingLine(label, Range.exact(amount))


def _over(fall: Waterfall, law: AccountLaw) -> Waterfall:
    """What is left to be shown where a settlement stands or all is paid."""
    own = _own(fall.accounts)
    return replace(
        fall,
        alternatives=(),
        lifts=(),
        deadlines=tuple(
            _deadline(one, fall.as_of, law) for account in own for one in account.instalments if one.due
        ),
        costs=None,
        overclaim=None,
        scenarios=(),
        outside=(),
        duties=(),
        decision=None,
        beyond=(),
        pleaded=None,
    )


def _deadline(one: Due, as_of: date, law: AccountLaw) -> Deadline:
    assert one.due is not None
    return Deadline(
        one.due,
        text("Instalment {n} of {amount} is due", n=one.number, amount=one.amount),
        law.ground("instalment"),
        text("The day that the settlement names."),
        text("From the day after, the provider is in default and owes interest."),
        passed=as_of > one.due,
    )
