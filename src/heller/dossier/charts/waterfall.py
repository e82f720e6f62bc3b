"""The waterfall: each step of the claim as a bar from what stood before to what stands after."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.charts.style import ACCENT, DARK, INK, MIDDLE, PALE, Spec, picture
from heller.dossier.wording import Words
from heller.model.claim import Step
from heller.model.text import text

ROW = 27  # px
LABELS = 300  # px at most for the names of the steps


def chart(steps: Sequence[Step], words: Words) -> Spec:
    """Horizontal bars at the cautious figures. What takes away is pale, what adds is dark."""
    rows, before = [], 0
    kinds = [words(text("stands")), words(text("adds")), words(text("takes away"))]
    for i, step in enumerate(steps):
        effect, after = step.effect.low.cents, step.running.low.cents
        first = i == 0
        kind = kinds[0] if first or effect == 0 else kinds[1] if after >= before else kinds[2]
        start = 0 if first or effect == 0 else before
        rows.append(
            {
                "step": f"{i + 1}. {words(step.label)}",
                "from": min(start, after) / 100,
                "to": max(start, after) / 100,
                "kind": kind,
                "figure": words.money(step.running.low),
            }
        )
        before = after
    order = [row["step"] for row in rows]
    y = {
        "field": "step",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {
            "domain": False,
            "ticks": False,
            "labelLimit": LABELS,
            "labelAlign": "left",
            "labelPadding": LABELS - 60,
        },
    }
    return picture(len(rows) * ROW + 40, _layers(y, kinds), data={"values": rows})


def _layers(y: Spec, kinds: list[str]) -> list[Spec]:
    x = {
        "field": "from",
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",.0f", "tickCount": 5},
        "scale": {"nice": True, "padding": 40},
    }
    color = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [ACCENT, DARK, PALE]},
        "legend": {"symbolType": "square"},
    }
    bar = {"type": "bar", "height": 14, "stroke": MIDDLE, "strokeWidth": 0.6}
    label = {"type": "text", "align": "left", "dx": 5, "color": INK}
    return [
        {"mark": bar, "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": color}},
        {"mark": label, "encoding": {"y": y, "x": {**x, "field": "to"}, "text": {"field": "figure"}}},
    ]
