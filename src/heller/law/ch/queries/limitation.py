"""When a claim is time-barred in Switzerland."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import Figure, LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.ch.periods import LIMITATION, conciliation_until, limitation
from heller.law.ch.rules import book
from heller.model.text import text


def ask(
    *,
    due: Annotated[date, QuerySpec(text("The day on which the claim arose."))],
    acknowledged: Annotated[
        tuple[date, ...], QuerySpec(text("The day of an acknowledgement, such as a part payment."))
    ] = (),
    contact: Annotated[date | None, QuerySpec(text("The day of the last contact with the provider."))] = None,
) -> LawAnswer:
    """Ten years for contract claims; the conciliation body a year after the last contact."""
    end, anew = limitation(due, acknowledged)
    lines = [
        text("Ten years from {day}.", day=due)
        if anew is None
        else text("Ten years, begun anew by the acknowledgement of {day}.", day=anew)
    ]
    figures: dict[str, Figure] = {"end": end, "acknowledged": anew}
    if contact is not None:
        figures["conciliation_until"] = until = conciliation_until(contact)
        lines.append(text("The conciliation body takes it until {day}.", day=until))
    return LawAnswer(
        head=text("The claim is time-barred after {day}.", day=end),
        figures=figures,
        lines=tuple(lines),
        notes=(LIMITATION.stops,),
        sources=book().norms("CH-OR-127", "CH-OR-135", "CH-FMG-12c-time"),
    )
