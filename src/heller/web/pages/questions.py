"""What is not stated, by what hangs on it; which papers are missing; and all facts in groups, each asked as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods
from msgspec import Struct
from msgspec.structs import replace

from heller import casefile
from heller.model.advice import Question
from heller.model.amount import Range
from heller.model.fact_spec import FactSpec
from heller.model.facts import FACTS
from heller.model.finding import Locator
from heller.model.kinds.fact import Fact
from heller.model.money import ZERO, Money
from heller.model.text import Text, text
from heller.model.value_form import ValueKind
from heller.web.desk import Desk, show
from heller.web.form import MODES, UNSAID, Field, Form
from heller.web.records import places

PLACE, NAME = 220, text("Questions")
LATER = {
    "insurance": "damage",
    "suit": "decision",
}  # groups that are asked when there is something to insure or sue
TITLES: Mapping[str, Text] = {
    "firm": text("The firm"),
    "line": text("The line"),
    "provider": text("The provider"),
    "shop": text("{takings:cap} and margin"),
    "fault": text("Who is to blame"),
    "outage": text("The outage"),
    "emergency": text("The emergency line"),
    "insurance": text("Insurances"),
    "lawyer": text("The lawyer"),
    "suit": text("A lawsuit"),
    "estimate": text("The first estimate"),
    "books": text("The books"),
    "goodwill": text("Trust and name"),
}


class FactGroup(Struct, frozen=True):
    """Facts about one thing: how many are stated, what hangs on the open ones, and a field for each."""

    key: str
    title: Text
    stated: int
    worth: Money
    rows: list[tuple[Field, tuple[Locator, ...]]]
    open: bool


# what stands in an empty field: short, so that it is not cut off
EXAMPLES = {
    ValueKind.MONEY: text("e.g. 8,500"),
    ValueKind.SHARE: text("e.g. 38 %"),
    ValueKind.DATE: text("e.g. 3.2."),
    ValueKind.MOMENT: text("e.g. 3.2. 8:15"),
    ValueKind.NUMBER: text("e.g. 12"),
    ValueKind.COUNTRY: text("e.g. DE"),
}


def open_questions(desk: Desk) -> list[tuple[Field, Question]]:
    """Each question that may change something, with the field that answers it; of insurances and of odds when they
    matter."""
    claim = desk.claim
    ready = {
        "damage": claim.assessment.total != Range(),
        "decision": claim.waterfall.decision is not None and claim.waterfall.due != Range(),
    }
    return [
        (replace(field_of(FACTS[question.key], question.label), hint=_example(question.key)), question)
        for question in claim.questions
        if (question.worth or not question.answers)
        and ready.get(LATER.get(FACTS[question.key].group, ""), True)
    ]


def _example(key: str) -> Text | None:
    return EXAMPLES.get(FACTS[key].kind)


def field_of(spec: FactSpec[Any], label: Text | None = None, name: str = "value", value: str = "") -> Field:
    """The field that answers a fact."""
    kind = "choice" if spec.kind is ValueKind.YES_NO else "area" if "address" in spec.key else "line"
    options = UNSAID if kind == "choice" else ()
    return Field(
        name, label or spec.label, kind, spec.how, options, value=value, mode=MODES.get(spec.kind, "")
    )


def groups(desk: Desk, sent: Form | None) -> list[FactGroup]:
    """All facts by group, the one on which most hangs first."""
    worth: dict[str, Money] = {}
    for question in desk.claim.questions:
        group = FACTS[question.key].group
        worth[group] = max(worth.get(group, ZERO), question.worth)
    keys = dict.fromkeys(spec.group for spec in FACTS.values())
    ordered = sorted(keys, key=lambda key: -worth.get(key, ZERO).cents)
    return [_group(desk, key, worth.get(key, ZERO), sent) for key in ordered]


def specs_of(group: str) -> Iterator[FactSpec[Any]]:
    """The facts of a group."""
    return (spec for spec in FACTS.values() if spec.group == group)


def _group(desk: Desk, key: str, worth: Money, sent: Form | None) -> FactGroup:
    said, rows, stated = desk.case.facts.said, [], 0
    mine = sent if sent is not None and sent.said("group") == key else None
    for spec in specs_of(key):
        fact = said.get(spec.key)
        stated += fact is not None
        field = field_of(spec, name=spec.key, value=typed_fact(spec, fact.value, desk) if fact else "")
        shown = mine.shown([field])[0] if mine else field
        rows.append((shown, places(fact) if fact else ()))
    return FactGroup(key, TITLES.get(key, text("Further facts")), stated, worth, rows, mine is not None)


def typed_fact(spec: FactSpec[Any], value: str, desk: Desk) -> str:
    """A fact as a person would type it."""
    try:
        found = spec.parse(value)
    except ValueError:
        return value
    match spec.kind:
        case ValueKind.MONEY:
            return desk.words.number(found.decimal, 2)
        case ValueKind.SHARE:
            return desk.words.percent(found)
        case ValueKind.DATE:
            return f"{found:%d.%m.%Y}"
        case ValueKind.MOMENT:
            return f"{found.astimezone(desk.case.tz):%d.%m.%Y %H:%M}"
    return value


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The page; a POST states what was typed in one group."""
    desk, form = Desk(request), None
    if request.method == "POST":
        form = Form(request.POST.dict())
        said = answers(desk, form, datetime.now(desk.case.tz))
        if not form.faults:
            entry = desk.write(lambda: stated(desk, said))
            return HttpResponseRedirect(
                f"/questions/{f'?entry={entry}' if said else ''}#{form.said('group')}"
            )
    values = {"asked": open_questions(desk), "missing": desk.claim.missing, "groups": groups(desk, form)}
    status = 400 if form else 200
    return show(request, "questions.html", values, desk=desk, nav="questions", status=status)


def answers(desk: Desk, form: Form, now: datetime) -> dict[str, str]:
    """What of a group was said anew, by the keys of the facts; what was left as it stood says nothing."""
    found = {}
    for spec in specs_of(form.said("group")):
        fact, raw = desk.case.facts.said.get(spec.key), form.said(spec.key)
        if not raw or (fact is not None and raw == typed_fact(spec, fact.value, desk)):
            continue
        value = form.heard(spec.key, spec, now, ahead=True)
        if value is not None and (fact is None or value != fact.value):
            found[spec.key] = value
    return found


def stated(desk: Desk, said: Mapping[str, str]) -> int:
    """Write facts down; the number of the last entry."""
    entry = 0
    for key, value in said.items():
        entry = casefile.note(desk.folder, Fact(key, value))
    return entry


URLS = [path("questions/", view)]
