"""Default interest on a sum in Switzerland."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer, in_order, not_negative
from heller.law.book.query import QuerySpec
from heller.law.ch.interest import flat
from heller.law.ch.rules import book
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    amount: Annotated[Money, QuerySpec(text("The sum that bears interest."))],
    first: Annotated[date, QuerySpec(text("The first day of interest; it counts."), name="--from")],
    last: Annotated[date, QuerySpec(text("The last day of interest; it counts too."), name="--to")],
) -> LawAnswer:
    """5 % over 365 days a year."""
    not_negative(amount)
    in_order(first, last)
    made = flat(amount, first, last)
    return LawAnswer(
        head=text("Interest of {amount} on {sum} for {n} days.", amount=made.amount, sum=amount, n=made.days),
        figures={"amount": made.amount, "days": made.days},
        lines=(text("5 % a year, counted over 365 days, rounded once."),),
        notes=(text("Practice also counts 360 days a year; the statute does not fix it."),),
        sources=book().norms("CH-OR-104-1"),
    )
