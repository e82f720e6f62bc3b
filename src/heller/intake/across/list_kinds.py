"""The kinds of lists that may come twice, and what makes two rows of one kind the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from heller.intake.across.identity import letters
from heller.model.case import Exhibit
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.contact import Contact
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.order import Order
from heller.model.kinds.posting import Posting
from heller.model.kinds.shift import Shift
from heller.model.kinds.wage import Wage
from heller.model.money import Money

FIGURES = re.compile(r"\d+")


class RowKind(Struct, frozen=True):
    """What makes rows of one kind alike: `says` is what a row says, `named` the number it goes by (None), `about` what
    it is about whatever it says of it, `day` its day, `worth` what it is worth in euros, if anything, `home` the shop,
    account or person that the list is of. `once`: two that overlap cannot both be. Lists with fewer than `least` rows
    are none."""

    of: type[Any]
    says: Callable[[Any], object]
    day: Callable[[Any], date] = lambda row: date.min
    named: Callable[[Any], object] = lambda row: None
    about: Callable[[Any], tuple[object, ...]] = lambda row: ()
    worth: Callable[[Any], Money | None] = lambda row: None
    home: Callable[[Any], object] = lambda row: None
    once: bool = False
    least: int = 1


def _digits(number: str) -> str:
    """The last figures of a number, without the prefix that a shop or channel puts before them."""
    found = FIGURES.findall(number)
    return str(found[-1]).lstrip("0") if found else number


KINDS = (
    RowKind(
        Order,
        lambda r: (r.at.date(), r.net, r.customer),
        lambda r: r.at.date(),
        lambda r: (r.channel, r.number),
        lambda r: ((r.at.date(), r.customer or None), (r.at.date(), _digits(r.number))),
        lambda r: r.net,
        lambda r: r.channel,
    ),
    RowKind(
        Shift,
        lambda r: (letters(r.person), r.span.start.date()),
        lambda r: r.span.start.date(),
        about=lambda r: ((letters(r.person), r.span.start.date(), r.kind),),
        home=lambda r: (letters(r.person), r.kind),
        once=True,
    ),
    RowKind(
        BankEntry,
        lambda r: (r.booked, r.amount, letters(r.counterparty)),
        lambda r: r.booked,
        about=lambda r: ((letters(r.account)[-10:], r.booked, r.amount),),
        worth=lambda r: r.amount,
        home=lambda r: letters(r.account)[-10:],
    ),
    RowKind(
        Posting,
        lambda r: (r.day, r.amount, r.debit, r.credit, letters(r.text)),
        lambda r: r.day,
        about=lambda r: ((r.day, r.amount, r.debit, r.credit),),
        worth=lambda r: r.amount,
    ),
    RowKind(
        CustomerClaim,
        lambda r: (letters(r.customer), r.at, r.amount),
        lambda r: r.at,
        about=lambda r: ((letters(r.customer), r.at),),
        worth=lambda r: r.amount,
    ),
    RowKind(
        Wage,
        lambda r: (letters(r.person), r.per_hour, r.overtime_surcharge),
        named=lambda r: letters(r.person),
    ),
    RowKind(
        Contact,
        lambda r: (r.at, r.kind, letters(r.said)),
        lambda r: r.at.date(),
        about=lambda r: ((r.at,),),
        least=2,
    ),
)


def rows_of(exhibit: Exhibit, kind: RowKind) -> Sequence[Any]:
    """The rows of one kind in an exhibit; none where they are too few to be a list."""
    found = exhibit.reading.by_kind.get(kind.of, ())
    return found if len(found) >= kind.least else ()
