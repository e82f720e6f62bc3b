"""heller note CASE contact: write down what was said, written or promised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import agreed
from heller.cli.note.written import refused, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical, numbers
from heller.model.kinds.contact import Contact
from heller.model.text import text

PLACE = 10
VERB = text("Write down what was said: a promise, an offer, a refusal ...")


def run(
    case: CaseFolder,
    kind: Annotated[str, Parameter(help=tr("What it was: promise, offer, refusal ..."))],
    words: Annotated[list[str], Parameter(help=tr("What was said."))],
    *,
    at: Annotated[
        str | None, Parameter(help=tr("When it happened, e.g. '04.02.2015 08:35'; now if left out."))
    ] = None,
    who: Annotated[str, Parameter(help=tr("Who spoke on the other side."))] = "",
    by: Annotated[str, Parameter(help=tr("Who spoke on our side."))] = "",
    channel: Annotated[str, Parameter(help=tr("Phone, e-mail, letter, on site ..."))] = "",
    ours: Annotated[bool, Parameter(help=tr("We said it, not the other side."))] = False,
    until: Annotated[str | None, Parameter(help=tr("A date that was set or promised."))] = None,
    amount: Annotated[str | None, Parameter(help=tr("An amount that was named."))] = None,
    credit: Annotated[str | None, Parameter(help=tr("A credit on future bills."))] = None,
    worth: Annotated[str | None, Parameter(help=tr("Share of the credit that it is worth to us."))] = None,
    waives: Annotated[str | None, Parameter(help=tr("What is given up: nothing, outage or all."))] = None,
) -> None:
    """Write down what was said: a promise, an offer, a refusal ..."""
    known = canonical.contact_kind(kind)
    if known is None:
        raise refused(
            text("There is no kind of note called {kind}.", kind=kind),
            text("Kinds are: {kinds}.", kinds=", ".join(canonical.CONTACT_WORDS)),
        )
    when = datetime.now(UTC) if at is None else numbers.moment(at, "", casefile.zone(case))
    by_day = None if until is None else numbers.day(until)
    sum_ = None if amount is None else numbers.amount(amount)
    for raw, value in ((at, when), (until, by_day), (amount, sum_)):
        if raw is not None and value is None:
            raise refused(
                text("{raw} cannot be read.", raw=raw),
                text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
            )
    assert when is not None
    terms = agreed.terms(agreed.TypedOffer(credit, worth, waives))
    write(
        case,
        Contact(when, known, channel, who, " ".join(words), not ours, by, by_day, sum_, terms=terms),
    )
