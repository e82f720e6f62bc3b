"""A figure, a bound or a verdict with the whole tree of its working."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller import pipeline
from heller.model.text import text
from heller.model.working_tree import WorkingTree
from heller.web.desk import Desk, show
from heller.web.examiner import ExaminerDesk
from heller.web.guard import EXAMINED

PLACE, NAME = 330, text("Explained")


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The tree of what is asked for, and all that can be."""
    return _page(request, Desk(request), "/explain/", "explain")


@require_safe
def at_the_desk(request: HttpRequest) -> HttpResponse:
    """The same of a bundle."""
    if EXAMINED not in request.META:
        raise Http404
    return _page(request, ExaminerDesk(request), "/desk/explain/", "")


def _page(request: HttpRequest, desk: Desk, address: str, nav: str) -> HttpResponse:
    what = request.GET.get("what", "due")
    try:
        tree: WorkingTree | None = pipeline.explain(desk.claim, what)
    except LookupError:
        tree = None
    values = {"what": what, "tree": tree, "names": pipeline.explicable(desk.claim), "address": address}
    return show(request, "explain.html", values, desk=desk, nav=nav, status=200 if tree else 404)


URLS = [path("explain/", view), path("desk/explain/", at_the_desk)]
