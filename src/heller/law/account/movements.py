"""What a movement does: a payment, a credit and a set-off pay, a waiver gives up, the rest is only said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from heller.law.account.appropriation import Payables, Took, order, spend
from heller.law.account.ledger import Ledger, creditor_of
from heller.law.account.pieces import OwedDebt
from heller.model.account import Parts
from heller.model.kinds.movement import NAMES, DebtPart, Movement, MovementKind
from heller.model.money import Money, total
from heller.model.text import Text, text

PAYS = {
    MovementKind.PAYMENT,
    MovementKind.CREDIT_NOTE,
    MovementKind.SERVICE_CREDIT,
    MovementKind.SET_OFF,
}


def move(same: Sequence[Movement], ledger: Ledger, day: date) -> None:
    """What movements do that are of one day and go the same way."""
    first = same[0]
    if first.kind is MovementKind.WITHHELD or first.kind is MovementKind.INSURER:
        _only_say(same, ledger)
        return
    there = ledger.there(first.to, day)
    cents = _amount(same, there, ledger, day)
    took, rest = spend(cents, order(first, cents, there, ledger.law, day))
    if rest and not first.to and first.kind in PAYS:
        more, rest = spend(rest, order(first, rest, _unknown(ledger, day), ledger.law, day))
        took = (*took, *more)
    _add_up(first, ledger, took, rest)
    _say(same, ledger, ledger.money(cents), took, rest)


def _amount(same: Sequence[Movement], there: Payables, ledger: Ledger, day: date) -> int:
    """The sum of them; all that is open of what they name where one of them states no sum."""
    if all(one.amount is not None for one in same):
        return total((one.amount for one in same if one.amount is not None), ledger.currency).cents
    slots = [slot for group in order(same[0], 0, there, ledger.law, day) for slot in group]
    meant = {(id(slot.of), part): slot.of.open(part) for slot in slots for part in slot.parts}
    return sum(meant.values())


def _unknown(ledger: Ledger, day: date) -> Payables:
    """Debts whose creditor the debtor does not know on a day: what he pays to the firm counts against them too."""
    return Payables(
        [
            one
            for one in ledger.pieces
            if one.debt.creditor and one.since <= day and (one.notice is None or one.notice > day)
        ],
        [],
    )


def _add_up(first: Movement, ledger: Ledger, took: Sequence[Took], rest: int) -> None:
    for one in took:
        sums = ledger.sums[creditor_of(one.of)]
        if first.kind is MovementKind.WAIVER:
            sums.given_up += one.cents
        else:
            sums.paid += one.cents
    sums = ledger.sums[first.to]
    if first.kind in PAYS:
        sums.beyond += rest
    if first.kind is MovementKind.SET_OFF:
        sums.withheld -= min(sums.withheld, sum(one.cents for one in took))


def _only_say(same: Sequence[Movement], ledger: Ledger) -> None:
    first = same[0]
    amount = total((one.amount for one in same if one.amount is not None), ledger.currency)
    if first.kind is MovementKind.WITHHELD:
        ledger.sums[first.to].withheld += amount.cents
        reason = text("Kept back, not paid: it takes nothing off the claim until it is set off.")
    else:
        reason = text("What has passed to the insurer is taken off before the account.")
    ledger.say(
        first.to,
        first.on,
        NAMES[first.kind],
        amount,
        topic=first.kind.value,
        reason=reason,
        sources=(one.source for one in same),
    )


def _say(same: Sequence[Movement], ledger: Ledger, amount: Money, took: Sequence[Took], rest: int) -> None:
    """A line for each creditor whom it touches."""
    first = same[0]
    for whose in dict.fromkeys((first.to, *(creditor_of(one.of) for one in took))):
        mine = [one for one in took if creditor_of(one.of) == whose]
        ledger.say(
            whose,
            first.on,
            _label(same),
            amount,
            topic=_topic(first, ledger.parts(mine), _instalment(mine)),
            reason=_why(first, ledger.parts(mine), whose, _instalment(mine)),
            took=mine,
            beyond=rest if whose == first.to else 0,
            sources=(one.source for one in same),
        )


def _label(same: Sequence[Movement]) -> Text:
    first = same[0]
    if len(same) == 1 and first.who:
        return text("{kind} by {who}", kind=NAMES[first.kind], who=first.who)
    if len(same) == 1:
        return NAMES[first.kind]
    return text("{kind}, {n} of one day", kind=NAMES[first.kind], n=len(same))


def _topic(first: Movement, took: Parts, meant: OwedDebt | None) -> str:
    """The rule that decides what it took: what the payer named, else the order of the law."""
    if first.kind not in PAYS or first.kind is MovementKind.SET_OFF:
        return first.kind.value
    if first.event or first.instalment or first.part:
        return "purpose"
    if meant is not None:
        return "meant"
    return "parts" if took.costs or took.interest else "payment"


def _instalment(took: Sequence[Took]) -> OwedDebt | None:
    """The instalment whose agreed sum it is exactly, where it went there alone."""
    one = took[0] if len(took) == 1 else None
    if one is None or not isinstance(one.of, OwedDebt) or not one.of.number:
        return None
    return one.of if one.cents == one.of.debt.principal.cents else None


def _why(first: Movement, took: Parts, whose: str, meant: OwedDebt | None) -> Text | None:
    if whose != first.to:
        return text("Paid to the firm by a debtor who had not been told of the assignment.")
    if first.kind is MovementKind.WAIVER:
        return text("Given up from this day on.")
    if first.kind is MovementKind.SET_OFF and first.since is not None:
        return text("It works back to {day}, when both claims first faced each other.", day=first.since)
    if first.instalment:
        return text("The payer named instalment {n}: it goes there.", n=first.instalment)
    if first.event:
        return text("The payer named the event: it goes there first.")
    if first.part is DebtPart.PRINCIPAL:
        return text("The payer said that it is for the principal, and the payment was not refused.")
    if first.part is not None:
        return text("The payer said what it is for: it goes there first.")
    if meant is not None:
        return text("The sum is exactly that of instalment {n}: it goes there.", n=meant.number)
    if took.costs or took.interest:
        return text("Costs first, then interest, then principal.")
    return None
