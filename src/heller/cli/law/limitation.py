"""heller law limitation: when a claim is time-barred."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import given, shown
from heller.cli.screen import as_day, tr
from heller.law.answers import limitation


def run(
    *,
    event: Annotated[str, Parameter(help=tr("The day on which the claim arose and became known."))],
    talks: Annotated[
        list[str] | None,
        Parameter(
            consume_multiple=True, negative="", help=tr("Talks as FROM/TO; may be given several times.")
        ),
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """When a claim is time-barred, with talks."""
    held = tuple(given.span(raw) for raw in talks or ())
    shown.show(limitation.answer(as_day(event), held), json=json)
