"""Which court decides about a value, and whether a lawyer must appear."""

from __future__ import annotations

from datetime import date

from heller.law.answers.shape import Answer, begins, norms, not_negative, reach
from heller.law.de import costs
from heller.law.rules import book
from heller.model.money import Money
from heller.model.text import text

RULES = ("GVG-23", "ZPO-78", "GKG-43")


def answer(value: Money, on: date) -> Answer:
    """The court for a case that becomes pending on a day; the German names, in every language.

    Raises InputRefused for a negative value, BeyondTheData before 2 July 2012.
    """
    not_negative(value)
    begins(on, "GVG-23")
    notes = reach(on, RULES)
    limit = book().for_sum("GVG-23", on).money("local_court_up_to")
    local = costs.local_court(value, on)
    head = (
        text("The local court (Amtsgericht) decides about {value}; no lawyer is required.", value=value)
        if local
        else text(
            "The regional court (Landgericht) decides about {value}; a lawyer is required.", value=value
        )
    )
    return Answer(
        head=head,
        figures={"court": "Amtsgericht" if local else "Landgericht", "lawyer_required": not local},
        lines=(
            text("Pending on {day}: local court up to {limit}, regional court above.", day=on, limit=limit),
            text("Before the regional court a lawyer is mandatory (§ 78 ZPO)."),
        ),
        notes=(
            *notes,
            text("Interest and costs asked for besides do not raise the value (§ 43 (1) GKG)."),
            text("Cases that were pending before the limit changed stay where they are."),
        ),
        sources=norms(*RULES),
    )
