"""heller law limitation: when a claim is time-barred."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import limitation
from heller.law.de.limitation import Proceeding, Suspension

Spans: TypeAlias = list[str] | None


def run(
    *,
    event: Annotated[str, Parameter(help=tr("The day on which the claim arose and became known."))],
    knew: Annotated[str | None, Parameter(help=tr("The day on which it became known, if later."))] = None,
    talks: Annotated[
        Spans,
        Parameter(
            consume_multiple=True, negative="", help=tr("Talks as FROM/TO; may be given several times.")
        ),
    ] = None,
    action: Annotated[
        Spans,
        Parameter(
            consume_multiple=True, negative="", help=tr("An action as FROM/TO: from service to its end.")
        ),
    ] = None,
    payment_order: Annotated[
        Spans,
        Parameter(
            consume_multiple=True,
            negative="",
            help=tr("A payment order as FROM/TO: from service to its end."),
        ),
    ] = None,
    expert: Annotated[
        Spans,
        Parameter(
            consume_multiple=True,
            negative="",
            help=tr("An expert procedure as FROM/TO: from service to its end."),
        ),
    ] = None,
    arbitration: Annotated[
        Spans,
        Parameter(
            consume_multiple=True,
            negative="",
            help=tr("Arbitration as FROM/TO: from the receipt of the request to its end."),
        ),
    ] = None,
    acknowledged: Annotated[
        Spans,
        Parameter(
            consume_multiple=True,
            negative="",
            help=tr("The day of an acknowledgement, such as a part payment."),
        ),
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """When a claim is time-barred, with talks."""
    steps = (
        (Suspension.ACTION, action),
        (Suspension.PAYMENT_ORDER, payment_order),
        (Suspension.EXPERT, expert),
        (Suspension.ARBITRATION, arbitration),
    )
    found = limitation.answer(
        as_day(event),
        tuple(typed_words.span(raw) for raw in talks or ()),
        knew=typed_words.day(knew),
        proceedings=tuple(
            Proceeding(*typed_words.span(raw), step) for step, said in steps for raw in said or ()
        ),
        acknowledged=tuple(as_day(raw) for raw in acknowledged or ()),
    )
    screen.show(found, json=json)
