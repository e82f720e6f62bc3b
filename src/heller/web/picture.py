"""The dossier's pictures for the screen: the same specifications, drawn wider, kept in memory."""

from __future__ import annotations

import re
import threading

from django.utils.safestring import SafeString, mark_safe

from heller.dossier.charts import decide, line_values, outage, render, sales, sensitivity, waterfall
from heller.dossier.charts.style import Spec
from heller.model.claim import Claim
from heller.model.damage import SalesEstimate
from heller.model.decision import Decision
from heller.model.kinds.line_values import LineValues
from heller.web.desk import Desk

WIDTH = 860  # px; a page on a desk is wider, so its letters grow with it
KEPT = 32
_drawn: dict[tuple[str, ...], str] = {}
_engine = threading.Lock()  # the drawing engine is one, the server has several threads


def outage_picture(desk: Desk) -> SafeString:
    """When the line worked, when not, who says so; empty where nothing was observed."""
    return _svg(desk, "outage", outage.chart(desk.claim.detection, desk.words))


def line_values_picture(desk: Desk) -> SafeString:
    """What the router told of the line; empty where no router was asked."""
    series = desk.case.records(LineValues)
    return _svg(desk, "line values", line_values.chart(series, desk.claim.detection, desk.words))


def waterfall_picture(desk: Desk) -> SafeString:
    """From the damage to what is owed."""
    steps = desk.claim.waterfall.steps
    return _svg(desk, "waterfall", waterfall.chart(steps, desk.words) if steps else None)


def sales_picture(desk: Desk, estimate: SalesEstimate) -> SafeString:
    """What a channel would have sold, and what it sold."""
    spans = [found.span for found in desk.claim.detection.outages]
    return _svg(desk, f"sales {estimate.channel}", sales.chart(estimate, spans, desk.words))


def sensitivity_picture(desk: Desk) -> SafeString:
    """What each typed or estimated input moves the damage by; empty where there is none."""
    inputs = desk.claim.assessment.sensitivity
    return _svg(desk, "sensitivity", sensitivity.chart(inputs, desk.words) if inputs else None)


def decision_picture(desk: Desk, decided: Decision, supposing: str) -> SafeString:
    """What suing is worth beside the offers; `supposing` tells apart what a reader supposes."""
    return _svg(desk, f"decide {supposing}", decide.chart(decided, desk.words))


def _svg(desk: Desk, name: str, spec: Spec | None) -> SafeString:
    if spec is None:
        return mark_safe("")
    key = (*_state(desk.claim), desk.lang, name)
    with _engine:
        if key not in _drawn:
            while len(_drawn) >= KEPT:
                _drawn.pop(next(iter(_drawn)))
            _drawn[key] = inline(render.svg(spec | {"width": WIDTH}, desk.lang))
    return mark_safe(_drawn[key])  # the engine escapes what it is given to write


def _state(claim: Claim) -> tuple[str, str]:
    return claim.case.head, claim.waterfall.as_of.isoformat()


def inline(svg: str) -> str:
    """An SVG that stands in a page and follows its width; what it shows is said beside it."""
    return re.sub(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"', r'\1 aria-hidden="true"', svg, count=1)
