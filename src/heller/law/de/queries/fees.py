"""What a lawyer and the court cost for a value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec, Share
from heller.law.de.answers import fees
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    value: Annotated[Money, QuerySpec(text("The value in dispute."))],
    on: Annotated[date, QuerySpec(text("The day of the mandate and of pendency; it selects the tables."))],
    instance: Annotated[int, QuerySpec(text("1 for the first instance, 2 for the appeal."))] = 1,
    won: Annotated[
        Money | None, QuerySpec(text("What is won of the value: who then bears which costs."))
    ] = None,
    clients: Annotated[int, QuerySpec(text("How many clients the own lawyer has in this matter."))] = 1,
    factor: Annotated[
        Decimal | None, QuerySpec(text("The factor of the fee out of court; 1.3 if left out."))
    ] = None,
    early: Annotated[
        bool, QuerySpec(text("The case ends before the hearing, such as by withdrawal."))
    ] = False,
    settled: Annotated[bool, QuerySpec(text("The case ends by a settlement in court."))] = False,
    online: Annotated[
        bool, QuerySpec(text("The online procedure before a local court, since 23 December 2025."))
    ] = False,
    vat: Annotated[
        Share | None, QuerySpec(text("The rate of VAT, such as 16%; that of the day if left out."))
    ] = None,
) -> LawAnswer:
    """Every fee by the tables of the day."""
    asked = fees.FeeQuery(
        clients=clients, factor=factor, early=early, settled=settled, won=won, vat=vat, online=online
    )
    return fees.answer(value, on, instance, asked)
