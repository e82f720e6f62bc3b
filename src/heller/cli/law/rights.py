"""heller law rights: which rights a customer has."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import rights
from heller.law.de.who import Customer


def run(
    *,
    on: Annotated[str, Parameter(help=tr("The day of the outage."))],
    who: Annotated[
        str | None, Parameter(help=tr("The customer: consumer, micro, small, larger or non-profit."))
    ] = None,
    staff: Annotated[str | None, Parameter(help=tr("Instead of --who: how many people work there."))] = None,
    turnover: Annotated[str | None, Parameter(help=tr("The turnover of a year."))] = None,
    balance: Annotated[str | None, Parameter(help=tr("The balance sheet total of a year."))] = None,
    waived: Annotated[
        bool, Parameter(negative="", help=tr("The firm expressly agreed to go without (§ 71 (3) TKG)."))
    ] = False,
    not_waived: Annotated[bool, Parameter(negative="", help=tr("It did not."))] = False,
    change: Annotated[bool, Parameter(negative="", help=tr("It was a change of provider."))] = False,
    inside: Annotated[
        bool, Parameter(negative="", help=tr("It was a takeover inside one provider."))
    ] = False,
    agreed: Annotated[str | None, Parameter(help=tr("An individually agreed cap."))] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """Which rights of the TKG a customer has."""
    customer = Customer(
        typed_words.kind(who),
        typed_words.whether(waived, not_waived, ("--waived", "--not-waived")),
        typed_words.whether(change, inside, ("--change", "--inside")),
        typed_words.perhaps(agreed),
    )
    size = rights.Size(
        None if staff is None else typed_words.whole(staff),
        typed_words.perhaps(turnover),
        typed_words.perhaps(balance),
    )
    screen.show(rights.answer(as_day(on), customer, size), json=json)
