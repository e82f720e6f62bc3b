"""Handing out: a dossier that was made is kept as it went out, by day and running number, and said in the journal."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from heller import casefile
from heller.casefile.bundle.build import DERIVED
from heller.casefile.bundle.hand_out import HandedOut, hand_out
from heller.journal.erasure import HANDED
from heller.journal.places import HANDED_OUT
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.web.desk import Desk

MADE = re.compile(r"\d{4}-\d{2}-\d{2}-(de|en)")
FOLDER = re.compile(r"\d{3,6}-\d{4}-\d{2}-\d{2}")


class HandedRow(Struct, frozen=True):
    """A dossier that went out: number, day, to whom, and the files that are kept of it (none: erased since)."""

    number: int
    day: date | None
    to: str
    folder: str
    files: tuple[str, ...]


def handed(folder: Path) -> list[HandedRow]:
    """What was handed out, the latest first."""
    found = []
    for number, entry in enumerate((e for e in casefile.entries(folder).entries if e.kind == HANDED), 1):
        body = entry.body or {}
        day = str(body.get("as_of", ""))
        home = folder / HANDED_OUT / f"{number:03}-{day}"
        files = tuple(sorted(file.name for file in home.iterdir())) if home.is_dir() else ()
        on = date.fromisoformat(day) if day else None
        found.append(HandedRow(number, on, str(body.get("to", "")), home.name, files))
    return found[::-1]


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Keep what was made for a day and a language as it goes out, and to whom."""
    desk, stem = Desk(request), request.POST.get("stem", "")
    pdf, bundle = (desk.folder / DERIVED / name for name in (f"dossier-{stem}.pdf", f"bundle-{stem}.zip"))
    to = request.POST.get("to", "").strip()
    if not MADE.fullmatch(stem) or not pdf.is_file() or not bundle.is_file():
        raise Http404
    if not to:
        raise InputRefused(
            text("It is not said to whom the dossier goes."),
            text("Nothing was written; the case is as it was."),
            text("Give the name of who receives it."),
        )
    made = HandedOut(pdf, bundle, sha256(bundle.read_bytes()).hexdigest(), date.fromisoformat(stem[:10]))
    hand_out(desk.folder, made, to)
    return HttpResponseRedirect("/dossier/#handed")


@require_safe
def kept(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """A file that was handed out, as it went; only what is listed can be named."""
    home = Desk(request).folder / HANDED_OUT / folder
    if (
        not FOLDER.fullmatch(folder)
        or not home.is_dir()
        or name not in {file.name for file in home.iterdir()}
    ):
        raise Http404
    return FileResponse((home / name).open("rb"), as_attachment=True, filename=name)


URLS = [path("dossier/hand-out", give), path("handed-out/<str:folder>/<str:name>", kept)]
