"""The letters: which are ready, one of them to read, mail, print as PDF and write down as sent; who owes an answer.
Nothing is sent from here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller import casefile, pipeline
from heller.dossier.letter_frame import LetterKind, Occasion, contacts, plain, sent_letter
from heller.dossier.letters import letters
from heller.dossier.names import owed_words, stale
from heller.dossier.writer import Pen
from heller.model.errors import InputRefused
from heller.model.kinds.contact import CHANNELS, Contact
from heller.model.money import Money
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, DAY, DAY_HINT, MONEY, NEEDED, Field, Form

PLACE, NAME, BAR = 310, text("Letters"), True


class LetterState(Struct, frozen=True):
    """A letter in the list: whether it can be written, else why not and what to do; when it was sent last."""

    name: str
    title: Text
    refused: InputRefused | None = None
    sent: datetime | None = None


def states(desk: Desk) -> list[LetterState]:
    """Each letter as the case stands."""
    pen, found = Pen(pipeline.outward(desk.claim), desk.lang), []
    for kind in letters().values():
        gone = [one.at for one in desk.case.records(Contact) if one.letter and one.letter.kind == kind.name]
        refused = None
        try:
            kind.write(pen)
        except InputRefused as problem:
            refused = problem
        found.append(LetterState(kind.name, kind.title, refused, max(gone, default=None)))
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All letters, those that are ready first, and the answers that are owed."""
    desk = Desk(request)
    found = states(desk)
    values = {
        "ready": [one for one in found if one.refused is None],
        "waiting": [one for one in found if one.refused is not None],
        "owed": [owed_words(one) for one in desk.claim.owed],
        "entry": request.GET.get("entry", "") if request.GET.get("entry", "").isdecimal() else "",
    }
    return show(request, "letters.html", values, desk=desk, nav="letters")


def _choices(pen: Pen, kind: LetterKind) -> tuple[Field, ...]:
    """What a person may choose of a letter: what it is about, its day, whom it goes to, a sum."""
    fitting = (
        [one for one in contacts(pen, *kind.about, incoming=True) if kind.only(one)] if kind.about else []
    )
    about = tuple(
        (one.at.isoformat(), text("{at}: {said}", at=one.at, said=one.said[:60])) for one in reversed(fitting)
    )
    fields = [Field("about", text("What is it about?"), "choice", options=about)] if len(about) > 1 else []
    if kind.day is not None:
        fields.append(Field("by", text("Which day does it set?"), hint=DAY_HINT))
    fields.append(Field("for", text("Whom does it go to?"), hint=text("Left out: as the case says")))
    fields.append(Field("amount", text("A sum that it names"), hint=AMOUNT_HINT))
    return tuple(fields)


def _occasion(form: Form, pen: Pen, kind: LetterKind) -> Occasion:
    now = datetime.now(pen.claim.case.tz)
    day, sum_ = form.heard("by", DAY, now, ahead=True), form.heard("amount", MONEY, now)
    by = date.fromisoformat(day) if day else None
    amount = Money.of(Decimal(sum_)) if sum_ else None
    about = form.said("about")
    chosen = (one for one in contacts(pen, *kind.about, incoming=True) if one.at.isoformat() == about)
    return Occasion(next(chosen, None), by, form.said("for"), amount)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, name: str) -> HttpResponse:
    """One letter, with what may be chosen of it; sent off by POST it becomes an entry of the case."""
    if (kind := letters().get(name)) is None:
        raise Http404
    desk = Desk(request)
    pen = Pen(pipeline.outward(desk.claim), desk.lang)
    asked = Form(request.POST.dict() if request.method == "POST" else request.GET.dict())
    occasion = _occasion(asked, pen, kind)
    letter, refused = None, None
    try:
        letter = plain(kind.write(pen, occasion))
    except InputRefused as problem:
        refused = problem
    if request.method == "POST" and letter is not None:
        channel = asked.said("channel", NEEDED)
        if not asked.faults:
            made = sent_letter(kind, pen, occasion, datetime.now(UTC), channel, asked.said("proof"))
            return HttpResponseRedirect(f"/letters/?entry={casefile.note(desk.folder, made)}")
    values = {
        "kind": kind,
        "letter": letter,
        "stale": stale(desk.claim.waterfall),
        "refused": refused,
        "choices": asked.shown(_choices(pen, kind)),
        "sending": asked.shown(_sending()),
        "faulty": bool(asked.faults),
        "query": request.GET.urlencode(),
    }
    status = 400 if asked.faults else 200
    return show(request, "letter.html", values, desk=desk, nav="letters", status=status)


def _sending() -> tuple[Field, ...]:
    return (
        Field("channel", text("By which way did it go out?"), near=CHANNELS, required=True),
        Field(
            "proof", text("What proves it?"), hint=text("The number of the registered letter, the fax report")
        ),
    )


@require_safe
def as_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """The letter as it is printed and signed. A letter that cannot be written is a page that says why."""
    if (kind := letters().get(name)) is None:
        raise Http404
    from heller.dossier.typesetting import letter_pdf

    desk = Desk(request)
    pen = Pen(pipeline.outward(desk.claim), desk.lang)
    letter = kind.write(pen, _occasion(Form(request.GET.dict()), pen, kind))
    answer = HttpResponse(letter_pdf(letter, desk.lang, desk.day), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{desk.day:%Y-%m-%d}.pdf"'
    return answer


URLS = [
    path("letters/", overview),
    path("letters/<slug:name>/", view),
    path("letters/<slug:name>/pdf", as_pdf),
]
