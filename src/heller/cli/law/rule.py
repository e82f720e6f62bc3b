"""heller law rule: one rule, looked up by its id."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import tr
from heller.law.book import lookup
from heller.law.country import country as law_of
from heller.model.text import text

PLACE = 1010
VERB = text("One rule: its words, its versions, its source, its mark.")


def run(
    id: Annotated[str, Parameter(help=tr("The id of the rule, such as TKG21-58-3."))],
    *,
    on: Annotated[str | None, Parameter(help=tr("Only the version of this day."))] = None,
    country: Annotated[str, Parameter(help=tr("The country whose rules are asked."))] = "de",
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """One rule: its words, its versions, its source, its mark."""
    screen.show(lookup.rule(law_of(country).book, id, typed_words.day(on)), json=json)
