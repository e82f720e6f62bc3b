"""The account of a claim: cases worked by hand, and what must hold whatever was paid, credited and given up."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heller.law.account.walk import Claims, accounts
from heller.law.de.account import ACCOUNT
from heller.model.account import AccountRecords, Charge, ClaimAccount, Debt, SettlementPlan
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.instalment import Instalment
from heller.model.kinds.movement import DebtPart, Movement, MovementKind
from heller.model.kinds.settlement import Forfeiture, Settlement
from heller.model.money import ZERO, Money, total
from heller.model.terms import Waiver
from heller.model.text import text

FILE = Path(__file__).parent / "account" / "cases.toml"
CASES = tomllib.loads(FILE.read_text("utf-8"))["case"]
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def _money(raw: str | None) -> Money | None:
    return Money.of(Decimal(raw)) if raw is not None else None


def _claims(case: dict[str, Any]) -> Claims:
    debts = tuple(
        Debt(one["event"], text("x"), one["arose"], Money.of(one["principal"]), interest_from=one.get("from"))
        for one in case["debts"]
    )
    charges = tuple(
        Charge(one["on"], Money.of(one["amount"]), text("fees")) for one in case.get("charges", ())
    )
    return Claims(debts, charges, ACCOUNT)


def _movement(one: dict[str, Any]) -> Movement:
    said: dict[str, Any] = {"kind": MovementKind(one["kind"]), "amount": _money(one.get("amount"))}
    if "part" in one:
        said["part"] = DebtPart(one["part"])
    return Movement(**{**one, **said})


def _settlement(one: dict[str, Any]) -> SettlementPlan:
    parts = tuple(Instalment(Money.of(i["amount"]), i.get("due")) for i in one["instalments"])
    forfeits = Forfeiture(one.get("forfeits", "none"))
    sum_ = total(part.amount for part in parts)
    return SettlementPlan(Settlement(one["on"], sum_, forfeits=forfeits, grace=one.get("grace", 0)), parts)


def _assignment(one: dict[str, Any]) -> Assignment:
    return Assignment(**{**one, "amount": _money(one.get("amount"))})


def _records(case: dict[str, Any]) -> AccountRecords:
    return AccountRecords(
        tuple(map(_movement, case.get("movements", ()))),
        tuple(map(_settlement, case.get("settlements", ()))),
        tuple(map(_assignment, case.get("assignments", ()))),
    )


def _euros(money: Money) -> str:
    return f"{Decimal(money.cents) / 100:.2f}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_account_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    """On each day of a case file the three parts, the state and what stands beside them are to the cent."""
    assert case["source"]
    for wanted in case["on"]:
        firm, *others = accounts(_claims(case), _records(case), wanted["day"])
        seen = {
            "costs": _euros(firm.open.costs),
            "interest": _euros(firm.open.interest),
            "principal": _euros(firm.open.principal),
            "later": _euros(firm.later),
            "withheld": _euros(firm.withheld),
            "beyond": _euros(firm.beyond),
            "state": firm.state.value,
            "bank": _euros(others[0].open.sum) if others else "",
        }
        assert {key: seen[key] for key in wanted if key != "day"} == {
            key: value for key, value in wanted.items() if key != "day"
        }, wanted["day"]


def test_debts_of_one_day_are_paid_in_proportion() -> None:
    """Each of two debts of one day loses its share, to the cent."""
    case = next(one for one in CASES if one["id"] == "same-age")
    claims = _claims(case)
    for event, left in case["by_event"].items():
        one = replace(claims, debts=tuple(debt for debt in claims.debts if debt.event == event))
        alone = accounts(one, AccountRecords(), LAST)[0].open.sum
        share = Money(60_000).split([debt.principal.cents for debt in claims.debts])
        at = [debt.event for debt in claims.debts].index(event)
        assert _euros(alone - share[at]) == left


DAYS = st.dates(FIRST, LAST)
CENTS = st.integers(1, 900_000)
EVENTS = st.sampled_from(["", "A", "B", "C"])
KINDS = st.sampled_from(list(MovementKind))


@st.composite
def _debt(draw: st.DrawFn, event: str) -> Debt:
    arose = draw(st.dates(FIRST, date(2026, 6, 30)))
    begins = draw(st.none() | st.integers(0, 200).map(lambda n: arose + timedelta(n)))
    return Debt(event, text("x"), arose, Money(draw(CENTS)), interest_from=begins)


@st.composite
def _any_claims(draw: st.DrawFn) -> Claims:
    debts = tuple(draw(_debt(event)) for event in ("A", "B", "C")[: draw(st.integers(1, 3))])
    charges = draw(st.lists(st.builds(Charge, DAYS, CENTS.map(Money), st.just(text("fees"))), max_size=2))
    return Claims(debts, tuple(charges), ACCOUNT)


MOVEMENTS = st.builds(
    Movement,
    KINDS,
    DAYS,
    CENTS.map(Money),
    event=EVENTS,
    part=st.none() | st.sampled_from(list(DebtPart)),
    instalment=st.sampled_from([0, 0, 0, 1, 2]),
)
PLANS = st.builds(
    lambda agreed, parts: SettlementPlan(replace(agreed, amount=total(p.amount for p in parts)), parts),
    st.builds(
        Settlement,
        DAYS,
        st.just(ZERO),
        forfeits=st.sampled_from(list(Forfeiture)),
        grace=st.integers(0, 14),
        costs=st.none() | CENTS.map(Money),
        waives=st.sampled_from([Waiver.NONE, Waiver.OUTAGE, Waiver.ALL]),
        events=st.sampled_from([(), ("A",), ("A", "B")]),
    ),
    st.lists(st.builds(Instalment, CENTS.map(Money), st.none() | DAYS), min_size=1, max_size=3).map(tuple),
)
ASSIGNMENTS = st.builds(
    Assignment, DAYS, st.just("Bank"), st.none() | CENTS.map(Money), notice=st.none() | DAYS, event=EVENTS
)
RECORDS = st.builds(
    AccountRecords,
    st.lists(MOVEMENTS, max_size=6).map(tuple),
    st.lists(PLANS, max_size=2).map(tuple),
    st.lists(ASSIGNMENTS, max_size=1).map(tuple),
)


def _figures(found: tuple[ClaimAccount, ...]) -> list[object]:
    return [
        (one.creditor, one.state, one.open, one.later, one.paid, one.given_up, one.beyond) for one in found
    ]


@settings(max_examples=150)
@given(_any_claims(), RECORDS, DAYS)
def test_money_is_neither_made_nor_lost(claims: Claims, records: AccountRecords, on: date) -> None:
    """What was owed in all is what was paid, given up, passed on and is still open; nothing of it is below zero."""
    for one in accounts(claims, records, on):
        assert one.claimed.sum + one.agreed == one.paid + one.given_up + one.passed + one.open.sum
        assert min(one.open.costs, one.open.interest, one.open.principal, one.due, one.later) >= ZERO


@settings(max_examples=100)
@given(_any_claims(), RECORDS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(
    claims: Claims, records: AccountRecords, on: date, chance: Any
) -> None:
    """Whoever writes the same records down in another order reads the same figures."""
    mixed = list(records.movements)
    chance.shuffle(mixed)
    debts = list(claims.debts)
    chance.shuffle(debts)
    other = accounts(replace(claims, debts=tuple(debts)), replace(records, movements=tuple(mixed)), on)
    assert _figures(other) == _figures(accounts(claims, records, on))


@settings(max_examples=100)
@given(_any_claims(), RECORDS, MOVEMENTS, DAYS, st.integers(1, 99))
def test_a_payment_in_two_parts_on_one_day_changes_nothing(
    claims: Claims, records: AccountRecords, whole: Movement, on: date, percent: int
) -> None:
    """Two payments of one day, of the same payer and purpose, are one."""
    assert whole.amount is not None
    first, second = whole.amount.split([percent, 100 - percent])
    parts = (replace(whole, amount=first), replace(whole, amount=second))
    together = replace(records, movements=(*records.movements, whole))
    apart = replace(records, movements=(*records.movements, *parts))
    assert _figures(accounts(claims, together, on)) == _figures(accounts(claims, apart, on))


@settings(max_examples=100)
@given(_any_claims(), RECORDS, DAYS)
def test_what_comes_later_changes_nothing_before(claims: Claims, records: AccountRecords, on: date) -> None:
    """The account of a day is that of a case which ends on it."""
    known = AccountRecords(
        tuple(one for one in records.movements if one.on <= on),
        tuple(one for one in records.settlements if one.on <= on),
        tuple(one for one in records.assignments if one.on <= on),
    )
    assert accounts(claims, records, on) == accounts(claims, known, on)


@given(_any_claims(), DAYS)
def test_without_movements_all_is_open(claims: Claims, on: date) -> None:
    """Where nothing was paid the account is the claim: principal, its interest, the costs."""
    owed = [debt for debt in claims.debts if debt.arose <= on]
    for one in accounts(claims, AccountRecords(), on):
        assert one.open == one.claimed
        assert one.open.principal == total(debt.principal for debt in owed)
