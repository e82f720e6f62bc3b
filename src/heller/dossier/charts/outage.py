"""The outage as bands: what was measured, what each witness saw, and who claimed which end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from heller.dossier.charts.style import (
    ACCENT,
    DARK,
    HALF,
    INK,
    LATE,
    MIDDLE,
    PALE,
    PAPER,
    Spec,
    days_axis,
    picture,
    wall,
)
from heller.dossier.wording import Words
from heller.model.outage import Detection, OpenEnd, Outage
from heller.model.span import Span
from heller.model.text import text

LANE = 30  # px

STATES = {
    "up": PALE,
    "slow": LATE,
    "degraded": MIDDLE,
    "half": HALF,
    "detour": ACCENT,
    "down": DARK,
    "unobserved": PAPER,
}


def view(detection: Detection) -> Span | None:
    """The stretch of time that the picture shows: the outages with a tenth around them."""
    if not detection.outages:
        return detection.observed
    first = min(o.widest.start for o in detection.outages)
    last = max(o.widest.end for o in detection.outages)
    margin = max((last - first) / 12, timedelta(minutes=10))
    return Span(first - margin, last + margin)


def chart(detection: Detection, words: Words) -> Spec | None:
    """The picture, None where nothing was observed."""
    shown = view(detection)
    if shown is None:
        return None
    lanes, bands = _bands(detection, words, shown)
    if not bands:
        return None
    marks = _marks(detection.outages, words)
    domain = [wall(shown.start, words), wall(shown.end, words)]
    days = shown.length / timedelta(days=1)
    axis = days_axis(days) if words.lang == "de" else {**days_axis(days)}
    if words.lang == "en" and days > 2:
        axis["format"] = "%-d %b"
    x = {"field": "start", "type": "temporal", "scale": {"type": "utc", "domain": domain}, "axis": axis}
    y = {
        "field": "lane",
        "type": "nominal",
        "sort": lanes,
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelLimit": 300},
    }
    seen = {words(name): STATES[state] for state, name in NAMES.items()}
    seen = {name: paint for name, paint in seen.items() if any(band["state"] == name for band in bands)}
    color = {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": list(seen), "range": list(seen.values())},
        "legend": {
            "orient": "bottom",
            "columns": 3 if len(seen) < 4 else 2,  # four in a row run over the edge of the page
            "symbolType": "square",
            "symbolStrokeColor": MIDDLE,
            "symbolStrokeWidth": 1,
        },
    }
    layers: list[Spec] = [
        {
            "data": {"values": bands},
            "mark": {"type": "bar", "stroke": MIDDLE, "strokeWidth": 0.6, "height": 15, "clip": True},
            "encoding": {"x": x, "x2": {"field": "end"}, "y": y, "color": color},
        }
    ]
    if marks:
        layers += _rules(marks, x)
    return picture(len(lanes) * LANE + 70 + 15 * len(marks), layers)


NAMES = {
    "up": text("answered"),
    "slow": text("answered late"),
    "degraded": text("answered in part or late"),
    "half": text("IPv4 or IPv6 down, the other answered"),
    "detour": text("line down, another connection in use"),
    "down": text("no answer, line down"),
    "unobserved": text("not observed"),
}


def _bands(detection: Detection, words: Words, shown: Span) -> tuple[list[str], list[Spec]]:
    lanes = [words(text("Measured"))]
    bands = [_band(lanes[0], s.span, s.state, words, shown) for s in detection.stretches]
    for outage in detection.outages:
        for witness in outage.witnesses:
            lane = words(witness.name)
            if witness.span is None or lane == lanes[0]:
                continue
            if lane not in lanes:
                lanes.append(lane)
            bands.append(_band(lane, witness.span, witness.state, words, shown))
    if not detection.stretches:
        bands += [_band(lanes[0], o.span, "down", words, shown) for o in detection.outages]
    return lanes, [band for band in bands if band]


def _band(lane: str, span: Span, state: str, words: Words, shown: Span) -> Spec:
    seen = span.meet(shown)
    if seen is None:
        return {}
    name = words(NAMES[state]) if state in NAMES else state
    return {"lane": lane, "start": wall(seen.start, words), "end": wall(seen.end, words), "state": name}


def _marks(outages: Sequence[Outage], words: Words) -> list[Spec]:
    """Every claimed end as a line of its own, so that two close ones stay readable."""
    ends = [end for outage in outages for end in outage.ends]
    if not ends and len(outages) > 1:
        return []
    said: list[tuple[datetime, str, bool]] = []
    for outage in outages:
        for end in outage.ends:
            if end.holds:
                said.append((end.at, words(text("{who}: line works", who=end.said_by)), True))
            else:
                sentence = text("{who}: line works (not borne out)", who=end.said_by)
                said.append((end.at, words(sentence), False))
        if len(outages) == 1 and not any(end.holds for end in outage.ends):
            last = text("Last measured as down") if isinstance(outage.end, OpenEnd) else text("Measured end")
            said.append((outage.end.earliest, words(last), True))
    said.sort()
    return [
        {
            "start": wall(at, words),
            "text": f"{label}, {words.moment(at)}",
            "holds": holds,
            "step": -18 - 15 * i,
        }
        for i, (at, label, holds) in enumerate(said)
    ]


def _rules(marks: list[Spec], x: Spec) -> list[Spec]:
    layers: list[Spec] = []
    for mark in marks:
        dash = [] if mark["holds"] else [3, 3]
        top = {"value": mark["step"]}
        data = {"values": [mark]}
        rule = {"type": "rule", "color": INK, "strokeWidth": 1.1, "strokeDash": dash}
        words = {"type": "text", "align": "right", "baseline": "middle", "dx": -5, "y": mark["step"]}
        layers.append({"data": data, "mark": rule, "encoding": {"x": x, "y": top, "y2": {"value": "height"}}})
        layers.append(
            {"data": data, "mark": words, "encoding": {"x": x, "text": {"field": "text", "type": "nominal"}}}
        )
    return layers
