"""heller law fees: what a lawyer and the court cost."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import fees


def run(
    *,
    value: Annotated[str, Parameter(help=tr("The value in dispute."))],
    on: Annotated[str, Parameter(help=tr("The day of the mandate and of pendency; it selects the tables."))],
    instance: Annotated[str, Parameter(help=tr("1 for the first instance, 2 for the appeal."))] = "1",
    won: Annotated[
        str | None, Parameter(help=tr("What is won of the value: who then bears which costs."))
    ] = None,
    clients: Annotated[str, Parameter(help=tr("How many clients the own lawyer has in this matter."))] = "1",
    factor: Annotated[
        str | None, Parameter(help=tr("The factor of the fee out of court; 1.3 if left out."))
    ] = None,
    early: Annotated[
        bool, Parameter(negative="", help=tr("The case ends before the hearing, such as by withdrawal."))
    ] = False,
    settled: Annotated[
        bool, Parameter(negative="", help=tr("The case ends by a settlement in court."))
    ] = False,
    vat: Annotated[
        str | None, Parameter(help=tr("The rate of VAT, such as 16%; that of the day if left out."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """What a lawyer and the court cost for a value."""
    asked = fees.FeeQuery(
        clients=typed_words.whole(clients),
        factor=None if factor is None else typed_words.number(factor),
        early=early,
        settled=settled,
        won=typed_words.perhaps(won),
        vat=None if vat is None else typed_words.share(vat),
    )
    screen.show(
        fees.answer(typed_words.amount(value), as_day(on), typed_words.whole(instance), asked), json=json
    )
