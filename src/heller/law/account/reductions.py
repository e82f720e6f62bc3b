"""What a reduction does: the creditor takes back part of the claim, which was never owed and bore no interest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from heller.law.account.ledger import Ledger
from heller.model.account import Debt
from heller.model.kinds.movement import NAMES, Movement, MovementKind
from heller.model.money import Money, total
from heller.model.text import text


def reduced(debts: Sequence[Debt], movements: Iterable[Movement], as_of: date) -> list[Debt]:
    """The debts without what was taken back up to a day: of the event that it names, else of all in proportion."""
    left = list(debts)
    for event in sorted({one.event for one in movements if _counts(one, as_of)}):
        same = [one for one in movements if _counts(one, as_of) and one.event == event]
        left = _less(left, event, same)
    return left


def _counts(one: Movement, as_of: date) -> bool:
    return one.kind is MovementKind.REDUCTION and one.on <= as_of


def _less(debts: Sequence[Debt], event: str, same: Sequence[Movement]) -> list[Debt]:
    opens = [one.principal.cents if event in ("", one.event) else 0 for one in debts]
    asked = total(one.amount for one in same if one.amount is not None).cents
    cents = sum(opens) if any(one.amount is None for one in same) else min(asked, sum(opens))
    if not cents:
        return list(debts)
    parts = Money(cents).split(opens)
    return [
        replace(one, principal=Money(one.principal.cents - part.cents, one.principal.currency))
        for one, part in zip(debts, parts, strict=True)
    ]


def say_reduced(same: Sequence[Movement], ledger: Ledger, day: date) -> None:
    """The line of it: the debts are without it from the beginning."""
    ledger.say(
        same[0].to,
        day,
        NAMES[MovementKind.REDUCTION],
        total((one.amount for one in same if one.amount is not None), ledger.currency),
        topic="reduction",
        reason=text("Taken back: it was never owed, and bears no interest from the beginning."),
        sources=(one.source for one in same),
    )
