"""Every letter of the case as text, ready to be mailed or printed. Nothing is sent from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier.letter_frame import PlainLetter, plain
from heller.dossier.letters import letters
from heller.dossier.writer import Pen
from heller.model.errors import InputRefused
from heller.model.text import Text, text
from heller.web.desk import Desk, show

PLACE, NAME = 7, text("Letters")


class Ready(Struct, frozen=True):
    """A letter, or why it cannot be written yet and what to do."""

    title: Text
    letter: PlainLetter | None = None
    refused: InputRefused | None = None


def ready(desk: Desk) -> list[Ready]:
    """Each letter as the case stands."""
    pen, found = Pen(desk.claim, desk.lang), []
    for kind in letters().values():
        try:
            found.append(Ready(kind.title, plain(kind.write(pen))))
        except InputRefused as refused:
            found.append(Ready(kind.title, refused=refused))
    return found


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """All letters."""
    desk = Desk(request)
    return show(request, "letters.html", {"letters": ready(desk)}, desk=desk, nav="letters")


URLS = [path("letters/", view)]
