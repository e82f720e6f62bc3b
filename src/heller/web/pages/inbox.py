"""The inbox: what waits for a person, the clipped picture of each value beside the form that answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller import casefile
from heller.casefile.apart import process
from heller.casefile.commercial import Commercial
from heller.casefile.inbox import ASKED, DOUBT, FACT, LOOK, PURPOSE, TWIN, Task
from heller.casefile.writing.decide import KIND
from heller.casefile.writing.decide import PURPOSE as FOR
from heller.dossier.names import PROOFS, head_name
from heller.model.case import Exhibit
from heller.model.document_class import NAMES, Classification, DocumentClass
from heller.model.errors import InputRefused
from heller.model.finding import AlikeFindings, Weight, alike
from heller.model.text import Text, text
from heller.model.value import Value
from heller.web.desk import Desk, show
from heller.web.exhibit_forms import FIELDS_WRONG
from heller.web.form import Form
from heller.web.pages.confirm import WHO_COOKIE, can_be_ticked, is_proven, key_of
from heller.web.paging import Page, numbers_of, page_of
from heller.web.paper_form import PaperField, PaperQuestion, paper_fields, paper_values

PLACE, NAME, BAR = 110, text("Inbox"), True
HEADINGS: dict[str, Text] = {
    LOOK: text("Compare what was read from paper"),
    FACT: text("What documents state"),
    TWIN: text("One receipt, or two?"),
    DOUBT: text("Doubts about a document"),
    PURPOSE: text("What was it for?"),
}
SAFE = "default-src 'none'; sandbox"
DOCUMENTS = 50  # documents that are told beside the tasks
PAGE = 25  # tasks on a page: a form for each, 7 kB of it


class Seat(Struct, frozen=True):
    """A task as the page shows it: whether a tick answers it and whether it is ticked beforehand, what its document is,
    its day and sum, a picture of it; `fault` is what was wrong with the form that was sent."""

    task: Task
    key: str
    rows: tuple[PaperField, ...] = ()
    head: Text | None = None
    fault: InputRefused | None = None
    name: str = ""
    value: str = ""
    ticks: bool = False
    ticked: bool = False
    kind: Text | None = None
    day: Value = Value(None)
    sum: Value = Value(None)
    grade: Text | None = None
    picture: str = ""

    @property
    def asked(self) -> list[PaperField]:
        """The values that need an answer."""
        return [row for row in self.rows if row.waits]

    @property
    def settled(self) -> list[PaperField]:
        """Those that are known well."""
        return [row for row in self.rows if not row.waits]


def ordered(desk: Desk) -> list[tuple[int, Task]]:
    """The tasks with their numbers, by kind."""
    kinds = list(HEADINGS)
    return sorted(enumerate(casefile.tasks(desk.claim)), key=lambda one: kinds.index(one[1].kind))


def seats(
    desk: Desk, tasks: Sequence[tuple[int, Task]], sent: Form | None, fault: InputRefused | None
) -> list[tuple[Text, list[Seat]]]:
    """Tasks by kind, the one whose form was refused with what was typed."""
    return [
        (HEADINGS[kind], [_seat(n, task, sent, fault, desk) for n, task in mine])
        for kind, mine in groupby(tasks, key=lambda one: one[1].kind)
    ]


def _seat(n: int, task: Task, sent: Form | None, fault: InputRefused | None, desk: Desk) -> Seat:
    asked = (
        sent is not None and sent.said("exhibit") == str(task.exhibit) and sent.said("member") == task.member
    )
    form = sent if asked and task.kind == LOOK else None
    rows = _rows(task, form, desk.lang) if task.kind == LOOK else ()
    exhibit = next((one for one in desk.case.exhibits if one.number == task.exhibit), None)
    values = dict(task.values)
    gross = values.get("gross", Value(None))
    known = task.document.link.kind if task.document else None
    return Seat(
        task,
        f"t{n}",
        rows,
        head_name(task.proposal.head) if task.proposal else None,
        fault if asked else None,
        name=exhibit.name if exhibit else "",
        value=key_of(task),
        ticks=can_be_ticked(task),
        ticked=is_proven(task),
        kind=NAMES.get(known.of) if known else None,
        day=values.get("date", Value(None)),
        sum=gross,
        grade=PROOFS[gross.grade] if gross.value is not None else None,
        picture=thumbnail(exhibit) if exhibit else "",
    )


def thumbnail(exhibit: Exhibit) -> str:
    """The address of a picture of a document, '' where none can be drawn."""
    if exhibit.media == "application/pdf":
        return f"/exhibits/{exhibit.number}/page/1"
    return f"/exhibits/{exhibit.number}/original" if exhibit.media in ("image/png", "image/jpeg") else ""


def _rows(task: Task, form: Form | None, lang: str) -> tuple[PaperField, ...]:
    kind = task.document.link.kind if task.document else Classification(DocumentClass.OTHER)
    return paper_fields(PaperQuestion(task.exhibit, task.member, dict(task.values), kind), form, lang)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The inbox; a POST answers one task."""
    desk = Desk(request, looks_back=False)
    form = Form(request.POST.dict()) if request.method == "POST" else None
    fault = None
    if form is not None:
        try:
            entry = desk.write(lambda: answer(desk, form))
        except InputRefused as error:
            fault = error
        else:
            back = HttpResponseRedirect(f"/inbox/?entry={entry}")
            back.set_cookie(
                WHO_COOKIE, form.said("who")[:80], max_age=30 * 86400, samesite="Strict", httponly=True
            )
            return back
    page = page_of(request, ordered(desk), PAGE, lambda one: f"K {one[1].exhibit} {desk.words(one[1].what)}")
    values = {
        "page": page,
        "groups": seats(desk, page.rows, form, fault),
        "documents": documents(desk),
        "asked": ASKED,
        "fault": fault,
        "who": form.said("who") if form else request.COOKIES.get(WHO_COOKIE, ""),
        "ticks": any(can_be_ticked(task) for _, task in page.rows),
        "done": int(raw) if (raw := request.GET.get("done", "")).isdecimal() and len(raw) < 6 else 0,
        "left": sorted(numbers_of(request, "left")),
        "new": sorted(numbers_of(request, "new")),
        "twin": sorted(numbers_of(request, "twin")),
        "unread": unread(desk),
        "alike": alike_doubts(desk),
        "entry": request.GET.get("entry", "") if request.GET.get("entry", "").isdecimal() else "",
    }
    return show(request, "inbox.html", values, desk=desk, nav="inbox", status=400 if fault else 200)


def unread(desk: Desk) -> list[Exhibit]:
    """Documents from which nothing was read and nobody has said anything of: their values can be given by hand."""
    return [one for one in desk.case.exhibits if not one.reading.records and not one.withdrawn]


def alike_doubts(desk: Desk) -> list[tuple[AlikeFindings, list[int]]]:
    """Doubts that many documents share, each once, with the numbers of the exhibits."""
    own = {exhibit.digest: exhibit.number for exhibit in desk.case.exhibits}
    found = alike(f for e in desk.case.exhibits for f in e.reading.findings if f.weight is not Weight.NOTE)
    many = [one for one in found if one.count > 1]
    return [
        (one, sorted({own[place.object] for place in one.sources if place.object in own})) for one in many
    ]


def documents(desk: Desk) -> Page[Commercial]:
    """What the commercial documents are, the first of them."""
    found = casefile.commercial_documents(desk.claim.case)
    return Page(found[:DOCUMENTS], 1, max(1, -(-len(found) // DOCUMENTS)), "", len(found), len(found))


def answer(desk: Desk, form: Form) -> int:
    """Write down what the form decides; raises InputRefused where it cannot be read."""
    number = int(raw) if (raw := form.said("exhibit")).isdecimal() and len(raw) < 9 else -1
    who, why, act = form.said("who"), form.said("reason"), form.said("act")
    if act in ("same", "apart", "replaces", "adds", "signed"):
        other = int(raw) if (raw := form.said("other")).isdecimal() and len(raw) < 9 else -1
        return casefile.twins(desk.folder, number, other, who, what=act, reason=why)
    if act in ("take", "drop"):
        which = int(raw) if (raw := form.said("other")).isdecimal() and len(raw) < 9 else -1
        if act == "drop":
            return casefile.drop(desk.folder, number, which, who, reason=why)
        return casefile.take(desk.folder, number, which, who)
    member = form.said("member")
    if act == "leave":
        return casefile.leave(desk.folder, number, who, why, member=member)
    said = {KIND: form.said(KIND)} | ({FOR: head} if (head := form.said(FOR)) else {})
    said |= paper_values(form, datetime.now(desk.case.tz))
    if form.faults:
        raise FIELDS_WRONG
    return casefile.give(desk.folder, number, said, who, member=member, reason=why)


@require_safe
def picture(request: HttpRequest, number: int) -> HttpResponse:
    """The stretch of the page on which a value stands."""
    desk = Desk(request, looks_back=False)
    member, name = request.GET.get("member", ""), request.GET.get("name", "")
    exhibit = next((e for e in desk.case.exhibits if e.number == number), None)
    papers = casefile.receipts_of(exhibit) if exhibit else ()
    value = next((p.values.get(name) for p in papers if p.source.member == member), None)
    if exhibit is None or value is None or value.source is None:
        raise Http404
    data = casefile.original(desk.folder, exhibit.digest)
    drawn = process.ask_or_none("clip", (exhibit.name, exhibit.digest, member, value.source.place), [data])
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, "image/png", headers={"Content-Security-Policy": SAFE})


URLS = [path("inbox/", view), path("inbox/<int:number>/clip", picture)]
