"""How to get the log of the router or monitor at hand: what `heller logs` says, on a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller.intake.log_sources import FIRST, sources
from heller.web.desk import Desk, show


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """Every device that is known, or those that are asked for."""
    asked = request.GET.get("device", "")[:80]
    found = sources(asked) or sources("")
    return show(request, "logs.html", {"first": FIRST, "sources": found}, desk=Desk(request), nav="exhibits")


URLS = [path("logs/", view)]
