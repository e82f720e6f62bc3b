"""Writing down whatever has a form; a fact of the case; taking a note back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods
from msgspec import Struct
from msgspec.structs import replace

from heller import casefile
from heller.casefile.counting import counting
from heller.casefile.formats import record_of
from heller.casefile.stated import doubts, stated
from heller.journal.entry import Entry
from heller.model.facts import FACTS, FactSpec
from heller.model.finding import Locator
from heller.model.kinds import kind_of
from heller.model.kinds.fact import Fact
from heller.model.record import Record
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.form import Field
from heller.web.pages.change import ACTS
from heller.web.pages.choice import back
from heller.web.record_form import filled, record_fields, typed
from heller.web.records import all_forms, form_of, line, places

PLACE, NAME, BAR = 130, text("Note"), True

SOON = 60  # seconds within which the same note is asked about
FACT = "fact"  # has a form of its own on the page, above the table of all facts


def fact_rows(desk: Desk) -> list[tuple[FactSpec[Any], Fact, object, tuple[Locator, ...]]]:
    """Every fact that the case states, the record that states it, its value for people, its place."""
    said = desk.case.facts.said
    return [
        (spec, said[key], value_of(said[key], spec, desk), places(said[key]))
        for key, spec in FACTS.items()
        if key in said
    ]


def value_of(record: Fact, spec: FactSpec[Any], desk: Desk) -> object:
    """A fact's value as it is shown."""
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


class Handwritten(Struct, frozen=True):
    """What was written by hand: entry, kind, what it says, why it was taken back ('': it was not), which entry
    stands in its place (0: none), and the form to edit it in."""

    entry: int
    kind: Text
    words: str
    back: str
    replaced: int
    form: str


def handwritten(desk: Desk) -> list[Handwritten]:
    """What was written by hand, newest first."""
    found = casefile.entries(desk.folder).entries
    known = counting(found)
    notes = [(e.seq, record_of(e.body)) for e in found if e.kind in ("note", "record") and e.body]
    return [
        Handwritten(
            seq,
            kind_of(record).name,
            line(record, desk.words),
            _why(found, known.withdrawn.get(seq)),
            known.replaced.get(seq, 0) if seq not in known.withdrawn else 0,
            _form(record),
        )
        for seq, record in reversed(notes)
    ]


def _why(entries: Sequence[Entry], by: int | None) -> str:
    return "" if by is None else str((entries[by].body or {}).get("why", "")) or "–"


def _form(record: Record) -> str:
    """The form in which a note can be edited, '' where its kind has none."""
    kind = kind_of(record)
    fitting = [f for f in kind.forms if all(getattr(record, k, None) == v for k, v in f.preset.items())]
    return fitting[0].name if fitting else ""


def _edited(desk: Desk, entry: str) -> Record | None:
    """The note that is to be edited."""
    found = casefile.entries(desk.folder).entries
    number = int(entry) if entry.isdecimal() and len(entry) < 9 else len(found)
    body = found[number].body if number < len(found) and found[number].kind in ("note", "record") else None
    return record_of(body) if body else None


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
    instead = int(raw) if (raw := request.POST.get("instead", "")).isdecimal() else None
    if request.method == "GET" and (before := _edited(desk, request.GET.get("instead", ""))):
        shown[chosen] = filled(shown[chosen], before, now.tzinfo)
    if request.method == "POST":
        record, shown[chosen] = typed(*form_of(chosen), request.POST.dict(), now)
        if record is not None:
            if instead is None and "sure" not in request.POST and written_just_now(desk, record, now):
                again = _page(request, desk, shown, first, again=request.POST)
                again.status_code = 409
                return again
            entry = desk.write(lambda: casefile.note(desk.folder, record, replaces=instead))
            if "next" in request.POST:
                return back(request)
            dated = kind_of(record).event_of is not None
            return HttpResponseRedirect(f"{'/chronology/' if dated else '/note/'}?entry={entry}")
    faulty = any(field.fault for fields in shown.values() for field in fields)
    answer = _page(request, desk, shown, first)
    answer.status_code = 400 if faulty else 200
    return answer


def _page(
    request: HttpRequest,
    desk: Desk,
    shown: Mapping[str, tuple[Field, ...]],
    first: str,
    again: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page; `again` is what was sent where it stands in the journal since a moment."""
    values = {
        "form": form_of(first)[1],
        "forms": [form for _, form in all_forms() if form.name != FACT],
        "folded": first in [form.name for _, form in all_forms() if form.name != FACT][6:],
        "fields": shown[first],
        "fact": shown[FACT],
        "facts": fact_rows(desk),
        "asked": [asked for one in stated(desk.case) for asked in doubts(one, desk.words)],
        "written": handwritten(desk),
        "acts": ACTS,
        "instead": request.GET.get("instead", "") or request.POST.get("instead", ""),
        "entry": request.GET.get("entry", "") if request.GET.get("entry", "").isdecimal() else "",
        "again": [(name, value) for name, value in again.items() if name != "csrfmiddlewaretoken"]
        if again
        else [],
    }
    return show(request, "note.html", values, desk=desk, nav="note")


def written_just_now(desk: Desk, record: Record, now: datetime) -> bool:
    """Whether an entry of the last minute says the same."""
    for last in reversed(casefile.entries(desk.folder).entries):
        then = datetime.fromisoformat(last.wall)
        if (now - then).total_seconds() >= SOON:
            return False
        if (
            last.kind in ("note", "record")
            and last.body
            and _repeats(record_of(last.body), record, then, now)
        ):
            return True
    return False


def _repeats(before: Record, record: Record, then: datetime, now: datetime) -> bool:
    """Whether two records say the same; a moment that was not typed is that of the writing, and differs."""
    return type(before) is type(record) and all(
        _same(getattr(before, name), getattr(record, name), then, now) for name in record.__struct_fields__
    )


def _same(one: object, other: object, then: datetime, now: datetime) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        both_now = abs((one - then).total_seconds()) < SOON and abs((other - now).total_seconds()) < SOON
        return one == other or both_now
    return one == other


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


URLS = [path("note/", view)]
