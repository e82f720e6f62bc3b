"""Writing down an offer with its terms, and an own policy."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller import casefile
from heller.web.desk import Desk, show
from heller.web.record_form import record_fields, typed
from heller.web.records import form_of

ASKED = ("offer", "policy")


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """Both forms; what was written leads back to the decision."""
    desk = Desk(request)
    now = datetime.now(desk.case.tz)
    shown = {name: record_fields(*form_of(name), now) for name in ASKED}
    if request.method == "POST":
        sent = request.POST.get("form")
        name = sent if sent in ASKED else ASKED[0]
        record, shown[name] = typed(*form_of(name), request.POST.dict(), now)
        if record is not None:
            entry = desk.write(lambda: casefile.note(desk.folder, record))
            return HttpResponseRedirect(f"/decide/?entry={entry}")
    faulty = any(field.fault for fields in shown.values() for field in fields)
    return show(request, "agreed.html", dict(shown), desk=desk, nav="decide", status=400 if faulty else 200)


URLS = [path("decide/note", view)]
