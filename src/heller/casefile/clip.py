"""Draws pages of originals, and the stretch of one on which a value stands, so that a person can compare the two.

These are jobs: they are asked by way of `apart.process`, for what they open is foreign.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from heller.intake.members import inside
from heller.intake.paper import pictures
from heller.model.errors import InputRefused
from heller.model.record import Blob

if TYPE_CHECKING:
    from PIL.Image import Image

PLACE = re.compile(r"page (\d+)(?: turned (\d+))? at (-?\d+),(-?\d+),(-?\d+),(-?\d+)")
SCALE = 2.4  # of a PDF's points
ROUND = 26  # points of the page that are shown around the value, at the sides more
WIDEST = 1500  # pixels of the picture that is handed out
LONGEST = 5000  # pixels of a page that is drawn
PAGE_SCALE = 1.6  # of a whole page (1.0 is 72 dots per inch)


def clip(name: str, digest: str, member: str, place: str, original: bytes) -> bytes | None:
    """The value's surroundings as PNG with the value framed, on the original or a `member` of it; None where the
    place is no box or cannot be drawn."""
    found, blob = PLACE.fullmatch(place), inside(Blob(name, original, digest), member)
    if not found or blob is None:
        return None
    page, turned, *box = (int(part or 0) for part in found.groups())
    if b"%PDF-" in blob.data[:1024]:
        return _of_pdf(blob.data, page, turned, box)
    return _of_picture(blob.data, turned, box)


def page(number: int, data: bytes) -> bytes | None:
    """A page of a PDF as PNG; None where there is none that can be drawn."""
    drawn = _page(data, number, PAGE_SCALE)
    if drawn is None:
        return None
    out = io.BytesIO()
    drawn[0].save(out, "PNG")
    return out.getvalue()


def count(data: bytes) -> bytes | None:
    """How many pages a PDF has, as digits; None where it cannot be opened."""
    import pypdfium2

    try:
        return b"%d" % len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return None


def _of_pdf(data: bytes, page: int, turned: int, box: list[int]) -> bytes | None:
    drawn = _page(data, page, SCALE)
    if drawn is None:
        return None
    picture, scale = drawn
    picture = picture.rotate(turned, expand=True) if turned else picture
    return _clipping(picture, [round(edge * scale) for edge in box], round(ROUND * scale))


def _page(data: bytes, number: int, scale: float) -> tuple[Image, float] | None:
    """A page as a picture, and the scale at which it was drawn: a large one is drawn smaller."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= number <= len(document):
            return None
        sheet = document[number - 1]
        scale = min(scale, LONGEST / max(*sheet.get_size(), 1))
        return sheet.render(scale=scale).to_pil(), scale
    except pypdfium2.PdfiumError:
        return None


def _of_picture(data: bytes, turned: int, box: list[int]) -> bytes | None:
    try:
        picture = pictures.open_picture(data)
    except InputRefused:
        return None
    if turned:
        picture = picture.rotate(turned, expand=True)
    return _clipping(picture, box, max(40, 2 * (box[3] - box[1])))


def _clipping(drawn: Image, box: list[int], around: int) -> bytes:
    from PIL import ImageDraw

    drawn = drawn.convert("RGB")
    x0, y0, x1, y1 = box
    ImageDraw.Draw(drawn).rectangle((x0 - 5, y0 - 4, x1 + 5, y1 + 4), outline=(155, 44, 44), width=3)
    left, right = max(0, x0 - 9 * around), min(drawn.width, x1 + 4 * around)
    cut = drawn.crop(
        (left, max(0, y0 - around), max(right, left + 1), max(1, min(drawn.height, y1 + around)))
    )
    if cut.width > WIDEST:
        cut = cut.resize((WIDEST, max(1, round(cut.height * WIDEST / cut.width))))
    out = io.BytesIO()
    cut.save(out, "PNG")
    return out.getvalue()
