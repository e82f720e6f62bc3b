"""'The margin is a figure that you typed.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.facts import shop
from heller.model.finding import Ground, Locator
from heller.model.kinds.posting import Posting
from heller.model.objection import Answered, Objection
from heller.model.text import text

RESTS_ON_IT = ("lost_sales", "cancelled_orders", "lost_units")


def _objections(attack: Attack) -> Iterator[Objection]:
    """What rests on a stated margin falls without it; bookings in the case answer better than a statement."""
    resting, case = attack.sum_of(*RESTS_ON_IT), attack.claim.case
    stated = case.facts.statement(shop.MARGIN)
    if not resting.likely or stated is None:
        return
    books = case.records(Posting)
    answers = [
        Ground(text("Stated: {basis}.", basis=stated.basis or stated.value), sources=_place(stated.source))
    ]
    if books:
        said = text(
            "{n} bookings of the accounts are in the case; the margin can be worked out of them.",
            n=len(books),
        )
        answers.append(Ground(said, sources=_place(books[0].source)))
    yield Objection(
        "margin_typed",
        text("The contribution margin is a figure that nobody has proven."),
        norm("ZPO-287"),
        attack.without(*RESTS_ON_IT),
        Answered.RECORD if books else Answered.WORDS,
        tuple(answers),
        resting,
    )


def _place(source: Locator | None) -> tuple[Locator, ...]:
    return (source,) if source is not None else ()


OBJECTION = _objections
