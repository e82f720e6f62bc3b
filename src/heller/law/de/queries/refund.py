"The fee that is to be refunded or falls."

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec, Share
from heller.law.de.answers import refund
from heller.law.de.queries.customer import Customer, Fee
from heller.model.text import text


def ask(
    *,
    fee: Fee,
    first: Annotated[date, QuerySpec(text("The first day without proper service."), name="--from")],
    back: Annotated[date, QuerySpec(text("The day on which the service came back."), name="--to")],
    cause: Annotated[
        str,
        QuerySpec(text("dead or slow for the line, change for a failed change of provider."), name="--for"),
    ] = refund.DEAD,
    shortfall: Annotated[
        Share | None, QuerySpec(text("The missing share of speed or quality of a slow line, such as 60%."))
    ] = None,
    who: Customer = None,
) -> LawAnswer:
    """For dead days, for a slow line, after a failed change of provider."""
    return refund.answer(fee, first, back, cause, shortfall, who)
