"""Every doubt of the case by itself, also those that other pages show as one; reached from the case's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller.model.finding import AlikeFindings, Finding, Weight
from heller.web.desk import Desk, show
from heller.web.paging import page_of

PAGE = 200  # doubts on a page


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The list, the heaviest first, in pages."""
    desk = Desk(request, looks_back=False)
    order = [Weight.REFUSED, Weight.WARNING, Weight.NOTE]
    found = sorted(desk.claim.findings, key=lambda f: order.index(f.weight))
    page = page_of(request, found, PAGE, lambda f: desk.words(f.text))
    values = {"page": page, "rows": [_alone(finding) for finding in page.rows]}
    return show(request, "doubts.html", values, desk=desk, nav="case")


def _alone(finding: Finding) -> AlikeFindings:
    return AlikeFindings(finding, 1, (finding.source,) if finding.source else ())


URLS = [path("doubts/", view)]
