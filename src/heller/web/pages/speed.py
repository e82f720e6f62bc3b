"""The speed of the line: one measurement by a button, what all of them say against what was promised, how far a
campaign has come, and the days of one as a plan and as a calendar file. Measured is by `heller speed run`, beside the
page, against a server that the person names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from heller.dossier.speed_campaign import ADVICE, FOR_FIRMS, calendar
from heller.intake.written import numbers
from heller.model.facts import firm
from heller.model.kinds.speed_test import Promised, SpeedTest, mbit
from heller.model.text import Text, text
from heller.outage.speed import campaign, promise
from heller.watch.throughput import cost_mb
from heller.web import beside
from heller.web.desk import Desk, show
from heller.web.form import DAY, NEEDED, Field, Form

PLACE, NAME = 175, text("Speed")
SPEED = "speed"
ENDS = frozenset({0, 11, 12})  # fast enough, it failed, too slow: each is a result
COOKIE = "heller_speed"  # what was typed: nothing is typed twice
YEAR = 365 * 86400
SECONDS = 10  # of each way
LISTED = 30
MOST = 1_000_000  # Mbit/s
BEGIN = time(9)  # of a day of measurements
NO_RATE = text("This could not be read. Write megabits a second, for example 100.")
NO_SERVER = text(
    "Write a host with iperf3, for example iperf.example.org, or the address of a large file: https://…"
)
FIELDS = (
    Field(
        "server",
        text("Against whom?"),
        hint=text("A host with iperf3, or the address of a large file on a web server"),
        required=True,
        wide=True,
    ),
    Field("down", text("Promised download, Mbit/s"), mode="decimal"),
    Field("up", text("Promised upload, Mbit/s"), mode="decimal"),
)
FROM = Field("from", text("First day"), hint=text("For example 3.2.; empty is tomorrow"))


class DayCount(Struct, frozen=True):
    """A day on which was measured, and how many of its ten measurements count."""

    day: date
    count: int


def kept(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """What was typed last time, else the server of the last measurement in the case."""
    try:
        found = json.loads(request.COOKIES.get(COOKIE, "")[:2000])
        return {field.name: str(found.get(field.name, "")) for field in FIELDS}
    except (ValueError, AttributeError):
        tests = [one for one in desk.case.records(SpeedTest) if one.tool in ("iperf3", "http") and one.server]
        return {"server": tests[-1].server} if tests else {}


def promised_of(form: Form) -> Promised | None:
    """What was promised, as typed; None where nothing was. What cannot be read is a fault at its field."""
    rates = {name: rate_of(form, name) for name in ("down", "up")}
    return Promised(down_max=rates["down"], up_max=rates["up"]) if any(rates.values()) else None


def rate_of(form: Form, name: str) -> int | None:
    """Mbit/s as typed, in bit/s."""
    raw = form.said(name)
    found = numbers.decimal(raw.removesuffix("Mbit/s").strip()) if raw else None
    if raw and (found is None or not 0 < found < MOST):
        form.faults[name] = NO_RATE
        return None
    return None if found is None else int(found * 1_000_000)


def page(request: HttpRequest, desk: Desk, form: Form | None = None) -> HttpResponse:
    """The page; with a form that was refused, what is wrong with it."""
    typed = form or Form(kept(request, desk))
    promised = promised_of(typed)
    tests = sorted(desk.case.records(SpeedTest), key=lambda one: one.at)
    consumer = desk.case.facts[firm.CONSUMER] is True
    agreed = promised or next((one.promised for one in tests if one.promised), None)
    plan = Form(request.GET.dict())
    values = {
        "runs": beside.runs(desk.folder, SPEED),
        "failure": beside.failure(desk.folder, SPEED),
        "fields": typed.shown(FIELDS),
        "cost": cost_of(promised),
        "tests": tests[: -LISTED - 1 : -1],
        "total": len(tests),
        "findings": [*promise.findings(tests, desk.case.tz, agreed, consumer=consumer)],
        "counts": counts(tests, agreed, desk),
        "consumer": consumer,
        "german": desk.claim.waterfall.jurisdiction.code == "DE",  # the campaign is that of a German order
        "for_firms": FOR_FIRMS,
        "advice": ADVICE,
        "days": planned(plan, desk),
        "first": plan.shown((FROM,)),
        "query": request.GET.urlencode(),
    }
    return show(request, "speed.html", values, desk=desk, nav="speed", status=400 if form else 200)


def counts(tests: Sequence[SpeedTest], agreed: Promised | None, desk: Desk) -> list[DayCount]:
    """Of each day the measurements that count."""
    found: dict[date, int] = {}
    for one in campaign.check(tests, agreed, desk.case.tz).tests:
        day = one.at.astimezone(desk.case.tz).date()
        found[day] = found.get(day, 0) + 1
    return [DayCount(day, count) for day, count in found.items()]


def cost_of(promised: Promised | None) -> Text | None:
    """How much of a data allowance a measurement takes."""
    rates = (promised.down_max, promised.up_max) if promised else ()
    cost = cost_mb(rates, SECONDS)
    return None if cost is None else text("A measurement takes about {n:0} MB of data.", n=round(cost))


def planned(form: Form, desk: Desk) -> tuple[tuple[datetime, ...], ...]:
    """The instants of a campaign from the day that the address names, else from tomorrow on."""
    today = datetime.now(desk.case.tz).replace(microsecond=0)
    said = form.heard("from", DAY, today, ahead=True)
    first = date.fromisoformat(said) if said else today.date() + timedelta(1)
    return campaign.timetable(first, BEGIN, desk.case.tz)


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """What was measured, the button, the plan."""
    return page(request, Desk(request, looks_back=False))


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The days of the plan for any calendar."""
    desk = Desk(request, looks_back=False)
    made = calendar(planned(Form(request.GET.dict()), desk), desk.today, desk.words)
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="heller-speed.ics"'
    return answer


@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Begin a measurement, if none is going on; it writes its result into the case by itself."""
    desk, form = Desk(request, looks_back=False), Form(request.POST.dict())
    server = form.said("server", NEEDED)
    promised_of(form)
    if server and (server.startswith("-") or any(map(str.isspace, server))):
        form.faults["server"] = NO_SERVER
    if form.faults:
        return page(request, desk, form)
    beside.begin(desk.folder, SPEED, beside.command("--lang", desk.lang, *words(form, desk)), ENDS)
    answer = HttpResponseRedirect("/speed/")
    said = {field.name: form.said(field.name) for field in FIELDS}
    answer.set_cookie(COOKIE, json.dumps(said), YEAR, httponly=True, samesite="Lax")
    return answer


def words(form: Form, desk: Desk) -> list[str]:
    """The verb and its words."""
    server = form.said("server")
    said = ["speed", "run", str(desk.folder), f"--seconds={SECONDS}"]
    said.append(f"--url={server}" if "://" in server else f"--iperf3={server}")
    for name in ("down", "up"):
        rate = rate_of(form, name)
        said += [f"--{name}={mbit(rate)}"] if rate is not None else []
    return [*said, *(["--yes-metered"] if form.said("metered") else []), "--json"]


URLS = [path("speed/", view), path("speed/measure", measure), path("speed/heller-speed.ics", calendar_file)]
