"""Changing one's mind: an entry or an exhibit is taken back or counts again, one row is corrected, a file is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from heller import casefile
from heller.model.kinds.lost_original import LostOriginal
from heller.model.kinds.row_change import RowChange
from heller.model.text import text
from heller.web.desk import Desk

ACTS = {"back": text("Take back"), "restore": text("Let it count again")}


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Say that an entry or an exhibit no longer counts, and why; it stays in the journal."""
    desk = Desk(request)
    entry = casefile.target(desk.folder, request.POST.get("entry", ""))
    return _to(request, desk.write(lambda: casefile.correct(desk.folder, entry, _why(request))))


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Say that an entry or an exhibit that was taken back counts again, and why."""
    desk = Desk(request)
    entry = casefile.target(desk.folder, request.POST.get("entry", ""))
    return _to(request, desk.write(lambda: casefile.restore(desk.folder, entry, _why(request))))


@require_POST
def row(request: HttpRequest) -> HttpResponse:
    """Correct or withdraw one row of an exhibit."""
    desk, said = Desk(request), request.POST
    change = RowChange(said.get("entry", ""), said.get("row", ""), said.get("change", ""), _why(request))
    return _to(request, desk.write(lambda: casefile.note(desk.folder, change)))


@require_POST
def lost(request: HttpRequest) -> HttpResponse:
    """Say that the file of an exhibit is lost for good."""
    desk = Desk(request)
    said = LostOriginal(request.POST.get("entry", ""), _why(request))
    return _to(request, desk.write(lambda: casefile.note(desk.folder, said)))


def _why(request: HttpRequest) -> str:
    return str(request.POST.get("why", ""))


def _to(request: HttpRequest, entry: int) -> HttpResponse:
    """The page of the exhibit or the list of notes, with what the change did."""
    named = request.POST.get("entry", "")
    number = named.strip().upper().removeprefix("K").strip()
    page = f"/exhibits/{int(number)}/" if named.upper().startswith("K") and number.isdecimal() else "/note/"
    return HttpResponseRedirect(f"{page}?entry={entry}{'' if page != '/note/' else '#written'}")


URLS = [
    path("change/take-back", take_back),
    path("change/restore", restore),
    path("change/row", row),
    path("change/lost", lost),
]
