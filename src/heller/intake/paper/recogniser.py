"""The words of a picture by RapidOCR, whose models lie in its package: it asks no network.

It finds lines of text, so a word's place in its line is in proportion to its letters. It is loaded by the process that
recognises alone (`ocr_process`). One thread, for the processor's time is what is bounded.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from heller.intake.paper.layout import Word

WIDEST = 1280  # pixels of the longer side on which lines are looked for; they are read from the whole picture
NARROWEST = (
    160  # pixels of a line 48 high up to which it is filled: what is filled costs as much as what is read
)
LOOK = 8  # lines, the longest, by which it is told which side is up
SURE = 0.80  # mean sureness of lines that stand the right way up
CERTAIN = 0.5  # below, a line is none
LEVEL = 1  # degrees below which a page lies straight
END = 0.6  # heights of a line by which its ends in two looks may differ
TALL = 1.5  # times its width that a line stands upright
_GLUED = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ]{2,})")
Shades = np.ndarray[Any, np.dtype[np.uint8]]  # rows, columns, three colours
Corners = np.ndarray[
    Any, np.dtype[np.float32]
]  # four of x, y: upper left, upper right, lower right, lower left


class Late(Exception):
    """The page took longer than it may."""


class TextLine(NamedTuple):
    """A line of text: its four corners in pixels from the upper left, what it says, how sure it is."""

    corners: Corners
    said: str
    sure: float


Known: TypeAlias = dict[int, TextLine]  # lines that were read, by the identity of their box


class Models(NamedTuple):
    """What finds lines, and what reads one."""

    lines: Any
    text: Any


@cache
def models() -> Models:
    """Both models, loaded once. Raises ImportError where the libraries do not run here."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    size: dict[str, Any] = {"Det.limit_type": "max", "Det.limit_side_len": WIDEST, "Rec.rec_batch_num": 1}
    size["Rec.rec_img_shape"] = [3, 48, NARROWEST]
    both: Any = RapidOCR(params={"Global.log_level": "error", **threads, **size})
    return Models(both._load_det_model(), both._load_rec_model())


def look(
    grey: Shades, page: int, seconds: float, known: Sequence[Word] = ()
) -> tuple[list[Word], int, tuple[int, int]]:
    """The words in pixels of the turned picture, by how many degrees it was turned, and its width and height then.

    Where words are `known`, of a picture that stands the right way up, their lines are not read again. Raises Late.
    """
    until = time.process_time() + seconds
    boxes = _boxes(grey)
    turned, lines_known = _turn(grey, boxes) if not known else (0, dict(_of_words(boxes, known)))
    for _ in range(turned // 90):
        boxes = [_quarter(box, grey.shape[1]) for box in boxes]
        grey = np.ascontiguousarray(np.rot90(grey))
    lines = list(_read(grey, boxes, until, lines_known))
    size = (grey.shape[1], grey.shape[0])
    slope = _slope(boxes)
    if abs(slope) >= LEVEL:
        level = _grown(size, slope)
        lines = [line._replace(corners=_about(line.corners, slope, size, level)) for line in lines]
        size, turned = level, (turned + slope) % 360
    return [word for line in lines for word in _words(line, page)], turned, size


def _boxes(grey: Shades) -> list[Corners]:
    found = models().lines(grey).boxes
    return [] if found is None else [np.asarray(box, dtype=np.float32) for box in found]


def _read(grey: Shades, boxes: Sequence[Corners], until: float, known: Known) -> Iterator[TextLine]:
    """What stands in each box, where that is sure enough; what is known is not read again. Raises Late."""
    for box in boxes:
        if time.process_time() > until:
            raise Late
        line = known[id(box)] if id(box) in known else _line(grey, box)
        if line.said.strip() and line.sure >= CERTAIN:
            yield line


def _of_words(boxes: Sequence[Corners], known: Sequence[Word]) -> Iterator[tuple[int, TextLine]]:
    """The boxes whose words are known from end to end."""
    for box in boxes:
        (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
        slack = END * (bottom - top)
        here = sorted((w for w in known if top < (w.y0 + w.y1) / 2 < bottom and left < (w.x0 + w.x1) / 2 < right),
                      key=lambda word: word.x0)  # fmt: skip
        if here and abs(here[0].x0 - left) < slack and abs(here[-1].x1 - right) < slack:
            yield id(box), TextLine(box, " ".join(w.text for w in here), min(w.sure for w in here) / 100)


def _line(grey: Shades, box: Corners, *, flipped: bool = False) -> TextLine:
    """What stands in a box, however sure that is."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput
    from rapidocr.utils.process_img import get_rotate_crop_image

    cut = get_rotate_crop_image(grey, box.copy())
    seen = models().text(TextRecInput(img=np.rot90(cut, 2) if flipped else cut))
    return TextLine(box, str(seen.txts[0]), float(seen.scores[0]))


def _turn(grey: Shades, boxes: Sequence[Corners]) -> tuple[int, Known]:
    """By how many quarters, in degrees against the clock, the picture has to be turned to stand the right way up, and
    the lines that were read to tell it, where they stand so already: the longest, a third of all the work.

    A line that stands is laid down before it is read, with its right end up: read then, its page lies by 90 or 270.
    """
    standing = [box for box in boxes if _height(box) > TALL * _width(box)]
    lying = len(standing) * 2 <= len(boxes)
    long = sorted((box for box in boxes if (_height(box) <= TALL * _width(box)) is lying), key=_extent)[
        -LOOK:
    ]
    as_is = [_line(grey, box) for box in long]
    if not long or (lying and _sureness(as_is) >= SURE):
        return 0, {id(box): line for box, line in zip(long, as_is, strict=True)}
    flipped = _sureness([_line(grey, box, flipped=True) for box in long]) > _sureness(as_is)
    return (180 if flipped else 0) if lying else (270 if flipped else 90), {}


def _sureness(lines: Sequence[TextLine]) -> float:
    sure = (line.sure for line in lines if line.said.strip() and line.sure >= CERTAIN)
    return sum(sure) / max(1, len(lines))


def _quarter(box: Corners, width: int) -> Corners:
    """The box in the picture turned by a quarter against the clock, its corners in their order."""
    turned = np.stack([box[:, 1], width - box[:, 0]], axis=1)
    return np.roll(turned, -1, axis=0)


def _extent(box: Corners) -> float:
    return max(_width(box), _height(box))


def _width(box: Corners) -> float:
    return float(np.ptp(box[:, 0]))


def _height(box: Corners) -> float:
    return float(np.ptp(box[:, 1]))


def _slope(boxes: Sequence[Corners]) -> int:
    """By how many degrees against the clock the page has to be turned so that its lines lie level."""
    angles = [
        math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))
        for box in boxes
        if _width(box) > 4 * _height(box)
    ]
    return round(median(angles)) if len(angles) > 2 else 0


def _grown(size: tuple[int, int], angle: int) -> tuple[int, int]:
    """The size of a picture that was turned about its middle and grew, as Pillow's `rotate(expand=True)` makes it."""
    from PIL import Image

    return Image.new("1", size).rotate(angle, expand=True).size


def _about(box: Corners, angle: int, old: tuple[int, int], new: tuple[int, int]) -> Corners:
    """A box in the picture that was turned against the clock about its middle and grew."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    off = box - np.array(old, dtype=np.float32) / 2
    turned = np.stack([cos * off[:, 0] + sin * off[:, 1], cos * off[:, 1] - sin * off[:, 0]], axis=1)
    return np.asarray(turned + np.array(new) / 2, dtype=np.float32)


def _words(line: TextLine, page: int) -> Iterator[Word]:
    """The words of a line, each in proportion to its letters; its height is that of the line's middle."""
    said = _GLUED.sub(" ", line.said)
    xs, ys = line.corners[:, 0], line.corners[:, 1]
    top, bottom = float(ys[0] + ys[1]) / 2, float(ys[2] + ys[3]) / 2
    left, each, at = float(xs.min()), float(np.ptp(xs)) / max(1, len(said)), 0
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
