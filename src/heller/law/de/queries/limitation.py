"""When a claim is time-barred, with talks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec, Span
from heller.law.de.answers import limitation
from heller.law.de.limitation import Proceeding, Suspension
from heller.model.text import text


def ask(
    *,
    event: Annotated[date, QuerySpec(text("The day on which the claim arose and became known."))],
    knew: Annotated[date | None, QuerySpec(text("The day on which it became known, if later."))] = None,
    talks: Annotated[tuple[Span, ...], QuerySpec(text("Talks as FROM/TO; may be given several times."))] = (),
    action: Annotated[
        tuple[Span, ...], QuerySpec(text("An action as FROM/TO: from service to its end."))
    ] = (),
    payment_order: Annotated[
        tuple[Span, ...], QuerySpec(text("A payment order as FROM/TO: from service to its end."))
    ] = (),
    expert: Annotated[
        tuple[Span, ...], QuerySpec(text("An expert procedure as FROM/TO: from service to its end."))
    ] = (),
    arbitration: Annotated[
        tuple[Span, ...],
        QuerySpec(text("Arbitration as FROM/TO: from the receipt of the request to its end.")),
    ] = (),
    acknowledged: Annotated[
        tuple[date, ...], QuerySpec(text("The day of an acknowledgement, such as a part payment."))
    ] = (),
) -> LawAnswer:
    """The safe day, and the others that somebody might count."""
    steps = (
        (Suspension.ACTION, action),
        (Suspension.PAYMENT_ORDER, payment_order),
        (Suspension.EXPERT, expert),
        (Suspension.ARBITRATION, arbitration),
    )
    return limitation.answer(
        event,
        talks,
        knew=knew,
        proceedings=tuple(Proceeding(*span, step) for step, spans in steps for span in spans),
        acknowledged=acknowledged,
    )
