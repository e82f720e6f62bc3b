"""The time zone of the site: corrected by an entry, and what that moves is shown before it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller.casefile.echo import echo
from heller.casefile.writing.change import correct_zone, under_zone
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import Field, Form

NO_ZONE = text("Say in which time zone the site lies, such as Europe/Vienna.")
NO_WHY = text("Say why in a sentence.")


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The form; sent once it shows the effect, sent with `yes` it is written."""
    desk, form = Desk(request), Form(request.POST.dict())
    fields: tuple[Field, ...] = (
        Field("zone", text("Time zone of the site"), required=True, value=desk.case.zone, hint=NO_ZONE),
        Field("why", text("Why?"), required=True),
    )
    would, status = None, 200
    if request.method == "POST":
        zone, why = form.said("zone", NO_ZONE), form.said("why", NO_WHY)
        fields = form.shown(fields)
        if form.faults:
            status = 400
        elif request.POST.get("yes"):
            entry = desk.write(lambda: correct_zone(desk.folder, zone, why))
            return HttpResponseRedirect(f"/zone/?entry={entry}")
        else:
            would = echo(0, desk.claim, under_zone(desk.folder, zone, desk.day))
    doubts = [finding for finding in desk.claim.findings if finding.code == "zone-doubt"]
    values = {"fields": fields, "would": would, "doubts": doubts, "zone": desk.case.zone}
    return show(request, "zone.html", values, desk=desk, nav="note", status=status)


URLS = [path("zone/", view)]
