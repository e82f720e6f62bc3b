"""Which rights of the TKG a customer has."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.de.answers import rights
from heller.law.de.queries.customer import Customer, Waived
from heller.law.de.who import Customer as Known
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    on: Annotated[date, QuerySpec(text("The day of the outage."))],
    who: Customer = None,
    staff: Annotated[int | None, QuerySpec(text("Instead of --who: how many people work there."))] = None,
    turnover: Annotated[Money | None, QuerySpec(text("The turnover of a year."))] = None,
    balance: Annotated[Money | None, QuerySpec(text("The balance sheet total of a year."))] = None,
    waived: Waived = False,
    not_waived: Annotated[bool, QuerySpec(text("It did not."))] = False,
    change: Annotated[bool, QuerySpec(text("It was a change of provider."))] = False,
    inside: Annotated[bool, QuerySpec(text("It was a takeover inside one provider."))] = False,
    agreed: Annotated[Money | None, QuerySpec(text("An individually agreed cap."))] = None,
) -> LawAnswer:
    """The decision table of a day."""
    customer = Known(
        who,
        _whether(waived, not_waived, ("--waived", "--not-waived")),
        _whether(change, inside, ("--change", "--inside")),
        agreed,
    )
    return rights.answer(on, customer, rights.Size(staff, turnover, balance))


def _whether(yes: bool, no: bool, options: tuple[str, str]) -> bool | None:
    """Yes, no, or not said. Raises InputRefused for both."""
    if yes and no:
        raise InputRefused(
            what=text("{yes} and {no} contradict each other.", yes=options[0], no=options[1]),
            why=text("The answer would rest on a guess."),
            do=text("Leave one of them out, or both if it is not known."),
        )
    return True if yes else False if no else None
