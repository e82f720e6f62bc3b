"""heller law rules: the rules that are written down."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import tr
from heller.law.book import lookup
from heller.law.country import country as law_of
from heller.model.text import text

PLACE = 1020
VERB = text("The rules that are written down, or those in force on a day.")


def run(
    *,
    on: Annotated[str | None, Parameter(help=tr("Only those in force on this day."))] = None,
    find: Annotated[str, Parameter(help=tr("A word of the id, the citation or the rule."))] = "",
    country: Annotated[str, Parameter(help=tr("The country whose rules are asked."))] = "de",
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The rules that are written down, or those in force on a day."""
    screen.show(lookup.rules(law_of(country).book, typed_words.day(on), find), json=json)
