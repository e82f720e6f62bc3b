"""Which rights of the TKG a customer has on a day, and which fact would settle what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from heller.law.book.answer import Figure, LawAnswer, Table, not_negative, reach
from heller.law.de import who
from heller.law.de.rules import book
from heller.law.de.who import Customer, Entitlement, Kind, OpenPoint, Right
from heller.model.errors import InputRefused
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

NAMES: Mapping[Right, Text] = {
    Right.REDUCTION: text("Lower fee for poor service"),
    Right.OUTAGE_SUM: text("Lump sum for complete outage"),
    Right.CHANGE_SUM: text("Lump sum at a change of provider"),
    Right.DAMAGES: text("Damages for a breach of the Act"),
    Right.CAP: text("Cap against him"),
    Right.SHORT_CHANGE: text("One day of interruption at a change of provider"),
}
FACTS: Mapping[OpenPoint, Text] = {
    OpenPoint.KIND: text("what the customer is"),
    OpenPoint.WAIVED: text("whether he expressly agreed to go without"),
    OpenPoint.PROVIDER_CHANGE: text("whether it was a change of provider"),
}


class Size(Struct, frozen=True):
    """Staff, turnover and balance sheet total of a firm; None: not known."""

    staff: int | None = None
    turnover: Money | None = None
    balance: Money | None = None


def answer(on: date, customer: Customer, size: Size | None = None) -> LawAnswer:
    """The decision table for a customer and the day of an outage. Where what he is is not said, it is
    worked out from the size, under the law that knows sizes.

    Raises InputRefused for a negative size, BeyondTheData before 2 July 2012.
    """
    book().begins(on, "TKG04-44a-1")
    kind = customer.kind or _kind(size or Size(), on)
    known = Customer(kind, customer.waived, customer.provider_change, customer.agreed_cap)
    found = who.rights(known, on)
    given = [one for one in found if one.has]
    return LawAnswer(
        head=text(
            "{n} of {all} rights are there, {m} depend on a fact or an open reading.",
            n=len(given),
            all=len(found),
            m=sum(one.has is None for one in found),
        ),
        figures={
            "kind": None if kind is None else kind.value,
            "rights": tuple(_row(one) for one in found),
        },
        lines=tuple(_line(one) for one in found),
        table=Table(
            (text("Right"), text("There?"), text("Why")),
            tuple((NAMES[one.right], _has(one), one.reason) for one in found),
        ),
        notes=(*_sized(kind, customer), *reach(book(), on, (one.norm.id for one in found))),
        sources=tuple({one.norm.id: one.norm for one in found}.values()),
    )


def _kind(size: Size, on: date) -> Kind | None:
    for amount in (size.turnover, size.balance):
        not_negative(amount or ZERO)
    if size.staff is not None and size.staff < 0:
        raise InputRefused(
            what=text("{n} is no number of staff.", n=size.staff),
            why=text("The size of a firm decides about its rights."),
            do=text("Give a whole number from 0 on."),
        )
    if size == Size() or not _knows_sizes(on):
        return None
    return who.size(size.staff, size.turnover, size.balance, on=on)


def _knows_sizes(on: date) -> bool:
    """Only the Act of 2021 asks for the size of a firm."""
    return who.right(Customer(Kind.SMALL, waived=False), on, Right.OUTAGE_SUM).has is True


def _sized(kind: Kind | None, said: Customer) -> Iterator[Text]:
    if kind is not None and said.kind is None:
        yield text(
            "Worked out from the size as {kind}; that the Act means the sizes of Recommendation 2003/361/EC "
            "is not verified.",
            kind=kind.value,
        )


def _line(one: Entitlement) -> Text:
    return text("{right}: {has}. {reason}", right=NAMES[one.right], has=_has(one), reason=one.reason)


def _row(one: Entitlement) -> Mapping[str, Figure]:
    return {
        "right": one.right.value,
        "has": one.has,
        "reason": one.reason,
        "rule": one.norm.id,
        "mark": one.norm.mark,
        "depends_on": tuple(fact.value for fact in one.depends_on),
    }


def _has(one: Entitlement) -> Text:
    if one.has is not None:
        return text("yes") if one.has else text("no")
    if not one.depends_on:
        return text("open")
    out = FACTS[one.depends_on[0]]
    for fact in one.depends_on[1:]:
        out = text("{some}, {more}", some=out, more=FACTS[fact])
    return text("depends on: {facts}", facts=out)
