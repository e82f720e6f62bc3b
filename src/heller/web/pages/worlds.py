"""Two worlds: without the outage, as it happened, and the difference, head by head."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from heller import casefile
from heller.dossier.names import GRADES, head_name, pays_words, waited_words
from heller.model.amount import Range
from heller.model.damage import Assessment, Flow, Position, SalesEstimate
from heller.model.facts import fault, first_estimate, shop
from heller.model.kinds.fact import Fact
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.memory import TURN
from heller.web.picture import sales_picture, sensitivity_picture

PLACE, NAME, BAR = 200, text("Damage"), True


class FlowRow(Struct, frozen=True):
    """A flow with the difference of its two columns."""

    flow: Flow
    difference: Range
    grade: Text


class Group(Struct, frozen=True):
    """A head of loss: sums of its columns, its positions, its flows."""

    key: str
    name: Text
    without: Range
    actual: Range
    difference: Range
    rows: tuple[FlowRow, ...]
    positions: tuple[tuple[Position, Text], ...]


def groups(assessment: Assessment) -> list[Group]:
    """The ledger by head, in the order in which the heads come up."""
    heads = dict.fromkeys([p.head for p in assessment.positions] + [f.head for f in assessment.flows])
    return [_group(head, assessment) for head in heads]


def _group(head: str, assessment: Assessment) -> Group:
    flows = [flow for flow in assessment.flows if flow.head == head]
    without, actual = (sum(side, Range()) for side in ([f.without for f in flows], [f.actual for f in flows]))
    positions = [p for p in assessment.positions if p.head == head]
    counted = sum((p.amount for p in positions if p.recoverable), Range())
    return Group(
        key=head,
        name=head_name(head),
        without=without,
        actual=actual,
        difference=counted if positions else without - actual,
        rows=tuple(FlowRow(flow, flow.without - flow.actual, GRADES[flow.grade]) for flow in flows),
        positions=tuple((position, GRADES[position.grade]) for position in positions),
    )


def pictures(desk: Desk) -> list[tuple[SalesEstimate, SafeString]]:
    """Each channel's estimate with its picture."""
    return [(estimate, sales_picture(desk, estimate)) for estimate in desk.claim.assessment.sales]


ASSUMED = (shop.MARGIN, first_estimate.SHARE, fault.SHARE)  # shares on which much hangs


class Slider(Struct, frozen=True):
    """An assumption as a slider: its fact, per cent from 0 to 100, whether the case states it."""

    key: str
    label: Text
    percent: int
    stated: bool


def sliders(desk: Desk, supposed: Mapping[str, str]) -> list[Slider]:
    """The assumptions that the case states, and the margin in any case, with what is supposed."""
    found = []
    for spec in ASSUMED:
        value = desk.case.facts[spec]
        share = Decimal(supposed[spec.key]) if spec.key in supposed else value
        if value is not None or spec is shop.MARGIN:
            found.append(Slider(spec.key, spec.label, round((share or Decimal(0)) * 100), value is not None))
    return found


def supposed(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """The shares that were moved, in canonical form by the keys of their facts."""
    sent, found = request.POST if request.method == "POST" else request.GET, {}
    for spec in ASSUMED:
        raw = sent.get(spec.key, "")
        if raw.isdecimal() and len(raw) < 4 and int(raw) <= 100:
            share, stated = Decimal(raw) / 100, desk.case.facts[spec]
            if stated is None or round(stated * 100) != int(raw):
                found[spec.key] = f"{share.normalize():f}"
    return found


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """The ledger, its totals by grade of proof, what was asked for twice, how sales were estimated, and what it comes
    to under other assumptions; sent by POST they are written into the case."""
    desk = Desk(request)
    moved = supposed(request, desk)
    if request.method == "POST":
        entry = 0
        for key, value in moved.items():
            entry = casefile.note(desk.folder, Fact(key, value))
        return HttpResponseRedirect(f"/worlds/?entry={entry}" if moved else "/worlds/")
    would = None
    if moved:
        with TURN:
            would = casefile.supposing(desk.folder, desk.day, moved)
    assessment = desk.claim.assessment
    values = {
        "sliders": sliders(desk, moved),
        "moved": list(moved.items()),
        "would": would,
        "due_now": desk.claim.waterfall.due,
        "assessment": assessment,
        "groups": groups(assessment),
        "grades": [(GRADES[grade], amount) for grade, amount in assessment.by_grade],
        "sales": pictures(desk),
        "sensitivity": sensitivity_picture(desk),
        "measures": [(one, pays_words(one), waited_words(one)) for one in assessment.mitigation.options],
        "kept": [(c, head_name(c.kept), head_name(c.dropped)) for c in assessment.conflicts],
    }
    return show(request, "worlds.html", values, desk=desk, nav="worlds")


URLS = [path("worlds/", view)]
