"""One look for all pictures: quiet, and readable without colour."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from heller.dossier.wording import Words

Spec: TypeAlias = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH = 624  # px, the 165 mm of the type area
FONT = "'Source Sans 3', sans-serif"  # a name with a digit needs its quotes, or all text disappears

INK = "#16202b"
ACCENT = "#1f4e79"
DARK = "#33414f"
MIDDLE = "#8a96a3"
LATE = "#b9c2cb"
HALF = "#66727f"
PALE = "#d5dbe1"
FAINT = "#eceff2"
PAPER = "#ffffff"


def wall(moment: datetime, words: Words) -> str:
    """The time on the site's clock, written as UTC: Vega would read a naive time in the machine's zone."""
    return f"{words.local(moment):%Y-%m-%dT%H:%M:%S}Z"


def picture(height: int, layers: list[Spec], **more: Any) -> Spec:
    """A layered picture as wide as the type area, with the common look."""
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": layers,
        "config": config(),
        **more,
    }


def config() -> Spec:
    """Fonts, lines, and no aria text: it alone would depend on the machine's zone."""
    label = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": INK}
    return {
        "background": PAPER,
        "aria": False,
        "font": FONT,
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            **label,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "domainColor": MIDDLE,
            "tickColor": MIDDLE,
            "gridColor": FAINT,
        },
        "legend": {
            **label,
            "labelFontSize": 11,
            "orient": "top",
            "direction": "horizontal",
            "labelLimit": 400,
            "title": None,
            "columnPadding": 16,
            "offset": 4,
        },
        "text": {"font": FONT, "fontSize": 11, "fill": INK},
    }


def days_axis(days: float) -> Spec:
    """A time axis with one tick a day, fewer over a long time, hours within a short one."""
    if days <= 2:
        return {"format": "%H:%M", "title": None, "grid": False, "tickCount": 8}
    step = 1 if days <= 16 else 2 if days <= 31 else 7
    return {
        "format": "%d.%m.",
        "title": None,
        "grid": False,
        "tickCount": {"interval": "day", "step": step},
        "labelOverlap": True,
    }


def euros(field: str) -> Spec:
    """A horizontal axis of whole euros."""
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",.0f", "tickCount": 5},
        "scale": {"nice": True},
    }
