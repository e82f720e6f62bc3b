"""heller law cap: the cap on liability."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import cap


def run(
    *,
    on: Annotated[str, Parameter(help=tr("The day of the outage."))],
    fault: Annotated[str, Parameter(help=tr("The provider's fault: simple, gross or intent."))],
    claim: Annotated[str | None, Parameter(help=tr("The own claim, to see what is owed of it."))] = None,
    all_claims: Annotated[
        str | None, Parameter(help=tr("The claims of all end users of the event, each already capped."))
    ] = None,
    agreed: Annotated[str | None, Parameter(help=tr("An individually agreed cap."))] = None,
    who: Annotated[
        str | None, Parameter(help=tr("The customer: consumer, micro, small, larger or non-profit."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The cap on liability, and whether the fault lifts it."""
    asked = cap.CapQuery(
        agreed=typed_words.perhaps(agreed),
        kind=typed_words.kind(who),
        claim=typed_words.perhaps(claim),
        together=typed_words.perhaps(all_claims),
    )
    screen.show(cap.answer(as_day(on), fault, asked), json=json)
