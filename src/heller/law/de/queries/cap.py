"""The cap on liability, and whether the fault lifts it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.de.answers import cap
from heller.law.de.queries.customer import Customer
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    on: Annotated[date, QuerySpec(text("The day of the outage."))],
    fault: Annotated[str, QuerySpec(text("The provider's fault: simple, gross or intent."))],
    claim: Annotated[Money | None, QuerySpec(text("The own claim, to see what is owed of it."))] = None,
    all_claims: Annotated[
        Money | None, QuerySpec(text("The claims of all end users of the event, each already capped."))
    ] = None,
    agreed: Annotated[Money | None, QuerySpec(text("An individually agreed cap."))] = None,
    who: Customer = None,
) -> LawAnswer:
    """The cap of the day, with what lies outside it."""
    return cap.answer(on, fault, cap.CapQuery(agreed=agreed, kind=who, claim=claim, together=all_claims))
