"""heller law compensation: the lump sum for an outage or a change of provider."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import compensation
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.answers.lump_words import OUTAGE


def run(
    *,
    fee: Annotated[str, Parameter(help=tr("The monthly fee of the contract."))],
    reported: Annotated[
        str, Parameter(help=tr("The day of the fault report; with tkg59 that of the interruption."))
    ],
    restored: Annotated[str, Parameter(help=tr("The day on which the service came back."))],
    state: Annotated[str, Parameter(help=tr("The German state in which the line lies, such as NW."))] = "",
    rule: Annotated[
        str, Parameter(help=tr("tkg58 for a complete outage, tkg59 for a change of provider."))
    ] = OUTAGE,
    law_of: Annotated[
        str | None, Parameter(help=tr("The day whose law counts; that of --reported if left out."))
    ] = None,
    who: Annotated[
        str | None, Parameter(help=tr("The customer: consumer, micro, small, larger or non-profit."))
    ] = None,
    waived: Annotated[
        bool, Parameter(negative="", help=tr("The firm expressly agreed to go without (§ 71 (3) TKG)."))
    ] = False,
    excuse: Annotated[
        str, Parameter(help=tr("none, customer, lawful or force-majeure: what frees the provider."))
    ] = "none",
    partial: Annotated[
        bool, Parameter(negative="", help=tr("Another service of the contract still worked."))
    ] = False,
    missed: Annotated[str, Parameter(help=tr("How many appointments were missed."))] = "0",
    porting: Annotated[
        str | None, Parameter(help=tr("A number that moved late: AGREED/DONE, two days."))
    ] = None,
    damage: Annotated[
        str | None, Parameter(help=tr("The proven damage; it and the lump sums are set off both ways."))
    ] = None,
    catholic: Annotated[
        bool, Parameter(negative="", help=tr("The place is mainly Catholic: its own public holidays count."))
    ] = False,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The lump sum for an outage or a change of provider, day by day."""
    found = compensation.answer(
        typed_words.amount(fee),
        as_day(reported),
        as_day(restored),
        state,
        rule,
        typed_words.day(law_of),
        Extras(
            kind=typed_words.kind(who),
            waived=waived or None,
            excuse=typed_words.excuse(excuse),
            all_services=not partial,
            missed=typed_words.whole(missed),
            porting=None if porting is None else typed_words.span(porting),
            damage=typed_words.perhaps(damage),
            catholic=catholic,
        ),
    )
    screen.show(found, json=json)
