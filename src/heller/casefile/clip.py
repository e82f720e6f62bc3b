"""Draws the stretch of a page on which a value stands, so that a person can compare the two."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from heller.intake.paper import ocr
from heller.intake.paper.pdftext import ONE_AT_A_TIME
from heller.model.errors import InputRefused

if TYPE_CHECKING:
    from PIL.Image import Image

PLACE = re.compile(r"page (\d+)(?: turned (\d+))? at (-?\d+),(-?\d+),(-?\d+),(-?\d+)")
SCALE = 2.4  # of a PDF's points
ROUND = 26  # points of the page that are shown around the value, at the sides more
WIDEST = 1500  # pixels of the picture that is handed out


def clip(data: bytes, place: str) -> bytes | None:
    """The value's surroundings as PNG with the value framed; None where the place is no box or cannot be drawn."""
    found = PLACE.fullmatch(place)
    if not found:
        return None
    page, turned, *box = (int(part or 0) for part in found.groups())
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, page, turned, box)
    return _of_picture(data, turned, box)


def _of_pdf(data: bytes, page: int, turned: int, box: list[int]) -> bytes | None:
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not 1 <= page <= len(document):
                return None
            sheet = document[page - 1]
            scale = min(SCALE, 5000 / max(*sheet.get_size(), 1))
            drawn = sheet.render(scale=scale).to_pil()
            drawn = drawn.rotate(turned, expand=True) if turned else drawn
        except pypdfium2.PdfiumError:
            return None
        finally:
            document.close()
    return _cut(drawn, [round(edge * scale) for edge in box], round(ROUND * scale))


def _of_picture(data: bytes, turned: int, box: list[int]) -> bytes | None:
    try:
        picture = ocr.open_picture(data)
    except InputRefused:
        return None
    if turned:
        picture = picture.rotate(turned, expand=True)
    return _cut(picture, box, max(40, 2 * (box[3] - box[1])))


def _cut(drawn: Image, box: list[int], around: int) -> bytes:
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
