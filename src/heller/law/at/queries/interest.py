"""Default interest on a sum in Austria."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.at.interest import of_business, statutory
from heller.law.at.rules import book
from heller.law.book.answer import Figure, LawAnswer, in_order, not_negative
from heller.law.book.query import QuerySpec
from heller.law.book.refusals import LawRefused
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    amount: Annotated[Money, QuerySpec(text("The sum that bears interest."))],
    first: Annotated[date, QuerySpec(text("The first day of interest; it counts."), name="--from")],
    last: Annotated[date, QuerySpec(text("The last day of interest; it counts too."), name="--to")],
) -> LawAnswer:
    """4 % for damages; what § 456 UGB would give stands beside it."""
    not_negative(amount)
    in_order(first, last)
    made = statutory(amount, first, last)
    figures: dict[str, Figure] = {"amount": made.amount, "days": made.days}
    try:
        higher = of_business(amount, first, last).amount
    except LawRefused as refused:
        note = refused.what
    else:
        figures["between_businesses"] = higher
        note = text(
            "Between businesses 9.2 points above the base rate would give {amount}, if that covers damages.",
            amount=higher,
        )
    return LawAnswer(
        head=text("Interest of {amount} on {sum} for {n} days.", amount=made.amount, sum=amount, n=made.days),
        figures=figures,
        lines=(text("4 % a year, counted over 365 days, rounded once; never more than the principal."),),
        notes=(note,),
        sources=book().norms("AT-1000", "AT-1335", "AT-UGB-456"),
    )
