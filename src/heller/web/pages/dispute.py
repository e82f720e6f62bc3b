"""Agreed and disputed: each item beside what every answer says of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller.dossier.parts.dispute import TWO, ruling_words
from heller.dossier.writer import Pen
from heller.model.dispute import Dispute, DisputedItem
from heller.model.money import Money
from heller.model.text import text
from heller.web.desk import Desk, show

PLACE, NAME = 310, text("Agreed and disputed")
Row = tuple[DisputedItem, list[str]]


def rows(desk: Desk, found: Dispute) -> list[Row]:
    """Each item with what the answers say, in their order."""
    pen = Pen(desk.claim, desk.lang)
    return [
        (one, [ruling_words(pen, said) if said is not None else "–" for said in one.rulings])
        for one in found.items
    ]


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page."""
    desk = Desk(request)
    found = desk.claim.dispute
    values = {
        "dispute": found,
        "rows": rows(desk, found) if found is not None else [],
        "two": TWO if found is not None and found.contradicting else None,
        "open_items": found.asked_of_items - found.agreed_of_items if found is not None else Money(0),
        "questions": found.questions if found is not None else (),
    }
    return show(request, "dispute.html", values, desk=desk, nav="dispute")


URLS = [path("dispute/", view)]
