"""What of a claim is sown on the salt field."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.model.money import Money
from heller.model.text import text

from ..country import BOOK


def ask(
    *,
    claim: Annotated[Money, QuerySpec(text("The claim."))],
    on: Annotated[date, QuerySpec(text("The day on which the light went out."))] = date(2015, 2, 4),
) -> LawAnswer:
    """A tenth."""
    sown = claim * BOOK.for_sum("SX-SALT", on).number("share")
    return LawAnswer(
        head=text("{sown} are sown.", sown=sown),
        figures={"sown": sown},
        lines=(),
        sources=BOOK.norms("SX-SALT"),
    )
