"""Another copy of the case: what was written there is taken over from a bundle of it, each entry with its proof."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller.casefile.writing.join import bundle_copy, join
from heller.journal.mend import source_of
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import Field

WHO = text("Nothing need be said of a copy that was handed over to somebody.")


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The form; a bundle that is sent is taken over, and the page says what that moved."""
    desk = Desk(request, looks_back=False)
    sent = request.FILES.get("bundle")
    if request.method == "POST" and isinstance(sent, UploadedFile):
        copy, by = bundle_copy(source_of(sent.read())), request.POST.get("by", "")
        entry = desk.write(lambda: join(desk.folder, copy, by).first)
        return HttpResponseRedirect(f"/copies/?entry={entry}")
    fields = (Field("by", text("Who wrote in the other copy?"), hint=WHO),)
    return show(request, "copies.html", {"fields": fields}, desk=desk, nav="note")


URLS = [path("copies/", view)]
