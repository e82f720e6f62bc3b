"""Writing down whatever has a form; a fact of the case; taking a note back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST
from msgspec.structs import replace

from heller import casefile
from heller.casefile.formats import record_of
from heller.model.facts import FACTS, FactSpec
from heller.model.finding import Locator
from heller.model.kinds import kind_of
from heller.model.kinds.fact import Fact
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.form import Field, record_fields, typed
from heller.web.pages.choice import back
from heller.web.records import all_forms, form_of, line, places

PLACE, NAME = 6, text("Note")

FACT = "fact"  # has a form of its own on the page, above the table of all facts


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
    """The form that is chosen, that of facts, and what was written before."""
    desk = Desk(request)
    now = datetime.now(desk.case.tz)
    known = [form.name for _, form in all_forms()]
    chosen = request.POST.get("form") or request.GET.get("form") or known[0]
    chosen = chosen if chosen in known else known[0]
    first = known[0] if chosen == FACT else chosen
    shown = {name: record_fields(*form_of(name), now) for name in (first, FACT)}
    shown[FACT] = _about(shown[FACT], request.GET.get("fact", ""))
    if request.method == "POST":
        record, shown[chosen] = typed(*form_of(chosen), request.POST.dict(), now)
        if record is not None:
            entry = casefile.note(desk.folder, record)
            if "next" in request.POST:
                return back(request)
            dated = kind_of(record).event_of is not None
            return HttpResponseRedirect(f"{'/chronology/' if dated else '/note/'}?entry={entry}")
    values = {
        "form": form_of(first)[1],
        "forms": [form for _, form in all_forms() if form.name != FACT],
        "fields": shown[first],
        "fact": shown[FACT],
        "facts": fact_rows(desk),
        "written": handwritten(desk),
        "entry": request.GET.get("entry", "") if request.GET.get("entry", "").isdecimal() else "",
    }
    faulty = any(field.fault for fields in shown.values() for field in fields)
    return show(request, "note.html", values, desk=desk, nav="note", status=400 if faulty else 200)


def _about(fields: tuple[Field, ...], key: str) -> tuple[Field, ...]:
    """The form of facts, open at one of them."""
    if key not in FACTS:
        return fields
    at_it = {"key": key, "value": ""}
    hint = FACTS[key].how
    return tuple(
        replace(f, value=at_it.get(f.name, f.value), hint=hint if f.name == "value" else f.hint)
        for f in fields
    )


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Say that a note no longer counts, and why; it stays in the journal."""
    desk = Desk(request)
    entry = request.POST.get("entry", "")
    casefile.correct(desk.folder, int(entry) if entry.isdecimal() else -1, request.POST.get("why", ""))
    return HttpResponseRedirect("/note/#written")


URLS = [path("note/", view), path("note/take-back", take_back)]
