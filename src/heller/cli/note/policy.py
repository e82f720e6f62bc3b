"""heller note CASE policy: write down an own insurance policy."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import agreed
from heller.cli.note.written import write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 40
VERB = text("Write down an own insurance policy.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("KIND [INSURER]"))],
    *,
    deductible: Annotated[str | None, Parameter(help=tr("What the firm bears itself."))] = None,
    limit: Annotated[str | None, Parameter(help=tr("The most that it pays."))] = None,
    waiting: Annotated[str | None, Parameter(help=tr("Hours until it begins to pay."))] = None,
    waiting_deducted: Annotated[
        str | None, Parameter(help=tr("Do the hours of waiting stay unpaid? yes or no."))
    ] = None,
    notice: Annotated[str | None, Parameter(help=tr("Days in which the loss must be reported."))] = None,
    notified: Annotated[str | None, Parameter(help=tr("The day on which it was reported."))] = None,
    covers: Annotated[
        str | None, Parameter(help=tr("Do its terms cover this outage (or lawsuit)? yes or no."))
    ] = None,
) -> None:
    """Write down an own insurance policy."""
    terms = agreed.TypedPolicy(deductible, limit, waiting, waiting_deducted, notice, notified, covers)
    write(case, agreed.policy(words, terms))
