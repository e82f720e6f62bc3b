"""Which court decides about a value, whether a lawyer must appear, and what else the value decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.law.book.answer import LawAnswer, not_negative, reach
from heller.law.de import costs, online
from heller.law.de.rules import book
from heller.model.money import Money
from heller.model.text import Text, text

RULES = ("GVG-23", "ZPO-78", "GKG-43", "ZPO-495a", "ZPO-511", "GVG-95", "ZPO-29/17", "SEL-06")


def answer(value: Money, on: date) -> LawAnswer:
    """The court for a case that becomes pending on a day; the German names, in every language.

    Raises InputRefused for a negative value, BeyondTheData before 2 July 2012.
    """
    not_negative(value)
    book().begins(on, "GVG-23")
    notes = reach(book(), on, RULES)
    limit = book().for_sum("GVG-23", on).money("local_court_up_to")
    free = book().for_sum("ZPO-495a", on).money("up_to")
    burden = book().for_sum("ZPO-511", on).money("above")
    local = costs.local_court(value, on)
    return LawAnswer(
        head=text("The local court (Amtsgericht) decides about {value}; no lawyer is required.", value=value)
        if local
        else text(
            "The regional court (Landgericht) decides about {value}; a lawyer is required.", value=value
        ),
        figures={
            "court": "Amtsgericht" if local else "Landgericht",
            "lawyer_required": not local,
            "free_procedure": value <= free,
            "appeal_possible": value > burden,
            "commercial_chamber": not local,
            "online_procedure": online.fits(value, on),
            "online_courts": online.courts(on) if online.fits(value, on) else (),
        },
        lines=(
            text("Pending on {day}: local court up to {limit}, regional court above.", day=on, limit=limit),
            text("Before the regional court a lawyer is mandatory (§ 78 ZPO)."),
            text("Up to {limit} the court may shape its procedure freely (§ 495a ZPO).", limit=free),
            text("Who loses more than {limit} of it may appeal (§ 511 ZPO).", limit=burden),
            *_online(value, on),
        ),
        notes=(
            *notes,
            *_chamber(local),
            text(
                "Place: the seat of the provider (§ 17 ZPO), or where the service had to be provided (§ 29 ZPO)."
            ),
            text("Interest and costs asked for besides do not raise the value (§ 43 (1) GKG)."),
            text("Cases that were pending before the limit changed stay where they are."),
        ),
        sources=book().norms(*RULES, *(online.RULES if online.fits(value, on) else ())),
    )


def _online(value: Money, on: date) -> Iterator[Text]:
    """The online procedure where it is open, with what is not known of it."""
    if not online.fits(value, on):
        return
    yield text(
        "Online procedure: open for this value before a local court that takes part (§ 1122 ZPO); the court asks {fee} "
        "instead of {usual}.",
        fee=online.court_fee(value, on),
        usual=costs.court_fee(value, on),
    )
    named = online.courts(on)
    yield (
        text("Local courts that take part, as read on 21 August 2026: {courts}.", courts=", ".join(named))
        if named
        else text("Which local courts took part on that day was not read.")
    )
    yield text(
        "The federal input tool refuses companies; a sole trader may use it. Whether a company may file otherwise than "
        "by a lawyer is not verified."
    )


def _chamber(local: bool) -> tuple[Text, ...]:
    if local:
        return ()
    return (
        text(
            "The commercial chamber decides on request if the deal is commercial for both sides and the "
            "provider is a registered merchant (§ 95 GVG)."
        ),
    )
