"""One exhibit: what it says, where, what is doubtful, what its receipts are for, and the original."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller import casefile
from heller.casefile.apart import process
from heller.casefile.derived.reading_anew import excess_of
from heller.damage.purposes import purposes as in_force
from heller.damage.purposes import reference
from heller.dossier.names import head_name
from heller.intake.written import canonical, numbers
from heller.model.case import Case, Exhibit
from heller.model.errors import InputRefused
from heller.model.finding import Locator, Weight, alike
from heller.model.heads import RECEIPT_HEADS
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import NO_HEAD, Purpose
from heller.model.text import Text, text
from heller.web import exhibit_forms
from heller.web.desk import Desk, show
from heller.web.form import NEEDED, SHARE, Field, Form
from heller.web.pages.exhibits import doubts
from heller.web.records import count, line, places

# What a browser may show itself. Everything else, HTML and SVG above all, is only handed out as a file.
SHOWN = {"application/pdf", "image/png", "image/jpeg"}
TEXTS = {"text/plain", "text/csv", "text/xml", "application/xml", "message/rfc822", "application/json"}
WINDOW, BEFORE = 400, 40  # lines that are shown, lines before the one that was asked for
RECORDS = 60  # records that are listed
PAGES = 12  # pages of a PDF that are drawn
SAFE = "default-src 'none'; img-src 'self'; style-src 'self'; sandbox"

SHARE_HINT, LEFT_HINT = text("100 % or 42,86 %"), text("0 % if nothing is")
NO_RECEIPT_HEAD = text("No receipt is counted under this head; choose another one.")


class Receipt(Struct, frozen=True):
    """An invoice of the exhibit, what it is for so far, and the form that says so."""

    name: str
    invoice: Invoice
    purpose: Purpose | None
    head: Text | None
    sources: tuple[Locator, ...]
    fields: tuple[Field, ...]

    @property
    def faulty(self) -> bool:
        """Whether something in its form could not be read."""
        return any(field.fault for field in self.fields)


def find(desk: Desk, number: int) -> Exhibit:
    """The exhibit with a number."""
    found = next((e for e in desk.case.exhibits if e.number == number), None)
    if found is None:
        raise Http404
    return found


def receipts(exhibit: Exhibit, case: Case, sent: Form | None) -> list[Receipt]:
    """The invoices of an exhibit that may be a cost; the one whose form was sent shows its faults."""
    purposes = {purpose.invoice: purpose for purpose in in_force(case)}
    found = []
    for invoice in exhibit.reading.records:
        if isinstance(invoice, Invoice) and invoice.kind.is_money:
            name = reference(case, invoice)
            purpose = purposes.get(name)
            fields = purpose_fields(purpose)
            if sent is not None and sent.said("invoice") == name:
                fields = sent.shown(fields)
            head, sources = (None, ()) if purpose is None else (_head(purpose.head), places(purpose))
            found.append(Receipt(name, invoice, purpose, head, sources, fields))
    return found


def _head(key: str) -> Text:
    return text("No part of the damage") if key == NO_HEAD else head_name(key)


def purpose_fields(purpose: Purpose | None) -> tuple[Field, ...]:
    """The form that assigns a receipt."""
    heads = tuple((key, _head(key)) for key in (*RECEIPT_HEADS, NO_HEAD))
    said = purpose or Purpose("", "", Decimal(1), "")
    return (
        Field("head", text("What was it bought for?"), "choice", options=heads, value=said.head),
        Field("share", text("Share due to the outage"), "line", SHARE_HINT, value=_percent(said.share)),
        Field("residual", text("Worth that is left"), "line", LEFT_HINT, value=_percent(said.residual)),
        Field("reason", text("Reason"), value=said.reason, wide=True),
    )


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %".replace(".", ",")


def _receipt_head(word: str) -> str | None:
    head = canonical.head_of(word)
    return head if head in (*RECEIPT_HEADS, NO_HEAD) else None


def purpose(form: Form, now: datetime) -> Purpose | None:
    """The purpose that a form states, None where it has faults; a residual value that was not said is none."""
    head = form.read("head", _receipt_head(form.said("head", NEEDED)), NO_RECEIPT_HEAD)
    form.said("share", NEEDED)
    share, residual = (form.heard(name, SHARE, now) for name in ("share", "residual"))
    reason = form.said("reason")
    if form.faults or head is None or share is None:
        return None
    return Purpose(form.said("invoice"), head, Decimal(share), reason, Decimal(residual or 0))


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, number: int) -> HttpResponse:
    """The exhibit; a POST says what one of its receipts is for."""
    desk = Desk(request, looks_back=False)
    exhibit = find(desk, number)
    form = Form(request.POST.dict()) if request.method == "POST" else None
    fault = None
    if form is not None and "act" in request.POST:
        try:
            entry = desk.write(lambda: act(desk, number, form))
        except InputRefused as error:
            fault = error
        else:
            return HttpResponseRedirect(f"/exhibits/{number}/?said={entry}&entry={entry}#say")
    elif form is not None:
        own = {reference(desk.case, r) for r in exhibit.reading.records if isinstance(r, Invoice)}
        stated = purpose(form, datetime.now(desk.case.tz))
        if stated is not None and stated.invoice in own:
            entry = desk.write(lambda: casefile.note(desk.folder, stated))
            return HttpResponseRedirect(f"/exhibits/{number}/?written=1&entry={entry}#receipts")
    raw = request.GET.get("row", "")
    row = int(raw) if raw.isdecimal() and len(raw) < 9 else 0
    records = exhibit.reading.records
    values = {
        "exhibit": exhibit,
        "counted": count(records),
        "records": [(line(r, desk.words), places(r)) for r in records[:RECORDS]],
        "more": len(records) - RECORDS,
        "doubted": doubts(exhibit.reading.findings),
        "remarks": alike(f for f in exhibit.reading.findings if f.weight is Weight.NOTE),
        "receipts": receipts(exhibit, desk.case, None if fault else form),
        **exhibit_forms.shown(exhibit, desk, form if fault else None, fault, request.GET.get("said", "")),
        "documents": [one for one in casefile.commercial_documents(desk.claim.case) if one.exhibit == number],
        "written": "written" in request.GET,
        "lines": lines(desk, exhibit, row),
        "pages": pages(desk, exhibit),
        "row": row,
        "image": exhibit.media in ("image/png", "image/jpeg"),
        "shown": exhibit.media in SHOWN | TEXTS,
    }
    return show(request, "exhibit.html", values, desk=desk, nav="exhibits", status=400 if form else 200)


def act(desk: Desk, number: int, form: Form) -> int:
    """Write down what a person says of the exhibit, or take it out of the claim or back; the entry's number."""
    match form.said("act"):
        case "withdraw":
            return casefile.correct(desk.folder, casefile.target(desk.folder, f"K{number}"), form.said("why"))
        case "restore":
            return casefile.restore(desk.folder, casefile.target(desk.folder, f"K{number}"), form.said("why"))
        case _:
            return exhibit_forms.give(desk, number, form)


def lines(desk: Desk, exhibit: Exhibit, row: int) -> list[tuple[int, str]]:
    """Numbered lines of a text around the one that was asked for; none where it is no text."""
    if exhibit.media not in TEXTS:
        return []
    try:
        written = numbers.decode(casefile.original(desk.folder, exhibit.digest))
    except InputRefused:
        return []
    every = written.splitlines()
    first = max(min(row, len(every)) - BEFORE, 1)
    return list(enumerate(every[first - 1 : first - 1 + WINDOW], first))


@require_safe
def original(request: HttpRequest, number: int) -> HttpResponse:
    """The file as it was handed in. Only what is harmless is shown by the browser; `?save` never is."""
    desk = Desk(request, looks_back=False)
    exhibit = find(desk, number)
    data = casefile.original(desk.folder, exhibit.digest)
    as_file = "save" in request.GET or exhibit.media not in SHOWN | TEXTS
    media = exhibit.media if exhibit.media in SHOWN else "application/octet-stream"
    if exhibit.media in TEXTS and not as_file:
        try:
            data, media = numbers.decode(data).encode(), "text/plain; charset=utf-8"
        except InputRefused:
            as_file = True
    response = HttpResponse(data, media)
    response["Content-Disposition"] = content_disposition_header(as_file, exhibit.name) or "attachment"
    if exhibit.media != "application/pdf":  # a sandbox would keep the browser's PDF reader shut
        response["Content-Security-Policy"] = SAFE
    return response


@require_safe
def page(request: HttpRequest, number: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture, so that a figure can be compared with what it was read from."""
    desk = Desk(request, looks_back=False)
    exhibit = find(desk, number)
    drawn = None
    if _drawable(exhibit) and 1 <= page <= PAGES:
        drawn = process.ask_or_none("page", (page,), [casefile.original(desk.folder, exhibit.digest)])
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, "image/png", headers={"Content-Security-Policy": SAFE})


def _drawable(exhibit: Exhibit) -> bool:
    """Whether it is a PDF, and none that costs more than a file may."""
    return exhibit.media == "application/pdf" and excess_of(exhibit.reading) is None


def pages(desk: Desk, exhibit: Exhibit) -> range:
    """The numbers of the pages of a PDF that are shown."""
    if not _drawable(exhibit):
        return range(0)
    found = process.ask_or_none("count", (), [casefile.original(desk.folder, exhibit.digest)])
    return range(1, min(int(found or 0), PAGES) + 1)


URLS = [
    path("exhibits/<int:number>/", view),
    path("exhibits/<int:number>/original", original),
    path("exhibits/<int:number>/page/<int:page>", page),
]
