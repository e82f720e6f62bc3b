"""The first page: my internet is down, my line was down, or a case that is there; open one, take one over."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from heller import casefile
from heller.journal.mend import source_of
from heller.model.amount import Range
from heller.model.claim import Claim, Deadline
from heller.model.errors import HellerError
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.hall import CASE_COOKIE, Hall, key_of

DOWN, WAS = "down", "was"
SHOWN = 12  # cases whose sums are worked out for the list


class CaseCard(Struct, frozen=True):
    """A case in the list: its key, firm and folder, what state it is in, its next deadline, what is due."""

    key: str
    name: str
    firm: str
    state: Text
    deadline: Deadline | None = None
    due: Range | None = None


def card(folder: Path, day: date) -> CaseCard:
    """What the list says of a case; one that cannot be read says why."""
    try:
        claim = casefile.claim(folder, day)
    except HellerError as error:
        return CaseCard(key_of(folder), folder.name, "", error.what)
    ahead = [one for one in claim.waterfall.deadlines if not one.passed and one.on >= day]
    return CaseCard(
        key_of(folder),
        folder.name,
        claim.case.fact("firm.name") or "",
        state_of(claim),
        min(ahead, key=lambda one: one.on, default=None),
        claim.waterfall.due if claim.waterfall.due != Range() else None,
    )


def state_of(claim: Claim) -> Text:
    """How the outage of a case stands."""
    if claim.waterfall.over:
        return text("settled")
    dead = [one for one in claim.seen if not one.longest]
    if dead:
        return text("down since {at}", at=dead[-1].start.latest)
    if claim.seen:
        last = max(claim.seen, key=lambda one: one.start.latest)
        return text("was down for at least {length}", length=last.shortest)
    return text("no outage is proven yet")


def _hall(request: HttpRequest) -> Hall:
    hall = request.META.get("heller.hall")
    if not isinstance(hall, Hall):
        raise Http404
    return hall


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page."""
    folders = _hall(request).cases()
    desk = Desk(request)
    values = {
        "cards": [card(folder, desk.day) for folder in folders[:SHOWN]],
        "more": [(key_of(folder), folder.name) for folder in folders[SHOWN:]],
        "place": _short(_hall(request).place),
    }
    return show(request, "start.html", values, desk=desk)


def _short(place: Path) -> str:
    """A folder as people write it, from their own one on."""
    own = Path.home()
    return f"~/{place.relative_to(own)}" if place.is_relative_to(own) else str(place)


def opened(request: HttpRequest, folder: Path, target: str) -> HttpResponse:
    """On to a page of a case, which is open from now on; forms of the one before are refused, so that nothing is
    written into the wrong one."""
    rotate_token(request)
    answer = HttpResponseRedirect(target)
    answer.set_cookie(CASE_COOKIE, key_of(folder), httponly=True, samesite="Strict")
    return answer


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new case, with the first question."""
    was = request.POST.get("kind") == WAS
    folder = _hall(request).begin(datetime.now())
    return opened(request, folder, "/begin/?was=1" if was else "/begin/")


@require_POST
def open_known(request: HttpRequest) -> HttpResponse:
    """A case of the list, or a folder that is named."""
    hall, named = _hall(request), request.POST.get("folder", "").strip()
    if named:
        folder = Path(named).expanduser()
        hall.remember(folder)
        return opened(request, folder, "/")
    if (known := hall.folder(request.POST.get("case", ""))) is None:
        raise Http404
    return opened(request, known, "/")


@require_POST
def handed(request: HttpRequest) -> HttpResponse:
    """A bundle that was sent becomes a case here, with everything that it holds."""
    hall, sent = _hall(request), request.FILES.get("bundle")
    if not isinstance(sent, UploadedFile):
        return HttpResponseRedirect("/start/")
    folder = hall.take_over(source_of(sent.read()), Path(sent.name or "case").stem)
    return opened(request, folder, "/")


URLS = [
    path("start/", view),
    path("start/begin", begin),
    path("start/open", open_known),
    path("start/handed", handed),
]
