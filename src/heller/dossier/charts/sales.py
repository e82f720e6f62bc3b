"""Sales: what was expected with its band, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from heller.dossier.charts.style import ACCENT, FAINT, INK, MIDDLE, PALE, Spec, days_axis, picture
from heller.dossier.wording import Words
from heller.model.damage import SalesEstimate
from heller.model.span import Span
from heller.model.text import text

WEEKS = 31  # days; longer pictures have a tick on every Monday


def chart(estimate: SalesEstimate, outages: Sequence[Span], words: Words) -> Spec:
    """Turnover per day in whole units of money; the days of an outage are shaded."""
    names = [words(text("expected, with its range")), words(text("as it happened"))]
    rows = [
        {
            "day": _day(p.day),
            "expected": p.expected / 100,
            "low": p.low / 100,
            "high": p.high / 100,
            "observed": p.observed / 100,
        }
        for p in estimate.path
    ]
    axis = days_axis(len(rows))
    if len(rows) > WEEKS:
        axis["values"] = [
            row["day"] for row, day in zip(rows, estimate.path, strict=True) if not day.day.weekday()
        ]
    if words.lang == "en":
        axis["format"] = "%-d %b"
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}
    title = words(text("turnover per day in euros"))
    y = {"type": "quantitative", "title": title, "axis": {"format": ",.0f", "tickCount": 5}}
    layers = [
        _shade(outages, words, x),
        {
            "mark": {"type": "area", "opacity": 0.8, "color": PALE},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        _line("expected", names[0], names, [5, 3], x, y),
        _line("observed", names[1], names, [1, 0], x, y),
        {
            "mark": {"type": "point", "filled": True, "size": 14, "color": ACCENT, "opacity": 1},
            "encoding": {"x": x, "y": {**y, "field": "observed"}},
        },
    ]
    return picture(230, layers, data={"values": rows})


def _line(field: str, name: str, names: list[str], dash: list[int], x: Spec, y: Spec) -> Spec:
    series = {"datum": name, "type": "nominal"}
    return {
        "mark": {"type": "line", "strokeWidth": 1.6 if field == "observed" else 1.3},
        "encoding": {
            "x": x,
            "y": {**y, "field": field},
            "color": {
                **series,
                "scale": {"domain": names, "range": [INK, ACCENT]},
                "legend": {"symbolType": "stroke", "symbolSize": 350},
            },
            "strokeDash": {**series, "scale": {"domain": names, "range": [[5, 3], [1, 0]]}},
        },
    }


def _shade(outages: Sequence[Span], words: Words, x: Spec) -> Spec:
    spans = [
        {"day": _day(words.local(s.start).date()), "end": _day(words.local(s.end).date() + timedelta(1))}
        for s in outages
    ]
    return {
        "data": {"values": spans},
        "mark": {"type": "rect", "color": FAINT, "stroke": MIDDLE, "strokeWidth": 0.4, "strokeDash": [2, 2]},
        "encoding": {"x": x, "x2": {"field": "end"}},
    }


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
