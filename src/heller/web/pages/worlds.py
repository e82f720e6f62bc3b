"""Two worlds: without the outage, as it happened, and the difference, head by head."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier.names import GRADES, head_name, pays_words, waited_words
from heller.model.amount import Range
from heller.model.damage import Assessment, Flow, Position, SalesEstimate
from heller.model.text import Text, text
from heller.web.desk import Desk, show
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


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The ledger, its totals by grade of proof, what was asked for twice, how sales were estimated."""
    desk = Desk(request)
    assessment = desk.claim.assessment
    values = {
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
