"""A first estimate from five answers; it needs no case, and can be kept in the journal of this one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from heller import casefile, pipeline
from heller.damage.quick import Answers
from heller.dossier.letter_frame import facts_of, plain
from heller.dossier.letters.damage_warning import notice
from heller.intake.written import canonical, numbers
from heller.model.errors import InputRefused
from heller.model.facts import first_estimate
from heller.model.money import Money
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, Field, Form

PLACE, NAME = 230, text("Quick estimate")

NEEDED = text("This is needed.")
NO_AMOUNT = text("This is no amount. Write it as 3.000,00.")
NO_SHARE = text("This is no share. Write it as 38 %.")
NO_MOMENT = text("This is no day and time. Write it as 04.02.2015 08:12.")
NO_NUMBER = text("This is no number. Write it as 12.")

FIELDS = (
    Field("since", text("1. Since when is the line dead?"), hint=text("For example 04.02.2015 08:12"), required=True,
          wide=True),
    Field("until", text("When did it work again?"), hint=text("Leave it empty while it is dead")),
    Field("people", text("2. How many people cannot work?"), hint=text("0 if none"), required=True),
    Field("hour", text("What does an hour of one of them cost?"), hint=text("Euros, employer's share included")),
    Field("units", text("3. How many {units} does a usual working day have?"), hint=text("Or its revenue below")),
    Field("each", text("What does one of them bring, net?"), hint=AMOUNT_HINT),
    Field("revenue", text("Revenue of a usual working day, net"), hint=text("Where you know it as a sum")),
    Field("share", text("4. Share of it that needs the line"), hint=text("For example 80 %"), required=True),
    Field("margin", text("5. What is left of it as margin?"),
          hint=text("When {costs} are paid, for example 38 %"), required=True, wide=True),
)  # fmt: skip


def answers(form: Form, zone: ZoneInfo) -> Answers | None:
    """The five answers, None where one cannot be read."""
    since = form.read("since", _moment(form.said("since", NEEDED), zone), NO_MOMENT)
    people = form.read("people", numbers.decimal(form.said("people", NEEDED)), NO_NUMBER)
    hour = form.read("hour", numbers.amount(form.said("hour")), NO_AMOUNT)
    until = form.read("until", _moment(form.said("until"), zone), NO_MOMENT)
    revenue = _revenue(form)
    share = form.read("share", canonical.share(form.said("share", NEEDED)), NO_SHARE)
    margin = form.read("margin", canonical.share(form.said("margin", NEEDED)), NO_SHARE)
    if people and hour is None:
        form.faults.setdefault("hour", NEEDED)
    if form.faults or since is None or revenue is None or share is None or margin is None:
        return None
    return Answers(
        since=since,
        now=datetime.now(zone).replace(microsecond=0),
        people=people or Decimal(0),
        per_hour=hour or Money(0),
        revenue=revenue,
        share=share,
        margin=margin,
        until=until,
    )


def _revenue(form: Form) -> Money | None:
    """What a usual day brings, as a sum, or as so many units with what one of them does."""
    whole = form.read("revenue", numbers.amount(form.said("revenue")), NO_AMOUNT)
    units = form.read("units", numbers.decimal(form.said("units")), NO_NUMBER)
    each = form.read("each", numbers.amount(form.said("each")), NO_AMOUNT)
    if whole is None and units is not None and each is not None:
        return each * units
    if whole is None:
        form.faults.setdefault("revenue", NEEDED)
    return whole


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


def _moment(raw: str, zone: ZoneInfo) -> datetime | None:
    """Day and time, or a day alone: then from its beginning."""
    found, day = numbers.moment(raw, "", zone), numbers.day(raw)
    return found or (datetime(day.year, day.month, day.day, tzinfo=zone) if day else None)


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The five questions; below them the figures, the cap, and the letter ready to send."""
    desk = Desk(request)
    if request.method != "POST":
        return show(request, "estimate.html", {"fields": known(desk)}, desk=desk, nav="estimate")
    form = Form(request.POST.dict())
    zone = desk.case.tz
    said = answers(form, zone)
    fields = form.shown(FIELDS)
    if said is None:
        return show(request, "estimate.html", {"fields": fields}, desk=desk, nav="estimate", status=400)
    try:
        quick, cap = pipeline.estimate(said, zone, desk.case)
    except InputRefused as refused:
        values = {"fields": fields, "refused": refused}
        return show(request, "estimate.html", values, desk=desk, nav="estimate", status=400)
    made = quick.record()
    by = cap.answer_by or desk.words.local(made.at).date()
    keep = "keep" in request.POST
    entry = casefile.keep_estimate(desk.folder, made) if keep else None
    days = quick.days.likely
    values = {
        "fields": fields,
        "quick": quick,
        "days": (Decimal(days.numerator) / days.denominator).quantize(Decimal("0.1")),
        "cap": cap,
        "letter": None
        if made.until is not None
        else plain(notice(made, facts_of(desk.case), desk.words, cap.warning, by)),
        "entry": entry,
        "kept": keep,
    }
    return show(request, "estimate.html", values, desk=desk, nav="estimate")


URLS = [path("estimate/", view)]
