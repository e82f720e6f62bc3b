"""The watch of the line: what each uplink does now, live; begun and ended by a button; its uplinks, edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from heller.model.text import Text, text
from heller.watch import config
from heller.watch.glance import Cell, Glance, State, UplinkGlance
from heller.web import uplink_form, watcher
from heller.web.desk import Desk, show
from heller.web.form import Form
from heller.web.pages.choice import back

PLACE, NAME = 160, text("Watch")
AGAIN = 2000  # milliseconds after which the browser asks again
TONES = {State.ANSWERS: "up", State.SILENT: "down", State.WAITING: "blind", State.UNOBSERVED: "blind"}
SAID = {
    State.ANSWERS: text("The line answers."),
    State.SILENT: text("The line is silent."),
    State.WAITING: text("Nothing was answered yet."),
    State.UNOBSERVED: text("Nobody watches at the moment."),
}


class UplinkRow(Struct, frozen=True):
    """One uplink: its name, what it does since when, the last ten minutes in cells, how many probes were answered."""

    name: str
    tone: str
    said: Text
    since: datetime
    length: timedelta
    cells: tuple[str, ...]
    answered: int
    sent: int
    milliseconds: Decimal | None
    own_megabytes: Decimal


def rows(seen: Glance) -> list[UplinkRow]:
    """Each uplink now."""
    return [_row(line, seen.at) for line in seen.lines]


def _row(line: UplinkGlance, at: int) -> UplinkRow:
    since = datetime.fromtimestamp(line.since / 1_000_000, UTC)
    return UplinkRow(
        line.name,
        TONES[line.state],
        SAID[line.state],
        since,
        timedelta(seconds=max(0, at - line.since) // 1_000_000),
        tuple(map(_cell, line.cells)),
        line.sent - line.lost,
        line.sent,
        None if line.rtt is None else Decimal(round(line.rtt * 1000)),
        (Decimal(line.own) / 1_000_000).quantize(Decimal("0.1")),
    )


def _cell(cell: Cell) -> str:
    if not cell.watched or not cell.sent:
        return "blind"
    return "up" if not cell.lost else "down" if cell.lost == cell.sent else "some"


def state(desk: Desk) -> dict[str, object]:
    """What the pages show of the watch."""
    seen = watcher.look(desk.folder)
    return {"runs": watcher.runs(desk.folder), "uplinks": rows(seen) if seen is not None else []}


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request, Desk(request, looks_back=False))


def _page(request: HttpRequest, desk: Desk, form: Form | None = None, refused: str = "") -> HttpResponse:
    """The page; with a form that was refused, what was typed in it and what is wrong."""
    try:
        known, raised = uplink_form.rows(desk.folder, desk.words), uplink_form.raised(desk.folder)
    except ValueError as error:
        known, raised, refused = [], set(), refused or str(error)
    rows = uplink_form.shown(form) if form else known
    values = {
        "rows": [
            (row, form.said(f"raised-{n}") if form else row[0].value in raised) for n, row in enumerate(rows)
        ],
        "refused": refused,
        "file": config.FILE,
    }
    return show(
        request,
        "watcher.html",
        state(desk) | values,
        desk=desk,
        nav="watcher",
        status=400 if form or refused else 200,
    )


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The state as one server-sent event; the browser comes again by itself, so no thread waits for anybody."""
    desk = Desk(request, looks_back=False)
    shown = render_to_string(
        "line_state.html", state(desk) | {"desk": desk, "brief": "brief" in request.GET}, request
    )
    answer = HttpResponse("".join(_event(shown)), content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    return answer


def _event(shown: str) -> Iterator[str]:
    yield f"retry: {AGAIN}\n"
    for line in shown.splitlines():
        yield f"data: {line}\n"
    yield "\n"


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Have the line watched from now on."""
    watcher.begin(Desk(request).folder)
    return back(request) if "next" in request.POST else HttpResponseRedirect("/watcher/")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the watch; it seals what it measured."""
    watcher.end(Desk(request).folder)
    return HttpResponseRedirect("/watcher/")


@require_POST
def uplinks(request: HttpRequest) -> HttpResponse:
    """Write the uplinks down; a watch that runs goes on with those it began with."""
    desk, form = Desk(request, looks_back=False), Form(request.POST.dict())
    try:
        saved = uplink_form.save(desk.folder, form, datetime.now(desk.case.tz))
    except ValueError as error:
        return _page(request, desk, form, str(error))
    return HttpResponseRedirect("/watcher/?saved#uplinks") if saved else _page(request, desk, form)


URLS = [
    path("watcher/uplinks", uplinks),
    path("watcher/", view),
    path("watcher/events", events),
    path("watcher/begin", begin),
    path("watcher/end", end),
]
