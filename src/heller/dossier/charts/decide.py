"""Settle or sue: what suing is worth at every chance of winning, and what each offer is worth beside it."""

from __future__ import annotations

from heller.dossier.charts.style import ACCENT, DARK, FAINT, INK, MIDDLE, Spec, picture
from heller.dossier.wording import Words
from heller.model.decision import Decision
from heller.model.money import Money
from heller.model.text import text

HEIGHT = 260  # px


def chart(decision: Decision, words: Words) -> Spec:
    """A rising line for suing, a level line for each open offer, a mark where they meet, a band for the
    user's odds. Everything is named in the picture, so it is readable without colour."""
    layers = [*_odds(decision), *_suing(decision, words)]
    for offer in _offers(decision):
        layers += _level(*offer, words)
    return picture(HEIGHT, layers)


def _offers(decision: Decision) -> list[tuple[float, float | None]]:
    """Worth in euros and break-even odds of each offer that is still open, each worth once."""
    open_ = {o.worth.cents: o for o in decision.offers if o.incoming and not o.expired}
    return [
        (o.worth.cents / 100, None if o.break_even is None else float(o.break_even)) for o in open_.values()
    ]


def _x(field: str, words: Words) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": words(text("Chance of winning")),
        "axis": {"format": "%", "tickCount": 5},
        "scale": {"domain": [0, 1], "nice": False},
    }


def _y(field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",.0f", "tickCount": 6},
        "scale": {"nice": True, "zero": True},
    }


def _odds(decision: Decision) -> list[Spec]:
    if decision.odds is None:
        return []
    low, high = (float(one) for one in decision.odds)
    band = {"type": "rect", "color": FAINT} if low < high else {"type": "rule", "color": FAINT, "size": 6}
    x = {"field": "low", "type": "quantitative"}
    return [
        {
            "data": {"values": [{"low": low, "high": high}]},
            "mark": band,
            "encoding": {"x": x, "x2": {"field": "high"}} if low < high else {"x": x},
        }
    ]


def _suing(decision: Decision, words: Words) -> list[Spec]:
    points = [{"odds": float(c.odds), "euros": c.expected.cents / 100} for c in decision.chances]
    last = points[-1] | {"name": words(text("Suing, on average"))}
    x, y = _x("odds", words), _y("euros")
    label = {"type": "text", "align": "right", "dy": -8, "dx": -4, "color": ACCENT, "fontWeight": 600}
    return [
        {
            "data": {"values": [{"euros": 0}]},
            "mark": {"type": "rule", "color": MIDDLE, "strokeWidth": 0.8},
            "encoding": {"y": y},
        },
        {
            "data": {"values": points},
            "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.2},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": [last]},
            "mark": label,
            "encoding": {"x": x, "y": y, "text": {"field": "name"}},
        },
    ]


def _level(euros: float, even: float | None, words: Words) -> list[Spec]:
    name = words(text("Offer {worth}", worth=Money(round(euros * 100))))
    x, y = _x("odds", words), _y("euros")
    layers: list[Spec] = [
        {
            "data": {"values": [{"euros": euros}]},
            "mark": {"type": "rule", "color": DARK, "strokeDash": [5, 4], "strokeWidth": 1.4},
            "encoding": {"y": y},
        },
        {
            "data": {"values": [{"odds": 0, "euros": euros, "name": name}]},
            "mark": {"type": "text", "align": "left", "dx": 5, "dy": -7, "color": INK},
            "encoding": {"x": x, "y": y, "text": {"field": "name"}},
        },
    ]
    if even is not None and even <= 1:
        figure = words.percent(round(even, 3))
        values = [{"odds": even, "euros": euros, "figure": figure}]
        layers.append(
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "size": 60, "color": INK, "opacity": 1},
                "encoding": {"x": x, "y": y},
            }
        )
        layers.append(
            {
                "data": {"values": values},
                "mark": {"type": "text", "dy": 15, "dx": 16, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "figure"}},
            }
        )
    return layers
