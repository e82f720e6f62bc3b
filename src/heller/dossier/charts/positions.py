"""What the damage consists of: every position as a bar, with its range."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.charts.style import ACCENT, INK, MIDDLE, PALE, PAPER, Spec, euros, picture
from heller.dossier.names import GRADES
from heller.dossier.wording import Words
from heller.model.amount import ProofGrade
from heller.model.damage import Position

ROW = 24  # px
SHADES = {
    ProofGrade.RECEIPT: ACCENT,
    ProofGrade.RECORD: MIDDLE,
    ProofGrade.COMPUTED: PALE,
    ProofGrade.STATED: PAPER,
}


def counts(position: Position) -> bool:
    """Whether a position adds something, or takes something off."""
    return position.recoverable and bool(position.amount.high.cents or position.amount.low.cents)


def chart(positions: Sequence[Position], words: Words) -> Spec:
    """Likely figures as bars from the strongest proof to the weakest, low to high as a line."""
    rows = [
        {
            "position": f"{n}  {words(p.title)}",
            "low": p.amount.low.cents / 100,
            "likely": p.amount.likely.cents / 100,
            "high": p.amount.high.cents / 100,
            "grade": words(GRADES[p.grade]),
            "figure": words.money(p.amount.likely),
            "beside": max(p.amount.high.cents, 0) / 100,
        }
        for n, p in enumerate(positions, 1)
        if counts(p)
    ]
    grades = [g for g in ProofGrade if any(p.grade is g and counts(p) for p in positions)]
    y = {
        "field": "position",
        "type": "nominal",
        "sort": [row["position"] for row in rows],
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelLimit": 300},
    }
    x = euros("likely")
    color = {
        "field": "grade",
        "type": "nominal",
        "scale": {"domain": [words(GRADES[g]) for g in grades], "range": [SHADES[g] for g in grades]},
        "legend": {"symbolType": "square", "columns": 1, "rowPadding": 2},
    }
    bar = {"type": "bar", "height": 11, "stroke": MIDDLE, "strokeWidth": 0.6}
    line = {"type": "rule", "color": INK, "strokeWidth": 1.2}
    label = {"type": "text", "align": "left", "dx": 6, "baseline": "middle"}
    return picture(
        len(rows) * ROW + 40 + 18 * len(grades),
        [
            {"mark": bar, "encoding": {"y": y, "x": x, "color": color}},
            {"mark": line, "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": label, "encoding": {"y": y, "x": {**x, "field": "beside"}, "text": {"field": "figure"}}},
        ],
        data={"values": rows},
    )
