"""What the router told of the line around the outage, as small multiples in one picture: a lane for each value, its
usual band in grey, the time without a line shaded, and the mark beyond which a standard calls a line poor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from heller.dossier.charts import outage
from heller.dossier.charts.style import ACCENT, DARK, INK, LATE, PALE, Spec, days_axis, picture, wall
from heller.dossier.wording import Words
from heller.model.kinds.line_values import LineLook, LineValues
from heller.model.outage import Detection
from heller.model.span import Span
from heller.model.text import Text, text

LANE = 56  # px
FILLED, LOWEST = 0.56, 0.1  # of a lane that its values use, and where they begin; above stands its name
USUAL = (0.1, 0.9)  # the share of values outside of outages that makes the usual band
AROUND = timedelta(days=1)  # how much beside the outage is shown where there is so much


class LaneKind(NamedTuple):
    """A value that is shown: its field, its name, its unit, and the least that the standard calls good."""

    field: str
    name: Text
    unit: str
    poor: float | None = None


# Noise margin: how much more noise the line bears before more than one bit in 10^7 is wrong (ITU-T G.993.2), so
# below 0 dB it is. A cable modem has to hear -15 to +15 dBmV (DOCSIS, physical layer).
SHOWN = (
    LaneKind("rate_down", text("Rate down"), "kbit/s"),
    LaneKind("rate_up", text("Rate up"), "kbit/s"),
    LaneKind("margin_down", text("Noise margin down"), "dB", 0.0),
    LaneKind("margin_up", text("Noise margin up"), "dB", 0.0),
    LaneKind("attenuation_down", text("Attenuation down"), "dB"),
    LaneKind("power_down", text("Power received"), "dBmV", -15.0),
    LaneKind("errors", text("Errors since the look before"), ""),
)


class Lane(NamedTuple):
    """A lane of the picture: the value, its points, its usual band, and the least and the most that it shows."""

    shown: LaneKind
    points: list[tuple[datetime, float]]
    usual: tuple[float, float] | None
    low: float
    high: float

    def place(self, value: float) -> float:
        """Where a value stands in its lane, 0 to 1."""
        wide = self.high - self.low
        return LOWEST + FILLED * ((value - self.low) / wide if wide else 0.5)


def view(detection: Detection, looks: Sequence[LineLook]) -> Span | None:
    """The time that is shown: that of the outages' picture, and of what was told up to a day around it."""
    around = outage.view(detection)
    if around is None or not looks:
        return None
    first, last = looks[0].at, looks[-1].at
    start = min(around.start, max(first, around.start - AROUND))
    end = max(around.end, min(last, around.end + AROUND))
    return Span(start, end)


def lanes(looks: Sequence[LineLook], detection: Detection) -> Iterator[Lane]:
    """A lane for each value that was told at least twice."""
    for shown in SHOWN:
        told = _told(looks, shown.field)
        if len(told) < 2:
            continue
        calm = sorted(value for at, value in told if not _in_outage(at, detection))
        usual = (_share(calm, USUAL[0]), _share(calm, USUAL[1])) if len(calm) > 2 else None
        values = [value for _, value in told]
        low, high = min(values), max(values)
        if shown.poor is not None and low - shown.poor <= 3 * max(high - low, 1.0):
            low = min(low, shown.poor)
        yield Lane(shown, told, usual, low, high)


def _told(looks: Sequence[LineLook], field: str) -> list[tuple[datetime, float]]:
    """A value with its times; of errors how many came since the look before, none where the router began anew."""
    found = [(look.at, float(value)) for look in looks if (value := getattr(look, field)) is not None]
    if field != "errors":
        return found
    return [(at, max(0.0, value - before)) for (_, before), (at, value) in pairwise(found)]


def _share(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def _in_outage(at: datetime, detection: Detection) -> bool:
    return any(one.span.contains(at) for one in detection.outages)


def chart(series: Sequence[LineValues], detection: Detection, words: Words) -> Spec | None:
    """The picture; None where no router told anything around an outage."""
    looks = sorted((look for one in series for look in one.looks), key=lambda look: look.at)
    shown = view(detection, looks)
    if shown is None:
        return None
    near = [look for look in looks if shown.start <= look.at <= shown.end]
    found = list(lanes(near, detection))
    if not found:
        return None
    return _picture(found, shown, detection, words)


def _picture(found: list[Lane], shown: Span, detection: Detection, words: Words) -> Spec:
    scale = {"domain": [wall(shown.start, words), wall(shown.end, words)]}
    time = {
        "type": "temporal",
        "scale": {**scale, "type": "utc"},
        "axis": days_axis(shown.length / timedelta(days=1)),
    }
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, len(found)], "nice": False}}
    begin, end = wall(shown.start, words), wall(shown.end, words)
    dead = [
        {
            "from": wall(max(one.span.start, shown.start), words),
            "to": wall(min(one.span.end, shown.end), words),
        }
        for one in detection.outages
    ]
    layers: list[Spec] = [
        _rects(dead, time, None, LATE),
        _rects(_bands(found, begin, end), time, y, PALE),
        {
            "data": {"values": list(_points(found, words))},
            "mark": {"type": "line", "interpolate": "step-after", "color": ACCENT, "strokeWidth": 1.4},
            "encoding": {
                "x": {"field": "at", **time},
                "y": {"field": "y", **y},
                "detail": {"field": "lane", "type": "nominal"},
            },
        },
        {
            "data": {"values": list(_poor(found, begin, end))},
            "mark": {"type": "rule", "color": DARK, "strokeDash": [4, 3]},
            "encoding": {"x": {"field": "from", **time}, "x2": {"field": "to"}, "y": {"field": "y", **y}},
        },
        {
            "data": {"values": list(_labels(found, begin, words))},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "dx": 3,
                "fontSize": 10,
                "color": INK,
            },
            "encoding": {"x": {"field": "at", **time}, "y": {"field": "y", **y}, "text": {"field": "said"}},
        },
    ]
    return picture(LANE * len(found) + 24, layers)


def _rects(values: list[Spec], time: Spec, y: Spec | None, color: str) -> Spec:
    encoding: Spec = {"x": {"field": "from", **time}, "x2": {"field": "to"}}
    if y is not None:
        encoding |= {"y": {"field": "low", **y}, "y2": {"field": "high"}}
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": color, "opacity": 0.55},
        "encoding": encoding,
    }


def _base(found: list[Lane], n: int) -> int:
    """Where a lane begins: the first stands on top."""
    return len(found) - 1 - n


def _bands(found: list[Lane], begin: str, end: str) -> list[Spec]:
    return [
        {"from": begin, "to": end, "low": _base(found, n) + lane.place(lane.usual[0]) - 0.02,
         "high": _base(found, n) + lane.place(lane.usual[1]) + 0.02}
        for n, lane in enumerate(found)
        if lane.usual
    ]  # fmt: skip


def _points(found: list[Lane], words: Words) -> Iterator[Spec]:
    """The points of each lane; a line breaks where the router told nothing for long."""
    for n, lane in enumerate(found):
        steps = sorted(b[0] - a[0] for a, b in pairwise(lane.points))
        longest, last, piece = 3 * steps[len(steps) // 2], lane.points[0][0], 0
        for at, value in lane.points:
            piece += at - last > longest
            last = at
            yield {"at": wall(at, words), "y": _base(found, n) + lane.place(value), "lane": f"{n} {piece}"}


def _poor(found: list[Lane], begin: str, end: str) -> Iterator[Spec]:
    for n, lane in enumerate(found):
        if lane.shown.poor is not None and lane.low <= lane.shown.poor <= lane.high:
            yield {"from": begin, "to": end, "y": _base(found, n) + lane.place(lane.shown.poor)}


def _labels(found: list[Lane], begin: str, words: Words) -> Iterator[Spec]:
    for n, lane in enumerate(found):
        usual = (
            text("usual {low} to {high}", low=_said(lane.usual[0], words), high=_said(lane.usual[1], words))
            if lane.usual
            else None
        )
        name = f"{words(lane.shown.name)} ({lane.shown.unit})" if lane.shown.unit else words(lane.shown.name)
        said = ", ".join(filter(None, (name, words(usual) if usual else "")))
        yield {"at": begin, "y": _base(found, n) + 1, "said": said}


def _said(value: float, words: Words) -> str:
    return words.number(value, 0 if abs(value) >= 100 or value == int(value) else 1)
