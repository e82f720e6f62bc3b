"""The lump sum for an outage or a change of provider, day by day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec, Span
from heller.law.de.answers import compensation
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.answers.lump_words import OUTAGE
from heller.law.de.lumpsums import Excuse
from heller.law.de.queries.customer import Catholic, Customer, Fee, State, Waived
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    fee: Fee,
    reported: Annotated[
        date, QuerySpec(text("The day of the fault report; with tkg59 that of the interruption."))
    ],
    restored: Annotated[date, QuerySpec(text("The day on which the service came back."))],
    state: State = "",
    rule: Annotated[
        str, QuerySpec(text("tkg58 for a complete outage, tkg59 for a change of provider."))
    ] = OUTAGE,
    law_of: Annotated[
        date | None, QuerySpec(text("The day whose law counts; that of --reported if left out."))
    ] = None,
    who: Customer = None,
    waived: Waived = False,
    excuse: Annotated[
        Excuse,
        QuerySpec(
            text("none, customer, lawful or force-majeure: what frees the provider."),
            why=text("Whether a lump sum is owed depends on who or what is to blame."),
        ),
    ] = Excuse.NONE,
    partial: Annotated[bool, QuerySpec(text("Another service of the contract still worked."))] = False,
    missed: Annotated[int, QuerySpec(text("How many appointments were missed."))] = 0,
    porting: Annotated[
        Span | None, QuerySpec(text("A number that moved late: AGREED/DONE, two days."))
    ] = None,
    damage: Annotated[
        Money | None, QuerySpec(text("The proven damage; it and the lump sums are set off both ways."))
    ] = None,
    catholic: Catholic = False,
) -> LawAnswer:
    """Under each reading of how the days are counted."""
    extras = Extras(
        kind=who,
        waived=waived or None,
        excuse=excuse,
        all_services=not partial,
        missed=missed,
        porting=porting,
        damage=damage,
        catholic=catholic,
    )
    return compensation.answer(fee, reported, restored, state, rule, law_of, extras)
