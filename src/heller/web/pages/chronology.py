"""All that happened, in order, as a picture that zooms and as a list: contacts, outages, receipts, mails, each with its
exhibit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier.events import details, events, with_whom
from heller.dossier.writer import Pen
from heller.intake.written import numbers
from heller.model.record_kind import ChronologyEvent
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.paging import page_of
from heller.web.timeline import LANES, Happening, lane_of, timeline

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


def happenings(desk: Desk, found: Sequence[EventLine]) -> list[Happening]:
    """What happened and the dates that matter, for the picture."""
    words = desk.words
    made = [
        Happening(
            one.day,
            words.local(one.clock) if one.clock else None,
            one.event.tone,
            f"{words.day(one.day)} {words(one.event.title)} {one.who}".strip(),
            f"#d-{one.day.isoformat()}",
        )
        for one in found
    ]
    dates = desk.claim.waterfall.deadlines
    return made + [
        Happening(d.on, None, "date", f"{words.day(d.on)} {words(d.what)}", "/law/#calendar") for d in dates
    ]


def _asked_lanes(request: HttpRequest) -> list[str]:
    known = [key for key, _, _ in LANES]
    return [key for key in request.GET.getlist("show") if key in known] or known


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The picture, then day by day; both show what is asked for."""
    desk = Desk(request)
    words, lanes = desk.words, _asked_lanes(request)
    found = [one for one in lines(desk) if LANES[lane_of(one.event.tone)][0] in lanes]
    shown = [one for one in happenings(desk, found) if LANES[lane_of(one.tone)][0] in lanes]
    zoom, start = request.GET.get("zoom", "all")[:4], numbers.day(request.GET.get("start", ""))
    picture = timeline(desk.claim, shown, zoom, start, lanes)
    if picture is not None and zoom != "all":
        found = [one for one in found if picture.begin <= one.day <= picture.end]
    page = page_of(request, found, PAGE, lambda one: f"{words(one.event.title)} {one.who} {one.event.quoted}")
    values = {
        "page": page,
        "days": [(day, list(rows)) for day, rows in groupby(page.rows, key=lambda line: line.day)],
        "written": request.GET.get("entry", "").isdecimal(),
        "picture": picture,
        "lanes": [(key, name, key in lanes) for key, name, _ in LANES],
        "zoom": zoom,
        "start": start.isoformat() if start else "",
    }
    return show(request, "chronology.html", values, desk=desk, nav="chronology")


URLS = [path("chronology/", view)]
