"""All that happened, in order: contacts, outages, receipts, mails, each with its exhibit."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier.events import details, events, with_whom
from heller.dossier.writer import Pen
from heller.model.record_kind import ChronologyEvent
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.paging import page_of

PLACE, NAME = 140, text("Chronology")
PAGE = 40  # events on a page: a mail is shown with its words


class EventLine(Struct, frozen=True):
    """An event as the page shows it: its day, with whom it was, what else there is to say."""

    day: date
    event: ChronologyEvent
    clock: datetime | None
    who: str
    more: str


def lines(desk: Desk) -> list[EventLine]:
    """Every event in order of time."""
    pen = Pen(desk.claim, desk.lang)
    return [_line(event, pen) for event in events(pen)]


def _line(event: ChronologyEvent, pen: Pen) -> EventLine:
    clock = event.at if isinstance(event.at, datetime) else None
    day = pen.words.local(clock).date() if clock else event.at
    return EventLine(day, event, clock, with_whom(event, pen), " ".join(details(event, pen)))


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """Day by day."""
    desk = Desk(request)
    words = desk.words
    page = page_of(
        request, lines(desk), PAGE, lambda one: f"{words(one.event.title)} {one.who} {one.event.quoted}"
    )
    days = [(day, list(found)) for day, found in groupby(page.rows, key=lambda line: line.day)]
    values = {"page": page, "days": days, "written": request.GET.get("entry", "").isdecimal()}
    return show(request, "chronology.html", values, desk=desk, nav="chronology")


URLS = [path("chronology/", view)]
