"""Making the dossier: choose day and language, watch it being made, take it away."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller.casefile.bundle.build import DERIVED
from heller.dossier.wording import LANGUAGES
from heller.model.text import Text, text
from heller.web import work
from heller.web.desk import Desk, show
from heller.web.form import DAY, DAY_HINT, NEEDED, Field, Form
from heller.web.pages.hand_out import handed

PLACE, NAME, BAR = 400, text("Dossier"), True

KINDS: dict[str, tuple[str, Text, Text]] = {
    "dossier": ("pdf", text("Dossier"), text("For the provider, its insurer and the court")),
    "advice": ("pdf", text("Advice"), text("For the firm and its lawyer only: weak spots, costs, the offer")),
    "bundle": ("zip", text("Bundle"), text("For checking: journal, originals, figures, proofs")),
}
TONGUES = {"de": text("German"), "en": text("English")}
CLOSED = "-closed"  # behind the language: names stay closed, as a profession may ask for it without a word
NAMED = re.compile(rf"(dossier|advice|bundle)-(\d{{4}}-\d{{2}}-\d{{2}})-((?:de|en)(?:{CLOSED})?)\.(pdf|zip)")


class Made(Struct, frozen=True):
    """What lies there for a day and a language: kind, name, for whom, address, size in kB; `stem` names it."""

    stem: str
    day: date
    tongue: Text
    files: tuple[tuple[str, Text, Text, str, int], ...]


def fields(day: str, lang: str) -> tuple[Field, ...]:
    """The form: as of which day, in which language."""
    tongues = tuple(TONGUES.items())
    return (
        Field("day", text("As of"), hint=DAY_HINT, required=True, value=day),
        Field("lang", text("Language of the dossier"), "choice", options=tongues, value=lang),
    )


def earlier(folder: Path) -> list[Made]:
    """What was made before, the latest day first."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in sorted((folder / DERIVED).glob("*-*.*")):
        if match := NAMED.fullmatch(file.name):
            found.setdefault((match[2], match[3]), []).append(match[1])
    return [
        Made(
            f"{day}-{lang}",
            date.fromisoformat(day),
            _tongue(lang),
            tuple(_entry(folder, kind, day, lang) for kind in KINDS if kind in kinds),
        )
        for (day, lang), kinds in sorted(found.items(), reverse=True)
    ]


def _tongue(lang: str) -> Text:
    """The language, and whether fields are closed."""
    name = TONGUES[lang.removesuffix(CLOSED)]
    return text("{language}, fields closed", language=name) if lang.endswith(CLOSED) else name


def _entry(folder: Path, kind: str, day: str, lang: str) -> tuple[str, Text, Text, str, int]:
    suffix, name, whom = KINDS[kind]
    size = (folder / DERIVED / f"{kind}-{day}-{lang}.{suffix}").stat().st_size
    return kind, name, whom, f"/dossier/{kind}/{day}/{lang}", -(-size // 1000)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The form, what is being made, what was made."""
    desk = Desk(request)
    form_fields = fields(desk.day.strftime("%d.%m.%Y"), desk.lang)
    status = 200
    if request.method == "POST":
        form = Form(request.POST.dict())
        form.said("day", NEEDED)
        said = form.heard("day", DAY, datetime.now(desk.case.tz), ahead=True)
        day = date.fromisoformat(said) if said else None
        if day is not None and not form.faults and form.said("lang") in LANGUAGES:
            work.start(desk.folder, day, form.said("lang"))
            return HttpResponseRedirect("/dossier/")
        form_fields, status = form.shown(form_fields), 400
    values = {"fields": form_fields, **_lying(desk.folder)}
    return show(request, "dossier.html", values, desk=desk, nav="dossier", status=status)


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes while a dossier is being made."""
    desk = Desk(request)
    return show(request, "dossier_state.html", _lying(desk.folder), desk=desk)


def _lying(folder: Path) -> dict[str, object]:
    """What is being made, what was made, what was handed out."""
    return {"work": work.last(folder), "made": earlier(folder), "handed": handed(folder)}


@require_safe
def download(request: HttpRequest, kind: str, day: str, lang: str) -> HttpResponseBase:
    """A file that was made. The address is taken apart, so no other file can be named."""
    file = f"{kind}-{day}-{lang}.{KINDS[kind][0] if kind in KINDS else ''}"
    target = Desk(request).folder / DERIVED / file
    if not NAMED.fullmatch(file) or not target.is_file():
        raise Http404
    media = "application/pdf" if target.suffix == ".pdf" else "application/zip"
    as_file = "show" not in request.GET or target.suffix != ".pdf"
    return FileResponse(target.open("rb"), as_attachment=as_file, filename=file, content_type=media)


URLS = [
    path("dossier/", view),
    path("dossier/progress", progress),
    path("dossier/<str:kind>/<str:day>/<str:lang>", download),
]
