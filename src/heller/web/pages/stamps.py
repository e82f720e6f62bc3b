"""What ties the journal to the time of others: time stamps asked of authorities that the person names, and who received
an anchor. Nobody is asked but by the button; it is asked beside the page, and goes on when the line comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping import settings
from heller.casefile.stamping.states import NAMES, State, states
from heller.casefile.stamping.summary import summary
from heller.journal import anchors
from heller.model.errors import InputRefused
from heller.model.kinds.contact import CHANNELS
from heller.model.text import text
from heller.web import beside
from heller.web.desk import Desk, show
from heller.web.form import MOMENT, MOMENT_HINT, NEEDED, Field, Form

PLACE, NAME = 415, text("Time stamps")
STAMP = "stamp"
AUTHORITY = (
    Field(
        "url",
        text("Address of the authority"),
        hint=text("As it publishes it (RFC 3161), for example https://tsa.example.org/tsr"),
        required=True,
    ),
)
WITNESS = (
    Field("who", text("Who received the line?"), required=True),
    Field("at", text("When?"), hint=MOMENT_HINT, required=True),
    Field("channel", text("On which way?"), near=CHANNELS),
)


def shown(request: HttpRequest, desk: Desk, form: Form | None = None, of: str = "") -> HttpResponse:
    """The page; with a form `of` it that was refused, what was typed and the faults in it."""
    checked, known = casefile.entries(desk.folder), settings.load(desk.folder)
    places = states(desk.folder, checked, known)
    values = {
        "runs": beside.runs(desk.folder, STAMP),
        "failure": beside.failure(desk.folder, STAMP),
        "stamped": summary(desk.folder, checked),
        "places": [
            (one, NAMES[one.state], moment_of(one.time)) for one in places if one.state is not State.COVERED
        ],
        "authorities": known.authorities,
        "named": any(one.url for one in known.authorities),
        "anchored": bool(anchors.anchors(checked, desk.folder)),
        "authority": form.shown(AUTHORITY) if form and of == "url" else AUTHORITY,
        "witness": form.shown(WITNESS) if form and of == "who" else WITNESS,
    }
    return show(request, "stamps.html", values, desk=desk, nav="stamps", status=400 if form else 200)


def moment_of(said: str) -> datetime | None:
    """The authority's time of a stamp, None before it has one."""
    return datetime.fromisoformat(said) if said else None


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """Where every anchor stands at every authority, and the forms."""
    return shown(request, Desk(request, looks_back=False))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have all that is written stamped, by a further authority where one is named."""
    desk, form = Desk(request, looks_back=False), Form(request.POST.dict())
    sent = request.FILES.get("root")
    if "url" in request.POST:
        url = form.said("url", NEEDED)
        try:
            if not form.faults:
                _name(
                    desk.folder,
                    url,
                    sent if isinstance(sent, UploadedFile) else None,
                    "qualified" in request.POST,
                )
        except InputRefused as refused:
            form.faults["url"] = refused.what
        if form.faults:
            return shown(request, desk, form, "url")
    words = ("--lang", desk.lang, "stamp", str(desk.folder), "--again", "--json")
    beside.begin(desk.folder, STAMP, beside.command(*words))
    return HttpResponseRedirect("/stamps/")


def _name(folder: Path, url: str, root: UploadedFile[Any] | None, qualified: bool) -> None:
    """Write down who stamps, and the root that its stamps lead to."""
    with TemporaryDirectory(prefix="heller-") as home:
        roots = []
        if root is not None:
            roots = [Path(home) / "root"]
            roots[0].write_bytes(root.read())
        stamping.add(folder, [url], roots, qualified=qualified)


@require_POST
def witness(request: HttpRequest) -> HttpResponse:
    """Write down who received the newest anchor when."""
    desk, form = Desk(request, looks_back=False), Form(request.POST.dict())
    who = form.said("who", NEEDED)
    form.said("at", NEEDED)
    at = form.heard("at", MOMENT, datetime.now(desk.case.tz).replace(microsecond=0))
    if form.faults or at is None:
        return shown(request, desk, form, "who")
    stamping.witness(desk.folder, who, datetime.fromisoformat(at).astimezone(UTC), form.said("channel"))
    return HttpResponseRedirect("/journal/")


URLS = [path("stamps/", view), path("stamps/ask", ask), path("stamps/witness", witness)]
