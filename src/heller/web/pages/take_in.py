"""One file at a time, for the progress of files that were dropped; it answers with a line of words for its row."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from heller.casefile.writing.take_in import take_in
from heller.model.errors import HellerError
from heller.model.text import text
from heller.web.desk import Desk
from heller.web.memory import TURN


@require_POST
def view(request: HttpRequest) -> HttpResponse:
    """Take the file in."""
    desk = Desk(request, looks_back=False)
    sent = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    if not sent:
        return JsonResponse({"words": desk.words(text("Nothing arrived; try it again."))}, status=400)
    try:
        with TURN:
            (added, *_) = take_in(desk.folder, [(file.name or "", file.read()) for file in sent])
    except HellerError as error:
        return JsonResponse({"words": f"{desk.words(error.what)} {desk.words(error.do)}"}, status=400)
    if added.known:
        words = text("was there already; it is counted once")
    elif added.reading.records:
        words = text("taken in as exhibit K {n}", n=added.number)
    else:
        words = text("kept, nothing was read from it")
    kind = "twin" if added.known else "new"
    return JsonResponse({"words": desk.words(words), "kind": kind, "number": added.number})


URLS = [path("take-in", view)]
