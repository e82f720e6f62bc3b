"""What a movement takes: first what its payer named, then the costs, then debt by debt its interest and its principal.

Which debt is first says the country; debts of one rank are taken in proportion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from heller.law.account.account_law import AccountLaw, Rank
from heller.law.account.pieces import OwedCost, OwedDebt, Payable
from heller.model.kinds.movement import DebtPart, Movement
from heller.model.money import Money

DEBT = (DebtPart.INTEREST, DebtPart.PRINCIPAL)
MANY = 2


class Slot(Struct, frozen=True):
    """Parts of something that can be paid, in the order in which they are."""

    of: Payable
    parts: tuple[DebtPart, ...]

    @property
    def open(self) -> int:
        """What is open of them."""
        return sum(self.of.open(part) for part in self.parts)


class Took(Struct, frozen=True):
    """So many cents were taken of a part."""

    of: Payable
    part: DebtPart
    cents: int


class Payables(Struct, frozen=True):
    """Debts and costs that are there on a day."""

    pieces: Sequence[OwedDebt]
    costs: Sequence[OwedCost]


def spend(cents: int, groups: Iterable[Sequence[Slot]]) -> tuple[tuple[Took, ...], int]:
    """Take cents from groups of slots, in their order and within a group in proportion; what nothing took is left."""
    took: list[Took] = []
    for group in groups:
        opens = [slot.open for slot in group]
        part = min(cents, sum(opens))
        if part > 0:
            shares = Money(part).split(opens)
            took += [
                one for slot, share in zip(group, shares, strict=True) for one in _take(slot, share.cents)
            ]
            cents -= part
    return tuple(took), cents


def _take(slot: Slot, cents: int) -> Iterator[Took]:
    for part in slot.parts:
        now = min(cents, slot.of.open(part))
        if now:
            slot.of.take(part, now)
            cents -= now
            yield Took(slot.of, part, now)


def order(
    movement: Movement, cents: int, there: Payables, law: AccountLaw, day: date
) -> Iterator[Sequence[Slot]]:
    """What a movement of a sum takes first, second and so on: what it names; where it names nothing, the one debt that
    its sum is that of; then the order of the law. A set-off, a credit and a payment go the same way."""
    yield from _slots_named(movement, there, law, day)
    if not (movement.instalment or movement.event or movement.part):
        yield from _meant(cents, there)
    yield from ([Slot(cost, (DebtPart.COSTS,))] for cost in there.costs)
    yield from _ranked(there.pieces, DEBT, law, day)


def _slots_named(movement: Movement, there: Payables, law: AccountLaw, day: date) -> Iterator[Sequence[Slot]]:
    if movement.instalment:
        number = movement.instalment
        yield from _ranked(
            [one for one in there.pieces if one.number == number], (DebtPart.PRINCIPAL,), law, day
        )
        return
    meant = [one for one in there.pieces if movement.event in ("", one.debt.event)]
    if movement.part is DebtPart.COSTS:
        yield from ([Slot(cost, (DebtPart.COSTS,))] for cost in there.costs)
    elif movement.part is not None:
        yield from _ranked(meant, (movement.part,), law, day)
    if movement.event:
        yield from _ranked(meant, DEBT, law, day)


def _meant(cents: int, there: Payables) -> Iterator[Sequence[Slot]]:
    """A sum that is exactly that of one of several debts says without words which it pays: of an instalment the sum
    as it was agreed, of another debt all that is open of it."""
    if len(open_ := [one for one in there.pieces if one.principal]) < MANY and not any(
        one.number for one in open_
    ):
        return
    instalments = [one for one in open_ if one.number and one.principal == one.debt.principal.cents == cents]
    if instalments:
        yield [Slot(min(instalments, key=lambda one: one.number), (DebtPart.PRINCIPAL,))]
        return
    alike = [one for one in open_ if Slot(one, DEBT).open == cents]
    if len(alike) == 1:
        yield [Slot(alike[0], DEBT)]


def _ranked(
    pieces: Iterable[OwedDebt], parts: tuple[DebtPart, ...], law: AccountLaw, day: date
) -> Iterator[Sequence[Slot]]:
    rank = _rank(law, day)
    for _, alike in groupby(sorted(pieces, key=rank), key=rank):
        yield [Slot(one, parts) for one in alike]


def _rank(law: AccountLaw, day: date) -> Callable[[OwedDebt], Rank]:
    """What is due comes first; what is not due yet by its day."""

    def rank(piece: OwedDebt) -> Rank:
        later = piece.due if piece.due is not None and piece.due > day else None
        return (later is not None, later or date.min, *law.rank(piece.debt, piece.bears(day)))

    return rank
