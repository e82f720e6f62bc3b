"""Lays a photo of a slip straight: which part is paper, by how much its lines slope, the light made even.

Only pictures go in and out; nothing is recognised here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL = 480  # pixels of the long side on which paper and slope are looked for
STEEPEST = 8  # degrees
LEAST, MOST = 0.08, 0.94  # share of the picture that a slip on a table fills


def paper(picture: Image) -> tuple[int, int, int, int]:
    """The box around the paper: the bright part, where the picture has a dark one; else the whole picture."""
    from PIL import ImageFilter

    small = _small(picture).filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.MaxFilter(9))
    limit = _threshold(small.histogram())
    bright = small.point([0] * limit + [255] * (256 - limit)).filter(ImageFilter.MinFilter(13))
    box = bright.getbbox()
    share = bright.histogram()[255] / (small.width * small.height)
    if box is None or not LEAST < share < MOST:
        return (0, 0, *picture.size)
    factor = picture.width / small.width
    left, top, right, bottom = (round(edge * factor) for edge in box)
    return left, top, min(right, picture.width), min(bottom, picture.height)


def slope(picture: Image) -> int:
    """By how many whole degrees the picture has to be turned for its lines to lie level, -8 to 8.

    Level lines make rows that are either dark or bright: the turn with the greatest differences between
    rows is the one (projection profile).
    """
    small = even(_small(picture))
    return max(range(-STEEPEST, STEEPEST + 1), key=lambda angle: (_contrast(small, angle), -abs(angle)))


def even(picture: Image) -> Image:
    """The picture with its light made even: what is as bright as its surroundings becomes white."""
    from PIL import Image, ImageChops, ImageFilter

    reduced = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)))
    ground = reduced.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(5))
    dark = ImageChops.subtract(ground.resize(picture.size, Image.Resampling.BILINEAR), picture)
    return ImageChops.invert(dark)


def _contrast(small: Image, angle: int) -> float:
    turned = small.rotate(angle, fillcolor=255)
    rows = list(turned.reduce((turned.width, 1)).tobytes())
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def _small(picture: Image) -> Image:
    factor = SMALL / max(picture.size)
    if factor >= 1:
        return picture
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))), 4)


def _threshold(counts: list[int]) -> int:
    """The shade that parts dark from bright best (Otsu's method)."""
    total, whole = sum(counts), sum(shade * count for shade, count in enumerate(counts))
    best, at, below, under = -1.0, 128, 0, 0
    for shade, count in enumerate(counts):
        below += count
        under += shade * count
        if not below or below == total:
            continue
        between = (under * total - whole * below) ** 2 / (below * (total - below))
        if between > best:
            best, at = between, shade + 1
    return min(at, 255)
