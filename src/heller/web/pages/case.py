"""The case on one screen: the state of the line, the four figures, what is worth most, what is to be done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller import casefile
from heller.casefile.stamping.summary import summary
from heller.dossier import event_table, route_words
from heller.dossier.names import beside_the_sum, due_label
from heller.model.advice import Question
from heller.model.amount import Range
from heller.model.claim import NextStep
from heller.model.damage import Missing
from heller.model.facts import first_estimate
from heller.model.finding import Weight
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import Field
from heller.web.pages.questions import open_questions
from heller.web.pages.watcher import state

PLACE, NAME, BAR = 100, text("Case"), True
DEEDS = {
    "report": "/letters/fault_report/",
    "confirm": "/letters/promise_confirmation/",
    "warn": "/letters/damage_warning/",
    "fetch": "/questions/#missing",
    "keep": "/logs/",
    "demand": "/letters/claim/",
    "insurers": "/letters/insurer_notice/",
    "object_to_insurer": "/letters/insurer_objection/",
    "mandate": "/letters/mandate/",
    "offer": "/decide/",
    "sue": "/decide/",
    "provider_change": "/questions/#line",
    "account": "/account/",
}  # the page on which a step is done


def in_order(steps: tuple[NextStep, ...]) -> list[tuple[NextStep, str]]:
    """What is still to do by date, then what is done, each with the page on which it is done ('': none)."""
    ordered = sorted(steps, key=lambda s: (s.done, s.until or date.max))
    return [(step, DEEDS.get(step.key, "")) for step in ordered]


def worth_most(desk: Desk) -> tuple[tuple[Field, Question] | None, Missing | None]:
    """The one question or the one paper that hangs on most euros."""
    asked = max(open_questions(desk), key=lambda one: one[1].worth.cents, default=None)
    papers = [one for one in desk.claim.missing if one.worth and not one.gone]
    paper = max(papers, key=lambda one: one.worth.high.cents if one.worth else 0, default=None)
    if asked and paper and paper.worth and paper.worth.high > asked[1].worth:
        return None, paper
    return asked, None if asked else paper


def _dead(desk: Desk) -> timedelta | None:
    """How long the line is dead by the first estimate, while nothing shows an end and nothing proves it."""
    estimates = desk.case.records(QuickEstimate)
    since = desk.case.facts[first_estimate.SINCE]
    if desk.claim.seen or since is None or (estimates and estimates[-1].until is not None):
        return None
    return max(timedelta(0), datetime.now(UTC) - since)


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """One screen."""
    desk = Desk(request)
    claim = desk.claim
    question, paper = worth_most(desk)
    values = {
        "claim": claim,
        "firm": claim.case.fact("firm.name"),
        "product": claim.case.fact("line.product"),
        "outages": claim.seen,
        "longest": max(claim.outages, key=lambda o: o.shortest, default=None),
        "dead": _dead(desk),
        "events": event_table.rows(claim) if event_table.several(claim) else (),
        "choices": [one for one in claim.choices if not one.decided],
        "figures": claim.assessment.total != Range() or claim.waterfall.due != Range(),
        "estimated": next(iter(claim.case.records(QuickEstimate)[-1:]), None),
        "due_label": due_label(claim.waterfall),
        "beside_the_sum": beside_the_sum(claim.waterfall),
        "question": question,
        "paper": paper,
        "waits": len(casefile.tasks(claim)),
        "steps": in_order(claim.next_steps),
        "left": sum(not step.done for step in claim.next_steps),
        "ahead": [one for one in claim.waterfall.deadlines if not one.passed],
        "doubts": sum(one.weight is not Weight.NOTE for one in claim.findings),
        "lead": route_words.lead(claim.waterfall),
        "stamped": summary(desk.folder, casefile.entries(desk.folder)),
        "empty": not claim.case.exhibits and not claim.case.noted,
        **state(desk),
    }
    return show(request, "case.html", values, desk=desk, nav="case")


URLS = [path("", view)]
