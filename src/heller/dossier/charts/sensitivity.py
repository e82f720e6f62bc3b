"""How far the claim hangs on each input: one bar each, from what it takes off to what it adds."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.charts.style import ACCENT, INK, PALE, Spec, picture
from heller.dossier.wording import Words
from heller.model.damage import Sensitivity

ROW = 26  # px
MOST = 12  # bars; what moves less is in the table


def chart(inputs: Sequence[Sensitivity], words: Words) -> Spec:
    """Downwards pale, upwards dark, both ends with their euros."""
    rows = [
        {
            "input": words(one.name),
            "end": end.cents / 100,
            "side": side,
            "figure": words.money(end, sign=True),
        }
        for one in inputs[:MOST]
        for side, end in (("down", one.low), ("up", one.high))
        if end.cents
    ]
    order = list(dict.fromkeys(row["input"] for row in rows))
    axis = {"domain": False, "ticks": False, "labelLimit": 300}
    y = {"field": "input", "type": "nominal", "sort": order, "title": None, "axis": axis}
    most = max((abs(one.cents) for each in inputs for one in (each.low, each.high)), default=0) / 100 * 1.35
    scale = {"domain": [-most, most]}
    x = {"field": "end", "type": "quantitative", "title": None, "axis": {"format": ",.0f"}, "scale": scale}
    color = {
        "field": "side",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["down", "up"], "range": [PALE, ACCENT]},
    }

    def label(side: str, align: str, dx: int) -> dict[str, object]:
        return {
            "transform": [{"filter": f"datum.side == '{side}'"}],
            "mark": {"type": "text", "align": align, "dx": dx, "baseline": "middle"},
            "encoding": {"y": y, "x": x, "text": {"field": "figure"}},
        }

    return picture(
        len(order) * ROW + 40,
        [
            {"mark": {"type": "bar", "height": 12}, "encoding": {"y": y, "x": x, "color": color}},
            {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0, "scale": scale}}},
            label("down", "right", -6),
            label("up", "left", 6),
        ],
        data={"values": rows},
    )
