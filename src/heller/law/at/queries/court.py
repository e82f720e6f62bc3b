"""Which court decides in Austria, and what it asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.at import court
from heller.law.at.rules import book
from heller.law.book.answer import Figure, LawAnswer, not_negative
from heller.law.book.query import QuerySpec
from heller.law.book.refusals import LawRefused
from heller.model.money import Money
from heller.model.text import Text, text


def ask(
    *,
    value: Annotated[Money, QuerySpec(text("The value in dispute."))],
    on: Annotated[date, QuerySpec(text("The day on which the case becomes pending."))],
) -> LawAnswer:
    """Court, lawyer, payment order, fee; what a lawyer costs is left open."""
    not_negative(value)
    district, order = court.district(value, on), court.payment_order(value, on)
    lawyer = court.lawyer(value, on)
    figures: dict[str, Figure] = {"district_court": district, "lawyer": lawyer, "payment_order": order}
    notes: list[Text] = [text("What a lawyer costs is left open: the tariff (RATG) was not read.")]
    try:
        figures["fee"] = fee = court.fee(value, on)
        notes.insert(0, text("The court asks {fee} on filing.", fee=fee))
    except LawRefused as refused:
        notes.append(refused.what)
    return LawAnswer(
        head=text("The district court (Bezirksgericht) decides on {value}.", value=value)
        if district
        else text(
            "The regional or commercial court (Landesgericht, Handelsgericht) decides on {value}.",
            value=value,
        ),
        figures=figures,
        lines=(
            text("A lawyer is mandatory.") if lawyer else text("A lawyer is not required."),
            text("The action begins as a payment order.")
            if order
            else text("It is too high for a payment order."),
        ),
        notes=tuple(notes),
        sources=book().norms("AT-JN-49", "AT-ZPO-27", "AT-ZPO-244", "AT-GGG-TP1"),
    )
