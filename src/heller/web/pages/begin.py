"""A new case, one question at a time, the most useful first, with the figure that the answers give so far.

Each answer is written at once, so nothing that was said is lost; at the end the estimate stands in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from heller import casefile, pipeline
from heller.damage.quick import Answers, Quick
from heller.model.errors import InputRefused
from heller.model.fact_spec import FactSpec
from heller.model.facts import FACTS, first_estimate, shop
from heller.model.kinds.fact import Fact
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import ZERO
from heller.model.text import Text, text
from heller.web import watcher
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, MOMENT, MOMENT_HINT, NEEDED, Field, Form, reading_shown

COUNT_HINT = text("For example 12; 0 if nobody")
SHARE_HINT = text("For example 80 % or all of it")
MARGIN_HINT = text("What is left of the revenue when {costs} are paid, for example 38 %")
UNTIL = "until"


class FirstQuestion(Struct, frozen=True):
    """One question: the fact that answers it, its words, and further facts that may be said with it."""

    name: str
    fact: FactSpec[Any]
    field: Field
    beside: tuple[tuple[FactSpec[Any], Field], ...] = ()


QUESTIONS = (
    FirstQuestion(
        "since", first_estimate.SINCE, Field("since", text("Since when is the line down?"), hint=MOMENT_HINT)
    ),
    FirstQuestion(
        "people",
        first_estimate.PEOPLE,
        Field("people", text("How many people cannot work?"), hint=COUNT_HINT, mode="decimal"),
        (
            (
                first_estimate.PER_HOUR,
                Field(
                    "hour",
                    text("What does an hour of one of them cost?"),
                    hint=text("Euros, may be left empty"),
                    mode="decimal",
                ),
            ),
        ),
    ),
    FirstQuestion(
        "revenue",
        first_estimate.REVENUE,
        Field("revenue", text("What does a usual working day bring, net?"), hint=AMOUNT_HINT, mode="decimal"),
    ),
    FirstQuestion(
        "share",
        first_estimate.SHARE,
        Field("share", text("Which share of it needs the line?"), hint=SHARE_HINT, mode="decimal"),
    ),
    FirstQuestion(
        "margin",
        shop.MARGIN,
        Field("margin", text("What is left of it as margin?"), hint=MARGIN_HINT, mode="decimal"),
    ),
)
WAS_FIELD = Field("since", text("When did it begin?"), hint=MOMENT_HINT)
UNTIL_FIELD = Field(UNTIL, text("When did it work again?"), hint=MOMENT_HINT)


class Understood(Struct, frozen=True):
    """An answer as it was understood, whole, and the address that changes it."""

    label: Text
    shown: object
    change: str


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The next question; an answer leads to the one after it, the last one to what is to be done."""
    desk = Desk(request, looks_back=False)
    was, until = "was" in request.GET, request.GET.get(UNTIL, "")
    change = request.GET.get("change", "")
    now = datetime.now(desk.case.tz)
    if was and not until and _known(desk, first_estimate.SINCE) is not None and change != "since":
        return _until(request, desk, now)
    asked = next((one for one in QUESTIONS if one.name == change or (not change and _open(desk, one))), None)
    if asked is None:
        return HttpResponseRedirect("/begin/ready")
    form, status = None, 200
    if request.method == "POST":
        form = Form(request.POST.dict())
        if said := _answered(asked, form, now):
            for key, value in said.items():
                if desk.case.fact(key) != value:
                    casefile.note(desk.folder, Fact(key, value, first_estimate.BASIS))
            kept = {"was": "1", UNTIL: until} if until else {"was": "1"} if was else {}
            return HttpResponseRedirect(_after(Desk(request, looks_back=False), kept, now))
        status = 400
    fields = tuple(field for field in (WAS_FIELD if was and asked.name == "since" else asked.field,))
    fields += tuple(field for _, field in asked.beside)
    values = {
        "fields": form.shown(fields) if form else tuple(_proposed(desk, asked, one) for one in fields),
        "number": QUESTIONS.index(asked) + 1,
        "of": len(QUESTIONS),
        **_so_far(desk, now, was=was),
    }
    return show(request, "begin.html", values, desk=desk, status=status)


def _until(request: HttpRequest, desk: Desk, now: datetime) -> HttpResponse:
    """When the line worked again, for one that was dead."""
    form, fields = Form(request.POST.dict()), [UNTIL_FIELD]
    if request.method == "POST":
        form.said(UNTIL, NEEDED)
        if (value := form.heard(UNTIL, MOMENT, now)) and not form.faults:
            return HttpResponseRedirect(_after(desk, {"was": "1", UNTIL: value}, now))
        fields = list(form.shown(fields))
    values = {"fields": fields, "number": 1, "of": len(QUESTIONS), **_so_far(desk, now, was=True)}
    return show(request, "begin.html", values, desk=desk, status=400 if form.faults else 200)


def _after(desk: Desk, kept: Mapping[str, str], now: datetime) -> str:
    """The address after an answer; with the last one the estimate is kept."""
    if any(_open(desk, one) for one in QUESTIONS):
        return f"/begin/?{urlencode(kept)}" if kept else "/begin/"
    quick = estimate(desk, now, kept.get(UNTIL, ""))
    if quick is not None:
        casefile.keep_estimate(desk.folder, quick.record())
    return "/begin/ready"


def _answered(asked: FirstQuestion, form: Form, now: datetime) -> dict[str, str]:
    """The facts that were said by their keys, empty where something is wrong or missing."""
    said: dict[str, str] = {}
    for spec, field in ((asked.fact, asked.field), *asked.beside):
        form.said(field.name, NEEDED if spec is asked.fact else None)
        value = form.heard(field.name, spec, now, begin=True)
        if value is not None:
            said[spec.key] = value
    return {} if form.faults else said


def _known(desk: Desk, spec: FactSpec[Any]) -> Any:
    return desk.case.facts[spec]


def _open(desk: Desk, asked: FirstQuestion) -> bool:
    return _known(desk, asked.fact) is None


def _proposed(desk: Desk, asked: FirstQuestion, field: Field) -> Field:
    """A field with what was said before, where it is changed."""
    from msgspec.structs import replace

    specs = {asked.field.name: asked.fact} | {one.name: spec for spec, one in asked.beside}
    value = _known(desk, specs[field.name])
    shown = (
        ""
        if value is None
        else desk.words.value(value, "percent" if field.name in ("share", "margin") else "")
    )
    return replace(field, value=shown)


def told(desk: Desk) -> list[Understood]:
    """What was understood so far, in full, for the person to confirm by going on, or to change."""
    found = []
    for asked in QUESTIONS:
        for spec, field in ((asked.fact, asked.field), *asked.beside):
            fact = desk.case.facts.said.get(spec.key)
            if fact is not None:
                shown = reading_shown(spec, fact.value, desk.case.tz)
                found.append(Understood(field.label, shown, f"/begin/?change={asked.name}"))
    return found


def estimate(desk: Desk, now: datetime, until: str = "") -> Quick | None:
    """The estimate of what was answered, the most that is possible where an answer is open yet; None before the revenue
    is known."""
    since, revenue = _known(desk, first_estimate.SINCE), _known(desk, first_estimate.REVENUE)
    if since is None or revenue is None:
        return None
    share, margin = _known(desk, first_estimate.SHARE), _known(desk, shop.MARGIN)
    answers = Answers(
        since=since,
        now=max(now.replace(microsecond=0), since),
        people=_known(desk, first_estimate.PEOPLE) or Decimal(0),
        per_hour=_known(desk, first_estimate.PER_HOUR),
        revenue=revenue,
        share=Decimal(1) if share is None else share,
        margin=Decimal(1) if margin is None else margin,
        until=datetime.fromisoformat(until) if until else None,
    )
    try:
        return pipeline.estimate(answers, desk.case.tz, desk.case)[0]
    except InputRefused:
        return None


def _so_far(desk: Desk, now: datetime, *, was: bool) -> dict[str, object]:
    """The running figure: how long it is dead, and what a day costs, at most as long as questions are open."""
    since = _known(desk, first_estimate.SINCE)
    quick = estimate(desk, now)
    return {
        "told": told(desk),
        "dead": now - since if since is not None and since <= now and not was else None,
        "most": quick.per_day.high if quick is not None else None,
        "was": was,
    }


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """What was answered and what it comes to, and three next steps, each with its link and its time."""
    desk = Desk(request, looks_back=False)
    kept = desk.case.records(QuickEstimate)
    if not kept:
        return HttpResponseRedirect("/begin/")
    last = kept[-1]
    values = {
        "told": told(desk),
        "last": last,
        "dead": last.until is None,
        "watched": watcher.runs(desk.folder),
        "zero": ZERO,
        "named": bool(desk.case.fact("firm.name") and desk.case.fact("provider.name")),
        "names": [(key, FACTS[key].label, desk.case.fact(key) or "") for key in NAMES],
    }
    return show(request, "ready.html", values, desk=desk)


NAMES = ("firm.name", "firm.address", "provider.name", "provider.address", "line.product")


@require_http_methods(["POST"])
def names(request: HttpRequest) -> HttpResponse:
    """Who writes to whom: what stands at the head of every letter."""
    desk = Desk(request, looks_back=False)
    for key in NAMES:
        said = request.POST.get(key, "").replace("\r\n", "\n").strip()
        if said and said != desk.case.fact(key):
            casefile.note(desk.folder, Fact(key, said))
    return HttpResponseRedirect("/begin/ready")


URLS = [path("begin/", view), path("begin/ready", ready), path("begin/names", names)]
