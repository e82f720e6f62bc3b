"""heller note CASE fact: state a fact of the case."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli.note.written import refused, two, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical
from heller.model.kinds.fact import Fact
from heller.model.text import text

PLACE = 20
VERB = text("State a fact of the case.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("NAME VALUE"))],
    *,
    basis: Annotated[str, Parameter(help=tr("Where a fact comes from."))] = "",
) -> None:
    """State a fact of the case."""
    said = words
    name = two(said, text("Say which fact, and its value."))
    spec = canonical.fact_of(name)
    if spec is None:
        raise refused(
            text("There is no fact called {name}.", name=name),
            text("Did you mean {near}?", near=canonical.nearest(name)),
        )
    value = canonical.canonical(spec, " ".join(said[1:]), casefile.zone(case))
    if value is None:
        raise refused(
            text("{raw} is no value for {name}.", raw=" ".join(said[1:]), name=spec.label),
            spec.how,
        )
    write(case, Fact(spec.key, value, basis))
