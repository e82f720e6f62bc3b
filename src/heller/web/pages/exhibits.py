"""The exhibits: what was handed in, what was read, what is doubtful; and the place to hand in more."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller.casefile.writing.take_in import take_in
from heller.damage.receipts import reference
from heller.model.case import Case, Exhibit
from heller.model.finding import Finding, Weight
from heller.model.record import Invoice, Purpose
from heller.model.text import Text, text
from heller.web.desk import TURN, Desk, show
from heller.web.records import count

PLACE, NAME = 4, text("Exhibits")

Row = tuple[Exhibit, list[tuple[Text, int]], list[Finding], bool]


def doubts(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that ask for something; notes are left for the exhibit's own page."""
    return [finding for finding in findings if finding.weight is not Weight.NOTE]


def waiting(case: Case) -> set[str]:
    """The numbers of the invoices that nobody has assigned yet."""
    assigned = {purpose.invoice for purpose in case.records(Purpose)}
    return {reference(case, invoice) for invoice in case.records(Invoice)} - assigned


def rows(case: Case) -> list[Row]:
    """Every exhibit, what it holds, its doubts, whether a receipt in it waits for its purpose."""
    open_ones = waiting(case)
    return [
        (
            exhibit,
            count(exhibit.reading.records),
            doubts(exhibit.reading.findings),
            any(isinstance(r, Invoice) and reference(case, r) in open_ones for r in exhibit.reading.records),
        )
        for exhibit in case.exhibits
    ]


def numbers_of(request: HttpRequest, name: str) -> set[int]:
    """Exhibit numbers that the address carries after an upload."""
    return {int(raw) for raw in request.GET.getlist(name) if raw.isdecimal() and len(raw) < 7}


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The list; a POST hands files in."""
    desk = Desk(request)
    if request.method == "POST":
        files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
        with TURN:
            added = take_in(desk.folder, ((file.name or "", file.read()) for file in files))
        news = [("twin" if item.known else "new", item.number) for item in added]
        return HttpResponseRedirect(f"/exhibits/?{urlencode(news)}#added")
    listed = rows(desk.case)
    new, twin = numbers_of(request, "new"), numbers_of(request, "twin")
    values = {
        "rows": listed,
        "added": [row for row in listed if row[0].number in new],
        "twins": [row[0] for row in listed if row[0].number in twin],
        "waiting": sum(row[3] for row in listed),
        "new": new,
        "no_sources": (),
    }
    return show(request, "exhibits.html", values, desk=desk, nav="exhibits")


URLS = [path("exhibits/", view)]
