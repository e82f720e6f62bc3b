"""Which court decides, and whether a lawyer is required."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.de.answers import court
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    value: Annotated[Money, QuerySpec(text("The value in dispute."))],
    on: Annotated[date, QuerySpec(text("The day on which the case becomes pending."))],
) -> LawAnswer:
    """The court for a value on a day."""
    return court.answer(value, on)
