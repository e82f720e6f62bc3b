"""Who owes what under which rule: the chain from the damage to what is due, caps and what lifts them, and all dates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from heller.dossier import route_words
from heller.dossier.names import answer_words, due_label, early_words, law_name
from heller.model.claim import Step, Waterfall
from heller.model.kinds.policy import POLICIES
from heller.model.money import ZERO, Money
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.picture import waterfall_picture

PLACE, NAME = 300, text("Law")


def chain(steps: tuple[Step, ...]) -> list[tuple[Step, Money]]:
    """Each step with what it changes in the cautious figure: the low end of a deduction's own range
    is its largest, which is not what the cautious claim loses."""
    before = [ZERO, *(step.running.low for step in steps)]
    return [(step, step.running.low - old) for step, old in zip(steps, before, strict=False)]


def scenarios(fall: Waterfall) -> list[tuple[Step, list[tuple[Text, Money]]]]:
    """Each step with what stands after it under each degree of fault, at the cautious figures."""
    return [
        (step, [(one.label, one.running[n].low) for one in fall.scenarios if n < len(one.running)])
        for n, step in enumerate(fall.steps)
    ]


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page."""
    desk = Desk(request)
    claim = desk.claim
    values = {
        "claim": claim,
        "lead": route_words.lead(claim.waterfall),
        "debtors": [(one.debt.debtor, one.waterfall.due) for one in claim.by_debtor if one.debt.debtor],
        "due_label": due_label(claim.waterfall),
        "early": [
            said for one in claim.estimates for said in (early_words(one), *map(answer_words, one.replaced))
        ],
        "law_name": law_name(claim.waterfall),
        "waterfall": waterfall_picture(desk),
        "chain": chain(claim.waterfall.steps),
        "scenarios": scenarios(claim.waterfall),
        "covers": [(POLICIES[one.policy.kind], one) for one in claim.waterfall.covers],
    }
    return show(request, "law.html", values, desk=desk, nav="law")


URLS = [path("law/", view)]
