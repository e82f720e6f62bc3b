"""What may close or widen a lump sum: who the customer is, an excuse of the provider, missed appointments, a
number that moved late, and the damage that is set off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from heller.law.book.answer import Figure, in_order, not_negative
from heller.law.de import lumpsums, who
from heller.law.de.lumpsums import Excuse
from heller.model.errors import InputRefused
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

MOST_APPOINTMENTS = 1000


class Extras(Struct, frozen=True):
    """What else is known. `missed` appointments, the day a number was to move and the day it did,
    `damage` that was proven; `catholic` is a mainly Catholic place."""

    kind: who.Kind | None = None
    waived: bool | None = None
    excuse: Excuse = Excuse.NONE
    all_services: bool = True
    missed: int = 0
    porting: tuple[date, date] | None = None
    damage: Money | None = None
    catholic: bool = False


class Gate(Struct, frozen=True):
    """Why the sum per day is closed, or None; `nobody`: this customer has none of the sums at all."""

    closed: Text | None = None
    nobody: bool = False
    notes: tuple[Text, ...] = ()


class Item(Struct, frozen=True):
    """A sum beside the days, with its rule."""

    what: Text
    amount: Money
    rule: str


def check(extras: Extras) -> None:
    """Raises InputRefused for a negative damage, a number of appointments that is none, or a number that
    moved before the agreed day."""
    not_negative(extras.damage or ZERO)
    if extras.porting is not None:
        in_order(*extras.porting)
    if not 0 <= extras.missed <= MOST_APPOINTMENTS:
        raise InputRefused(
            what=text("{n} is no number of appointments.", n=extras.missed),
            why=text("Each missed appointment is a lump sum of its own."),
            do=text("Give a whole number from 0 on."),
        )


def gate(extras: Extras, on: date, *, change: bool) -> Gate:
    """Whether the lump sum is open to this customer and for this cause."""
    right = who.Right.CHANGE_SUM if change else who.Right.OUTAGE_SUM
    customer = who.Customer(extras.kind, extras.waived, provider_change=True)
    found = who.right(customer, on, right)
    if found.has is False:
        return Gate(found.reason, nobody=True)
    closed = (
        lumpsums.closed_change(extras.excuse)
        if change
        else lumpsums.closed_outage(extras.excuse, all_services=extras.all_services)
    )
    return Gate(closed, notes=() if extras.kind is None else (found.reason,))


def items(extras: Extras, fee: Money, on: date, state: str, change: bool) -> Iterator[Item]:
    """Missed appointments and the late number, each where there is one."""
    if extras.missed:
        each = lumpsums.for_appointment(fee, on, change=change)
        what = text("Missed appointments: {n} of {each}", n=extras.missed, each=each)
        yield Item(what, each * extras.missed, "TKG21-59-3" if change else "TKG21-58-4")
    if extras.porting is not None:
        agreed, ported = extras.porting
        sum_ = lumpsums.for_porting(agreed, ported, state=state, catholic=extras.catholic)
        what = text("The number moved late: {n} days", "The number moved late: one day", n=len(sum_.days))
        yield Item(what, sum_.total, "TKG21-59-5")


def set_off(extras: Extras, amount: Money) -> dict[str, Figure]:
    """Lump sums and damages both ways: in all the higher one."""
    if extras.damage is None:
        return {}
    return {"damage": extras.damage, "owed_in_all": lumpsums.both_ways(amount, extras.damage)}


def said(extras: Extras, amount: Money) -> tuple[Text, ...]:
    """The same for people."""
    if extras.damage is None:
        return ()
    return (
        text(
            "Lump sums of {amount} and a damage of {damage} are set off both ways: in all {owed}.",
            amount=amount,
            damage=extras.damage,
            owed=lumpsums.both_ways(amount, extras.damage),
        ),
    )
