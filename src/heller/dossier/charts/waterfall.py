"""The waterfall: each step of the claim as a bar from what stood before to what stands after."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.charts.style import ACCENT, INK, MIDDLE, PALE, Spec, euros, picture
from heller.dossier.wording import Words
from heller.model.claim import Step
from heller.model.money import Money
from heller.model.text import text

ROW = 27  # px
LABELS = 300  # px at most for the names of the steps


def chart(steps: Sequence[Step], words: Words) -> Spec:
    """Horizontal bars at the cautious figures: the first and the last stand, the others add or take away.

    Steps without effect are left to the table; every bar keeps the number of its step.
    """
    kinds = [words(text("stands")), words(text("adds")), words(text("takes away"))]
    first, last = steps[0], steps[-1]
    rows = [_bar(f"1  {words(first.label)}", 0, first.running.low, kinds[0], words.money(first.running.low))]
    before = first.running.low
    for number, step in enumerate(steps[1:], 2):
        change = step.running.low - before
        if change:
            kind = kinds[1] if change.cents > 0 else kinds[2]
            figure = words.money(change, sign=True)
            rows.append(_bar(f"{number}  {words(step.label)}", before.cents, step.running.low, kind, figure))
        before = step.running.low
    due = words(text("Due now"))
    rows.append(_bar(due, 0, last.running.low, kinds[0], words.money(last.running.low)))
    used = [kind for kind in kinds if any(row["kind"] == kind for row in rows)]
    y = {
        "field": "step",
        "type": "nominal",
        "sort": [row["step"] for row in rows],
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelLimit": LABELS},
    }
    shades = [shade for kind, shade in zip(kinds, (ACCENT, MIDDLE, PALE), strict=True) if kind in used]
    return picture(len(rows) * ROW + 50, _layers(y, used, shades), data={"values": rows})


def _bar(label: str, start: int, after: Money, kind: str, figure: str) -> Spec:
    low, high = sorted((start, after.cents))
    return {"step": label, "from": low / 100, "to": high / 100, "kind": kind, "figure": figure}


def _layers(y: Spec, kinds: list[str], shades: list[str]) -> list[Spec]:
    x = euros("from")
    color = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": shades},
        "legend": {"symbolType": "square"},
    }
    bar = {"type": "bar", "height": 14, "stroke": MIDDLE, "strokeWidth": 0.6}
    label = {"type": "text", "align": "left", "dx": 5, "color": INK}
    return [
        {"mark": bar, "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": color}},
        {"mark": label, "encoding": {"y": y, "x": {**x, "field": "to"}, "text": {"field": "figure"}}},
    ]
