"""A first estimate from five answers; it needs no case, and can be kept in the journal of this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from heller import casefile, pipeline
from heller.damage.quick import Answers
from heller.dossier.letter_frame import facts_of, plain
from heller.dossier.letters.damage_warning import notice
from heller.model.errors import InputRefused
from heller.model.facts import first_estimate
from heller.model.money import Money
from heller.model.text import text
from heller.model.value_form import ValueForm, ValueKind
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, MOMENT, MOMENT_HINT, MONEY, NEEDED, SHARE, Field, Form

PLACE, NAME = 230, text("Quick estimate")


FIELDS = (
    Field("since", text("1. Since when is the line down?"), hint=MOMENT_HINT, required=True,
          wide=True),
    Field("until", text("When did it work again?"), hint=text("Leave it empty while it is down")),
    Field("people", text("2. How many people cannot work?"), hint=text("0 if none"), required=True),
    Field("hour", text("What does an hour of one of them cost?"),
          hint=text("Euros, employer's share included; may be left empty")),
    Field("units", text("3. How many {units} does a usual working day have?"), hint=text("Or its revenue below")),
    Field("each", text("What does one of them bring, net?"), hint=AMOUNT_HINT),
    Field("revenue", text("Revenue of a usual working day, net"), hint=text("Where you know it as a sum")),
    Field("share", text("4. Share of it that needs the line"), hint=text("For example 80 %"), required=True),
    Field("margin", text("5. What is left of it as margin?"),
          hint=text("When {costs} are paid, for example 38 %"), required=True, wide=True),
)  # fmt: skip


COUNT: ValueForm[Decimal] = ValueForm(kind=ValueKind.NUMBER, whole=False)


def answers(form: Form, zone: ZoneInfo) -> Answers | None:
    """The five answers, None where one cannot be read."""
    now = datetime.now(zone).replace(microsecond=0)

    def moment(name: str) -> datetime | None:
        found = form.heard(name, MOMENT, now, begin=True)
        return datetime.fromisoformat(found) if found else None

    def number(name: str, of: ValueForm[Any]) -> Decimal | None:
        found = form.heard(name, of, now)
        return Decimal(found) if found else None

    for name in ("since", "people", "share", "margin"):
        form.said(name, NEEDED)
    since, until, people = moment("since"), moment("until"), number("people", COUNT)
    hour, revenue = number("hour", MONEY), _revenue(form, number)
    share, margin = (number(name, SHARE) for name in ("share", "margin"))
    if form.faults or since is None or revenue is None or share is None or margin is None:
        return None
    return Answers(
        since=since,
        now=now,
        people=people or Decimal(0),
        per_hour=None if hour is None else Money.of(hour),
        revenue=revenue,
        share=share,
        margin=margin,
        until=until,
    )


def _revenue(form: Form, number: Callable[[str, ValueForm[Any]], Decimal | None]) -> Money | None:
    """What a usual day brings, as a sum, or as so many units with what one of them does."""
    whole, units = number("revenue", MONEY), number("units", COUNT)
    each = number("each", MONEY)
    if whole is None and units is not None and each is not None:
        return Money.of(each) * units
    if whole is None:
        form.faults.setdefault("revenue", NEEDED)
        return None
    return Money.of(whole)


def known(desk: Desk) -> tuple[Field, ...]:
    """The questions with what the case knows already: nothing is typed twice."""
    facts, say = desk.case.facts, desk.words

    def typed(name: str) -> str:
        value = facts[first_estimate.ANSWERS[name]] if name in first_estimate.ANSWERS else None
        match value:
            case datetime():
                return f"{value.astimezone(desk.case.tz):%d.%m.%Y %H:%M}"
            case Money():
                return say.number(value.decimal, 2)
            case Decimal():
                of_it = value * 100 if name in ("share", "margin") else value
                places = 0 if of_it == int(of_it) else 2
                return say.number(value, places) if of_it is value else say.percent(value, places)
        return ""

    return tuple(replace(field, value=typed(field.name)) for field in FIELDS)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The five questions; below them the figures, the cap, and the letter ready to send. What is sent by POST is kept
    where that is wished, and leads to the same page by its address."""
    desk = Desk(request)
    sent = request.POST if request.method == "POST" else request.GET
    if "since" not in sent:
        return show(request, "estimate.html", {"fields": known(desk)}, desk=desk, nav="estimate")
    form, zone = Form(sent.dict()), desk.case.tz
    said = answers(form, zone)
    fields = form.shown(FIELDS)
    if said is None:
        return show(request, "estimate.html", {"fields": fields}, desk=desk, nav="estimate", status=400)
    try:
        quick, cap = pipeline.estimate(said, zone, desk.case)
    except InputRefused as refused:
        values = {"fields": fields, "refused": refused}
        return show(request, "estimate.html", values, desk=desk, nav="estimate", status=400)
    if request.method == "POST":
        kept = casefile.keep_estimate(desk.folder, quick.record()) if "keep" in sent else None
        asked = [(field.name, field.value) for field in fields if field.value]
        after = [("kept", str(kept or "no"))] if "keep" in sent else []
        return HttpResponseRedirect(f"/estimate/?{urlencode(asked + after)}#figures")
    made, days, was_kept = quick.record(), quick.days.likely, request.GET.get("kept", "")
    by = cap.answer_by or desk.words.local(made.at).date()
    values = {
        "fields": fields,
        "quick": quick,
        "days": (Decimal(days.numerator) / days.denominator).quantize(Decimal("0.1")),
        "cap": cap,
        "letter": None
        if made.until is not None
        else plain(notice(made, facts_of(desk.case), desk.words, cap.warning, by)),
        "entry": was_kept if was_kept.isdecimal() else "",
        "kept": bool(was_kept),
    }
    return show(request, "estimate.html", values, desk=desk, nav="estimate")


URLS = [path("estimate/", view)]
