"""The words of a picture by RapidOCR: a recogniser whose models lie in its package; it asks no network.

It finds lines of text, so a word's place in its line is in proportion to its letters. One thread, for the processor's
time is what is bounded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import mean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from heller.intake.paper.layout import Word

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 2000  # pixels of the longer side that are looked at
SURE = 0.80  # mean sureness of an upright page, at least
LEVEL = 1  # degrees below which a page lies straight
_GLUED = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ]{2,})")


class TextLine(NamedTuple):
    """A line of text: its four corners in pixels from the upper left, what it says, how sure it is."""

    corners: tuple[tuple[float, float], ...]
    said: str
    sure: float


@cache
def engine() -> Any | None:
    """The recogniser, None where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    quiet = {"Global.log_level": "error", "Global.use_cls": False}
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={**quiet, **threads})


def look(picture: Image, page: int) -> tuple[list[Word], int, tuple[int, int]]:
    """The words in pixels of the turned picture, by how many degrees it was turned, and its size then."""
    lines, turned = _lines(picture), 0
    if not _upright(lines):
        tries = {angle: _lines(picture.rotate(angle, expand=True)) for angle in (90, 270, 180)}
        best = max(tries, key=lambda angle: _worth(tries[angle]))
        if _worth(tries[best]) > _worth(lines):
            lines, turned = tries[best], best
            picture = picture.rotate(turned, expand=True)
    slope = _slope(lines)
    if abs(slope) >= LEVEL:
        level = picture.rotate(slope, expand=True)
        lines = [_turn_line(line, slope, picture.size, level.size) for line in lines]
        picture, turned = level, (turned + slope) % 360
    return [word for line in lines for word in _words(line, page)], turned, picture.size


def _lines(picture: Image) -> list[TextLine]:
    import numpy as np

    found = engine()
    assert found is not None
    shrink = min(1.0, WIDEST / max(picture.size))
    size = (max(1, round(picture.width * shrink)), max(1, round(picture.height * shrink)))
    seen = found(np.asarray(picture.resize(size).convert("RGB")))
    if seen.boxes is None:
        return []
    return [
        TextLine(tuple((float(x) / shrink, float(y) / shrink) for x, y in box), str(said), float(sure))
        for box, said, sure in zip(seen.boxes, seen.txts, seen.scores, strict=True)
    ]


def _upright(lines: Sequence[TextLine]) -> bool:
    """Whether most lines lie, and are surely read."""
    long = [line for line in lines if len(line.said) > 3]
    if not long:
        return not lines
    lying = sum(_width(line) > _height(line) for line in long)
    return lying * 2 > len(long) and mean(line.sure for line in long) >= SURE


def _worth(lines: Sequence[TextLine]) -> float:
    """How much is surely read of lines that lie."""
    return sum(line.sure**2 * len(line.said) for line in lines if _width(line) > _height(line))


def _width(line: TextLine) -> float:
    xs = [x for x, _ in line.corners]
    return max(xs) - min(xs)


def _height(line: TextLine) -> float:
    ys = [y for _, y in line.corners]
    return max(ys) - min(ys)


def _slope(lines: Sequence[TextLine]) -> int:
    """By how many degrees against the clock the page has to be turned so that its lines lie level."""
    angles = [
        math.degrees(math.atan2(two[1] - one[1], two[0] - one[0]))
        for line in lines
        if _width(line) > 4 * _height(line) or len(line.said) > 8
        for one, two in [line.corners[:2]]
    ]
    return round(median(angles)) if len(angles) > 2 else 0


def _turn_line(line: TextLine, angle: int, old: tuple[int, int], new: tuple[int, int]) -> TextLine:
    """A line in the picture that was turned against the clock about its middle and grew."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = []
    for x, y in line.corners:
        dx, dy = x - old[0] / 2, y - old[1] / 2
        corners.append((cos * dx + sin * dy + new[0] / 2, cos * dy - sin * dx + new[1] / 2))
    return line._replace(corners=tuple(corners))


def _words(line: TextLine, page: int) -> Iterator[Word]:
    """The words of a line, each in proportion to its letters; its height is that of the line's middle."""
    said = _GLUED.sub(" ", line.said)
    xs = [x for x, _ in line.corners]
    (_, ya), (_, yb), (_, yc), (_, yd) = line.corners
    top, bottom = (ya + yb) / 2, (yc + yd) / 2
    left, each, at = min(xs), (max(xs) - min(xs)) / max(1, len(said)), 0
    for word in said.split(" "):
        if word and bottom > top:
            yield Word(
                word,
                page,
                left + at * each,
                top,
                left + (at + len(word)) * each,
                bottom,
                int(line.sure * 100),
            )
        at += len(word) + 1
