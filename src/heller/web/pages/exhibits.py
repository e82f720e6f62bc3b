"""The exhibits: what was handed in, what was read, what is doubtful; and the place to hand in more."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller.casefile.writing.take_in import take_in
from heller.damage.purposes import purposes, reference
from heller.model.case import Case, Exhibit
from heller.model.finding import AlikeFindings, Finding, Weight, alike
from heller.model.kinds.invoice import Invoice
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.memory import TURN
from heller.web.paging import numbers_of, page_of
from heller.web.records import count

PLACE, NAME = 120, text("Exhibits")
PAGE = 100  # exhibits on a page

Row = tuple[Exhibit, list[tuple[Text, int]], tuple[AlikeFindings, ...], bool]


def doubts(findings: Sequence[Finding]) -> tuple[AlikeFindings, ...]:
    """The findings that ask for something, alike ones as one; notes are left for the exhibit's own page."""
    return alike(finding for finding in findings if finding.weight is not Weight.NOTE)


def waiting(case: Case) -> set[str]:
    """The numbers of the invoices that nobody has assigned yet."""
    assigned = {purpose.invoice for purpose in purposes(case)}
    return {reference(case, invoice) for invoice in case.records(Invoice)} - assigned


def row(case: Case, exhibit: Exhibit, open_ones: set[str]) -> Row:
    """An exhibit, what it holds, its doubts, whether a receipt in it waits for its purpose."""
    return (
        exhibit,
        count(exhibit.reading.records),
        doubts(exhibit.reading.findings),
        waits(case, exhibit, open_ones),
    )


def waits(case: Case, exhibit: Exhibit, open_ones: set[str]) -> bool:
    """Whether a receipt in it waits for its purpose."""
    invoices = (record for record in exhibit.reading.records if isinstance(record, Invoice))
    return any(reference(case, invoice) in open_ones for invoice in invoices)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The list; a POST hands files in."""
    desk = Desk(request, looks_back=False)
    if request.method == "POST":
        files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
        with TURN:
            added = take_in(desk.folder, ((file.name or "", file.read()) for file in files))
        news = [("twin" if item.known else "new", item.number) for item in added]
        return HttpResponseRedirect(f"/exhibits/?{urlencode(news)}#added")
    case, open_ones = desk.case, waiting(desk.case)
    new, twin = numbers_of(request, "new"), numbers_of(request, "twin")
    page = page_of(
        request, case.exhibits, PAGE, lambda e: f"K {e.number} {e.name} {desk.words(e.reading.title)}"
    )
    values = {
        "page": page,
        "rows": [row(case, exhibit, open_ones) for exhibit in page.rows],
        "added": [
            (exhibit, count(exhibit.reading.records), alike(exhibit.reading.findings))
            for exhibit in case.exhibits
            if exhibit.number in new
        ],
        "twins": [exhibit for exhibit in case.exhibits if exhibit.number in twin],
        "waiting": sum(waits(case, exhibit, open_ones) for exhibit in case.exhibits),
        "new": new,
    }
    return show(request, "exhibits.html", values, desk=desk, nav="exhibits")


URLS = [path("exhibits/", view)]
