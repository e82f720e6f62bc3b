"""The acceptance test on the spot: a technician says that it works, and sees in large red or green whether it does."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from heller.dossier import acceptance as words_of
from heller.model.kinds.acceptance import VERDICTS, Acceptance, Verdict
from heller.model.kinds.contact import CHANNELS
from heller.model.text import text
from heller.web import beside
from heller.web.desk import Desk, show
from heller.web.form import Field, Form

PLACE, NAME = 170, text("Test of the line")
COLOURS = {Verdict.ACCEPTED: "green", Verdict.REJECTED: "red", Verdict.OPEN: "yellow"}
MINUTES = 15  # that a line is tested before it is accepted
FIELDS = (
    Field("by", text("Who says that it works?")),
    Field("said", text("What was said?"), hint=text("For example: You can go online now")),
    Field("channel", text("On which way?"), near=CHANNELS),
)
TEST = "acceptance"
ENDS = frozenset({0, 9, 10})  # accepted, rejected, open: each is a result


def command(folder: Path, form: Form, lang: str) -> list[str]:
    """What is run for a test; what was said goes along, each as one word of the command."""
    said = [f"--{name}={value}" for name in ("by", "said", "channel") if (value := form.said(name))]
    return beside.command("--lang", lang, "accept", str(folder), "--json", *said)


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The last test in large, and the form for the next."""
    desk = Desk(request, looks_back=False)
    tests = desk.case.records(Acceptance)
    last = tests[-1] if tests else None
    values = {
        "runs": beside.runs(desk.folder, TEST),
        "failure": beside.failure(desk.folder, TEST),
        "minutes": MINUTES,
        "fields": FIELDS,
        "last": last,
        "colour": COLOURS[last.verdict] if last else "",
        "verdict": VERDICTS[last.verdict] if last else None,
        "sentences": words_of.sentences(last, desk.words) if last else (),
        "rows": words_of.rows(last, desk.words) if last else (),
    }
    return show(request, "acceptance.html", values, desk=desk, nav="acceptance")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a test, if none is going on; it writes its result into the case by itself."""
    desk = Desk(request)
    beside.begin(desk.folder, TEST, command(desk.folder, Form(request.POST.dict()), desk.lang), ENDS)
    return HttpResponseRedirect("/acceptance/")


URLS = [path("acceptance/", view), path("acceptance/begin", begin)]
