"""When a claim is time-barred in Austria."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.at.periods import LIMITATION, limitation
from heller.law.at.rules import book
from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.model.text import text


def ask(
    *,
    knew: Annotated[date, QuerySpec(text("The day on which damage and debtor were known."))],
    acknowledged: Annotated[
        tuple[date, ...], QuerySpec(text("The day of an acknowledgement, such as a part payment."))
    ] = (),
) -> LawAnswer:
    """Three years to the day; talks stop nothing by the text of the statute."""
    end, anew = limitation(knew, acknowledged)
    line = (
        text("Three years to the day from {day}.", day=knew)
        if anew is None
        else text("Three years to the day, begun anew by the acknowledgement of {day}.", day=anew)
    )
    return LawAnswer(
        head=text("The claim is time-barred after {day}.", day=end),
        figures={"end": end, "acknowledged": anew},
        lines=(line,),
        notes=(LIMITATION.stops,),
        sources=book().norms("AT-1489", "AT-1497"),
    )
