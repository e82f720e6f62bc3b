"""The other side's objections before they come: each with its rule, its euros, its answer; and what survives them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller import pipeline
from heller.dossier.parts.objections import HOW
from heller.model.objection import Answered
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.memory import TURN

PLACE, NAME = 320, text("Objections")


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page; the weightiest objection first."""
    desk = Desk(request)
    claim = desk.claim
    with TURN:
        claimed = pipeline.objected(claim)
    values = {
        "due": claimed.waterfall.due,
        "floor": claimed.floor,
        "objections": [(one, HOW[one.answered]) for one in claimed.objections],
        "open": sum(one.answered is Answered.OPEN for one in claimed.objections),
    }
    return show(request, "attack.html", values, desk=desk, nav="attack")


URLS = [path("attack/", view)]
