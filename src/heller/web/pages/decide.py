"""Settle or sue: what suing is worth beside the offers, with what the reader supposes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller import casefile
from heller.dossier import route_words
from heller.dossier.names import nothing_to_weigh
from heller.intake.written import canonical
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.decision import ClaimRoute, Decision
from heller.model.facts import FACTS
from heller.model.kinds.fact import Fact
from heller.model.terms import WAIVERS
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import Field, Form
from heller.web.memory import TURN
from heller.web.picture import decision_picture

PLACE, NAME = 320, text("Settle or sue")

KEYS = (
    "suit.odds_low",
    "suit.odds_high",
    "suit.months",
    "suit.instances",
    "suit.money_rate",
    "suit.funding_share",
)


FIELDS = tuple(Field(key, FACTS[key].label, hint=FACTS[key].how) for key in KEYS)


def inputs_of(desk: Desk) -> dict[str, str]:
    """What the case says of these inputs, as it is typed."""
    said: dict[str, str] = {}
    for key in KEYS:
        share: object = desk.case.facts[FACTS[key]]
        if share is not None:
            said[key] = desk.words.percent(share) if isinstance(share, Decimal) else str(share)
    return said


def facts_of(form: Form, case: Case) -> dict[str, str]:
    """The facts that the form states, in canonical form; a fault at each field that cannot be read."""
    facts: dict[str, str] = {}
    for key in KEYS:
        raw = form.said(key)
        value = form.read(key, canonical.canonical(FACTS[key], raw, case.tz), FACTS[key].how)
        if value is not None:
            facts[key] = value
    return facts


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The decision with what is supposed; sent with POST, what is supposed is written into the case."""
    desk = Desk(request)
    sent = request.POST if request.method == "POST" else request.GET
    form = Form(
        {key: sent[key] for key in KEYS if key in sent} if any(k in sent for k in KEYS) else inputs_of(desk)
    )
    facts = facts_of(form, desk.case)
    known = {key: desk.case.fact(key) for key in KEYS}
    new = {key: value for key, value in facts.items() if known[key] != value}
    if request.method == "POST" and not form.faults:
        for key, value in new.items():
            casefile.note(desk.folder, Fact(key, value))
        return HttpResponseRedirect("/decide/")
    decided = (_supposing(desk, new) if new else desk.claim).waterfall.decision
    values = {
        "form": form.shown(FIELDS),
        "changed": bool(new) and not form.faults,
        "decided": decided,
        "nothing": nothing_to_weigh(desk.claim.waterfall),
        **_decision_shown(desk, decided, "".join(f"{k}={v} " for k, v in new.items())),
    }
    return show(request, "decide.html", values, desk=desk, nav="decide", status=400 if form.faults else 200)


def _supposing(desk: Desk, facts: Mapping[str, str]) -> Claim:
    with TURN:
        return casefile.supposing(desk.folder, desk.day, facts)


def _decision_shown(desk: Desk, decided: Decision | None, supposing: str) -> dict[str, object]:
    if decided is None:
        return {}
    best, say = decided.best, desk.words
    return {
        "best": best,
        "even": say.percent(round(best.break_even, 3)) if best and best.break_even is not None else "",
        "picture": decision_picture(desk, decided, supposing),
        "chances": [(say.percent(one.odds), one) for one in decided.chances],
        "offers": [(one, WAIVERS[one.waiver]) for one in decided.offers],
        "odds_said": decided.odds is not None,
        "gates": [(one, route_words.columns(one)) for one in decided.gates],
        "routes": [(one, _even(desk, one), [*route_words.beside(one)]) for one in decided.routes],
        "ends": [say.percent(one) for one in decided.odds or (Decimal(0), Decimal(1))],
        "with_worth": any(one.expected for one in decided.routes),
    }


def _even(desk: Desk, route: ClaimRoute) -> str:
    """The odds from which a way is worth more than doing nothing."""
    return "" if route.break_even is None else desk.words.percent(round(route.break_even, 3))


URLS = [path("decide/", view)]
