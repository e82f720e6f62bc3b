"""Writing down: a contact, a promise, a statement; a fact of the case; taking a note back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from heller import casefile
from heller.casefile.fold import record_of
from heller.intake.written import canonical, numbers
from heller.model.facts import FACTS, FactSpec
from heller.model.finding import Locator
from heller.model.kinds import contact as contact_kind
from heller.model.kinds import kind_of
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.record import Record
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, DAY_HINT, Field, Form
from heller.web.pages.choice import back
from heller.web.records import line, places

PLACE, NAME = 6, text("Note")

NEEDED = text("This is needed.")
NO_DAY = text("This is no day. Write it as 04.02.2015.")
NO_TIME = text("This is no time of day. Write it as 08:35.")
NO_AMOUNT = text("This is no amount. Write it as 3.000,00.")
CHANNELS = (
    text("Phone"), text("E-mail"), text("Letter"), text("On site"), text("Chat"), text("Customer portal"),
)  # fmt: skip
SIDES = (("in", text("The other side said it")), ("out", text("We said it")))


def contact_fields(now: datetime) -> tuple[Field, ...]:
    """The form of a contact; it starts with the present day."""
    kinds = tuple((kind.value, contact_kind.NAMES[kind]) for kind in ContactKind)
    return (
        Field("kind", text("What was it?"), "choice", options=kinds, value="contact"),
        Field("side", text("Who said it?"), "choice", options=SIDES, value="in"),
        Field("day", text("Day"), hint=DAY_HINT, required=True, value=f"{now:%d.%m.%Y}"),
        Field("time", text("Time"), hint=text("For example 08:35"), required=True),
        Field("who", text("Who was it on the other side?"), hint=text("Name and role")),
        Field("by", text("Who was it on our side?")),
        Field("channel", text("By which way?"), near=CHANNELS),
        Field(
            "said", text("What was said?"), "area", text("As exactly as you can"), required=True, wide=True
        ),
        Field("until", text("Date that was set or promised"), hint=DAY_HINT),
        Field("amount", text("Amount that was named"), hint=AMOUNT_HINT),
    )


def contact(form: Form, zone: ZoneInfo) -> Contact | None:
    """The contact that a form describes, None where it has faults."""
    kind = form.read("kind", canonical.contact_kind(form.said("kind", NEEDED)), NEEDED)
    day = form.read("day", numbers.day(form.said("day", NEEDED)), NO_DAY)
    clock = form.read("time", numbers.clock(form.said("time", NEEDED)), NO_TIME)
    at = None
    if day and clock is not None:
        at = numbers.moment(day.isoformat(), form.said("time"), zone)
        form.read(
            "time", at, text("On that day the clock was changed at that time; choose a minute beside it.")
        )
    until = form.read("until", numbers.day(form.said("until")), NO_DAY)
    amount = form.read("amount", numbers.amount(form.said("amount")), NO_AMOUNT)
    said = form.said("said", NEEDED)
    who, by, channel = form.said("who"), form.said("by"), form.said("channel")
    if form.faults or kind is None or at is None:
        return None
    return Contact(
        at=at, kind=kind, channel=channel, who=who, said=said, incoming=form.said("side") != "out",
        by=by, until=until, amount=amount,
    )  # fmt: skip


def fact_fields(key: str) -> tuple[Field, ...]:
    """The form of a fact."""
    names = tuple((spec.key, spec.label) for spec in FACTS.values())
    hint = FACTS[key].how if key in FACTS else text("The form depends on the fact")
    return (
        Field("key", text("Which fact?"), "choice", options=names, value=key),
        Field("value", text("Value"), "area", hint, required=True),
        Field("basis", text("Where does it come from?"), hint=text("For example: contract of 3 May 2012")),
    )


def fact(form: Form, zone: ZoneInfo) -> Fact | None:
    """The fact that a form states, None where it has faults."""
    spec = form.read("key", FACTS.get(form.said("key", NEEDED)), NEEDED)
    raw = form.said("value", NEEDED)
    basis = form.said("basis")
    if spec is None:
        return None
    value = form.read("value", canonical.canonical(spec, raw, zone), spec.how)
    return None if form.faults or value is None else Fact(spec.key, value, basis)


def fact_rows(desk: Desk) -> list[tuple[FactSpec[Any], Fact | None, object, tuple[Locator, ...]]]:
    """Every fact that a case can state, the record that states it, its value for people, its place."""
    said = {record.key: record for record in desk.case.records(Fact)}
    return [
        (spec, fact, value_of(fact, spec, desk), places(fact) if fact else ())
        for spec, fact in ((spec, said.get(key)) for key, spec in FACTS.items())
    ]


def value_of(record: Fact | None, spec: FactSpec[Any], desk: Desk) -> object:
    """A fact's value as it is shown."""
    if record is None:
        return ""
    found = desk.case.facts[spec]
    match found:
        case None:
            return record.value
        case Decimal():
            return desk.words.percent(found)
        case bool():
            return text("yes") if found else text("no")
        case _:
            return found


def handwritten(desk: Desk) -> list[tuple[int, Text, str, str]]:
    """What was written by hand: entry, kind, what it says, and why it was taken back, newest first."""
    found = casefile.entries(desk.folder).entries
    taken_back = {e.body["corrects"]: str(e.body["why"]) for e in found if e.kind == "correction" and e.body}
    notes = [(e.seq, record_of(e.body)) for e in found if e.kind == "note" and e.body]
    return [
        (seq, kind_of(record).name, line(record, desk.words), taken_back.get(seq, ""))
        for seq, record in reversed(notes)
    ]


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """Both forms, the facts, and what was written before."""
    desk = Desk(request)
    zone = desk.case.tz
    contact_form, fact_form = contact_fields(datetime.now(zone)), fact_fields(request.GET.get("fact", ""))
    if request.method == "POST":
        form = Form(request.POST.dict())
        if "key" in request.POST:
            record: Record | None = fact(form, zone)
            fact_form = form.shown(fact_fields(form.said("key")))
        else:
            record = contact(form, zone)
            contact_form = form.shown(contact_form)
        if record is not None:
            entry = casefile.note(desk.folder, record)
            if "next" in request.POST:
                return back(request)
            here = "/note/?entry={}#facts" if isinstance(record, Fact) else "/chronology/?entry={}"
            return HttpResponseRedirect(here.format(entry))
    values = {
        "contact": contact_form,
        "fact": fact_form,
        "facts": fact_rows(desk),
        "written": handwritten(desk),
        "entry": request.GET.get("entry", "") if request.GET.get("entry", "").isdecimal() else "",
    }
    faulty = any(field.fault for field in (*contact_form, *fact_form))
    return show(request, "note.html", values, desk=desk, nav="note", status=400 if faulty else 200)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Say that a note no longer counts, and why; it stays in the journal."""
    desk = Desk(request)
    entry = request.POST.get("entry", "")
    casefile.correct(desk.folder, int(entry) if entry.isdecimal() else -1, request.POST.get("why", ""))
    return HttpResponseRedirect("/note/#written")


URLS = [path("note/", view), path("note/take-back", take_back)]
