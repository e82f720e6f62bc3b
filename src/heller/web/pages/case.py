"""The case on one page."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller import casefile
from heller.casefile.stamping.summary import summary
from heller.dossier import event_table, route_words
from heller.dossier.names import (
    BESIDE_THE_SUM,
    CAUSES,
    STRENGTHS,
    answer_words,
    due_label,
    early_words,
    law_name,
)
from heller.dossier.writer import Pen
from heller.model.advice import Question
from heller.model.claim import NextStep, Step, Waterfall
from heller.model.facts import FACTS
from heller.model.finding import AlikeFindings, Finding, Weight, alike
from heller.model.kinds.policy import POLICIES
from heller.model.money import ZERO, Money
from heller.model.outage import Outage
from heller.model.text import Text, text
from heller.model.value_form import ValueKind
from heller.web.desk import Desk, show
from heller.web.form import Field
from heller.web.picture import outage_picture, waterfall_picture

PLACE, NAME = 1, text("Case")


def in_order(steps: tuple[NextStep, ...]) -> list[NextStep]:
    """What is still to do by date, then what is done."""
    return sorted(steps, key=lambda s: (s.done, s.until or date.max))


def heaviest(findings: tuple[Finding, ...]) -> tuple[AlikeFindings, ...]:
    """The heaviest doubts first, alike ones as one."""
    order = [Weight.REFUSED, Weight.WARNING, Weight.NOTE]
    return alike(sorted(findings, key=lambda f: order.index(f.weight)))


def chain(steps: tuple[Step, ...]) -> list[tuple[Step, Money]]:
    """Each step with what it changes in the cautious figure: the low end of a deduction's own range
    is its largest, which is not what the cautious claim loses."""
    before = [ZERO, *(step.running.low for step in steps)]
    return [(step, step.running.low - old) for step, old in zip(steps, before, strict=False)]


def outages(desk: Desk) -> list[tuple[Outage, Text, Text, str, str]]:
    """Each outage with its cause, its proof, and the bounds of its two ends in words."""
    edge = Pen(desk.claim, desk.lang).edge
    return [
        (
            outage,
            CAUSES[outage.cause],
            STRENGTHS[outage.strength],
            edge(outage.start),
            edge(outage.end),
        )
        for outage in desk.claim.seen
    ]


def scenarios(fall: Waterfall) -> list[tuple[Step, list[tuple[Text, Money]]]]:
    """Each step with what stands after it under each degree of fault, at the cautious figures."""
    return [
        (step, [(one.label, one.running[n].low) for one in fall.scenarios if n < len(one.running)])
        for n, step in enumerate(fall.steps)
    ]


def open_questions(desk: Desk) -> list[tuple[Field, Question]]:
    """Each question that may change something, with the field that answers it."""
    return [
        (_field(question), question)
        for question in desk.claim.questions
        if question.worth or not question.answers
    ]


def _field(question: Question) -> Field:
    kind = FACTS[question.key].kind
    options = (("yes", text("yes")), ("no", text("no"))) if kind is ValueKind.YES_NO else ()
    return Field("value", question.label, hint=FACTS[question.key].how, options=options)


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """State, damage, demand, waterfall, what to do, what is missing, what is doubtful."""
    desk = Desk(request)
    claim = desk.claim
    values = {
        "claim": claim,
        "firm": claim.case.fact("firm.name"),
        "product": claim.case.fact("line.product"),
        "provider": claim.case.fact("provider.name"),
        "outages": outages(desk),
        "events": event_table.rows(claim) if event_table.several(claim) else (),
        "choices": [one for one in claim.choices if not one.decided],
        "longest": max(claim.outages, key=lambda o: o.shortest, default=None),
        "band": outage_picture(desk),
        "waterfall": waterfall_picture(desk),
        "chain": chain(claim.waterfall.steps),
        "due_label": due_label(claim.waterfall),
        "law_name": law_name(claim.waterfall),
        "beside_the_sum": BESIDE_THE_SUM,
        "steps": in_order(claim.next_steps),
        "left": sum(not step.done for step in claim.next_steps),
        "missing": claim.missing,
        "early": [
            said for one in claim.estimates for said in (early_words(one), *map(answer_words, one.replaced))
        ],
        "findings": (found := heaviest(claim.findings)),
        "folded": any(one.count > 1 for one in found),
        "scenarios": scenarios(claim.waterfall),
        "covers": [(POLICIES[one.policy.kind], one) for one in claim.waterfall.covers],
        "asked": open_questions(desk),
        "lead": route_words.lead(claim.waterfall),
        "stamped": summary(desk.folder, casefile.entries(desk.folder)),
        "empty": not claim.case.exhibits and not claim.case.noted,
    }
    return show(request, "case.html", values, desk=desk, nav="case")


URLS = [path("", view)]
