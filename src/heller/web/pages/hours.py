"""Hours: who could not work, who worked more, who was sent on leave; a stretch entered by hand, a sheet to sign.

What is typed here becomes an exhibit of its own, a table as an office keeps it: the sheet is the document.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller.casefile.writing.take_in import take_in
from heller.intake.written import spoken_clock
from heller.model.kinds.shift import NAMES, WORDS, Shift, ShiftKind
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.form import DAY, DAY_HINT, Field, Form
from heller.web.memory import TURN
from heller.web.records import places

PLACE, NAME = 210, text("Hours")
HEAD = ("Mitarbeiter", "Datum", "Beginn", "Ende", "Pause", "Art", "Bemerkung")
NEEDED, NO_TIME = text("This is needed."), text("Write a time of day, for example 8:00 or 17:30.")
NO_PAUSE = text("Write the minutes of the pause, for example 30.")
BACKWARDS = text("The end lies before the beginning.")
SHOWN = 200  # stretches that are listed
WORD = {kind: next(word for word, of in WORDS.items() if of is kind) for kind in set(WORDS.values())}


class PersonHours(Struct, frozen=True):
    """A person's hours by what they were, in the order of the kinds, and all of them."""

    person: str
    hours: tuple[tuple[Text, Decimal], ...]
    total: Decimal
    signed: bool


def by_person(shifts: Sequence[Shift]) -> list[PersonHours]:
    """The sums of each person."""
    found = []
    for person in sorted({one.person for one in shifts}):
        mine = [one for one in shifts if one.person == person]
        sums = {kind: sum(one.minutes for one in mine if one.kind is kind) for kind in ShiftKind}
        hours = tuple((NAMES[kind], _hours(minutes)) for kind, minutes in sums.items() if minutes)
        total = _hours(sum(one.minutes for one in mine))
        found.append(PersonHours(person, hours, total, all(one.signed for one in mine)))
    return found


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def fields(desk: Desk) -> tuple[Field, ...]:
    """One stretch of one person's work."""
    known = dict.fromkeys(one.person for one in desk.case.records(Shift))
    people = tuple(Text("{name}", {"name": name}) for name in known)
    options = tuple((kind.value, NAMES[kind]) for kind in WORD)
    return (
        Field("person", text("Who worked?"), near=people, required=True),
        Field("day", text("Day"), hint=DAY_HINT, required=True),
        Field("begin", text("Begin"), hint=text("For example 08:35"), required=True),
        Field("end", text("End"), hint=text("For example 17:30"), required=True),
        Field("pause", text("Pause in minutes"), value="0", mode="numeric"),
        Field("kind", text("What was it?"), "choice", options=options, value=ShiftKind.IDLE.value),
        Field("note", text("Note"), wide=True),
    )


def row(form: Form, now: datetime) -> tuple[str, ...] | None:
    """The row of the sheet that was typed; None where something is wrong."""
    person = form.said("person", NEEDED)
    form.said("day", NEEDED)
    day = form.heard("day", DAY, now)
    times = []
    for name in ("begin", "end"):
        at = spoken_clock.clock_in(form.said(name, NEEDED))
        times.append(form.read(name, at, NO_TIME))
    pause, kind = form.said("pause") or "0", form.said("kind")
    form.read("pause", int(pause) if pause.isdecimal() and len(pause) < 4 else None, NO_PAUSE)
    begin, end = times
    if begin is not None and end is not None and end <= begin:
        form.faults.setdefault("end", BACKWARDS)
    if form.faults or day is None or begin is None or end is None or kind not in {one.value for one in WORD}:
        return None
    on = datetime.fromisoformat(day)
    return (
        person,
        f"{on:%d.%m.%Y}",
        f"{on + begin:%H:%M}",
        f"{on + end:%H:%M}",
        pause,
        WORD[ShiftKind(kind)],
        form.said("note"),
    )


def sheet_of(rows: Sequence[Sequence[str]]) -> bytes:
    """A table of hours as an office keeps it; no cell begins like a formula."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\n")
    table.writerow(HEAD)
    table.writerows([[cell.lstrip("=+-@\t") for cell in row] for row in rows])
    return out.getvalue().encode()


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """Sums by person, the form, every stretch."""
    desk = Desk(request, looks_back=False)
    shown, status = fields(desk), 200
    if request.method == "POST":
        now, form = datetime.now(desk.case.tz), Form(request.POST.dict())
        if (typed := row(form, now)) is not None:
            with TURN:
                (added,) = take_in(desk.folder, [(f"stunden-{now:%Y-%m-%d-%H%M%S}.csv", sheet_of([typed]))])
            return HttpResponseRedirect(f"/hours/?new={added.number}")
        shown, status = form.shown(shown), 400
    shifts = desk.case.records(Shift)
    values = {
        "fields": shown,
        "people": by_person(shifts),
        "shifts": [(one, NAMES[one.kind], _hours(one.minutes), places(one)) for one in shifts[:SHOWN]],
        "more": len(shifts) - SHOWN,
        "new": request.GET.get("new", "") if request.GET.get("new", "").isdecimal() else "",
    }
    return show(request, "hours.html", values, desk=desk, nav="hours", status=status)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of one person, to be printed and signed."""
    desk = Desk(request, looks_back=False)
    person = request.GET.get("person", "")
    mine = sorted(
        (one for one in desk.case.records(Shift) if one.person == person), key=lambda one: one.span.start
    )
    if not mine:
        raise Http404
    values = {
        "person": person,
        "firm": desk.case.fact("firm.name") or "",
        "rows": [(one, NAMES[one.kind], _hours(one.minutes)) for one in mine],
        "sums": by_person(mine)[0],
    }
    return show(request, "hours_sheet.html", values, desk=desk, nav="hours")


URLS = [path("hours/", view), path("hours/sheet", sheet)]
