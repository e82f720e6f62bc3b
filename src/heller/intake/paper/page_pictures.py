"""Pages as pictures with the words recognised on them: those of a PDF, the frames of a TIFF."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from heller.intake.paper import ocr, ocr_process, pictures
from heller.intake.paper.layout import Word
from heller.model.errors import InputRefused

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

SCANNED = 12  # pages of one file that are recognised
DOTS = 300  # per inch
COVERS = 0.3  # of a page: an image of that share is a scan, a smaller one a logo


class Page(NamedTuple):
    """A page as a picture, what was recognised on it, and its pixels for each point."""

    png: bytes
    seen: ocr_process.Recognition
    scale: float = 1.0

    def straight(self, number: int) -> Page:
        """The page looked at again, laid straight."""
        return self._replace(seen=ocr.see_straight(self.png, self.seen, number))

    def words(self) -> Iterator[Word]:
        """The words in points of the page as it lies upright, so that a place is one in the file."""
        by = 1 / self.scale
        for word in self.seen.words:
            yield replace(word, x0=word.x0 * by, y0=word.y0 * by, x1=word.x1 * by, y1=word.y1 * by)

    def size(self) -> tuple[float, float]:
        """Width and height in points, upright."""
        return self.seen.size[0] / self.scale, self.seen.size[1] / self.scale


def page_seen(page: PdfPage, number: int) -> Page:
    """A page of a PDF. Raises ocr_process.Absent, InputRefused."""
    width, height = page.get_size()
    scale = min(DOTS / 72, pictures.LONG_SIDE / max(width, height, 1))
    png = _png(page.render(scale=scale, grayscale=True).to_pil())
    seen = ocr.see(png, number)
    # A small page was enlarged to be recognised: pixels are those of the picture that was looked at.
    enlarged = max(seen.size) / max(width * scale, height * scale, 1)
    return Page(png, seen, scale * enlarged)


def looked_at(document: PdfDocument) -> list[Page]:
    """The first pages as pictures, up to one that takes too long. Raises InputRefused where the first does."""
    return _until_refused(page_seen(document[n], n + 1) for n in range(min(len(document), SCANNED)))


def frames_seen(frames: Iterable[bytes]) -> list[Page]:
    """The frames of a picture, as `looked_at` does."""
    return _until_refused(Page(png, ocr.see(png, n)) for n, png in enumerate(frames, 1))


def _until_refused(found: Iterator[Page]) -> list[Page]:
    pages: list[Page] = []
    try:
        for page in found:
            pages.append(page)
    except InputRefused:
        if not pages:
            raise
    return pages


def is_scan(page: PdfPage) -> bool:
    """Whether an image covers the page or much of it."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return any(_area(one.get_bounds()) > COVERS * width * height for one in images)


def has_image(page: PdfPage) -> bool:
    """Whether there is an image on the page at all."""
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _area(box: tuple[float, float, float, float]) -> float:
    return abs(box[2] - box[0]) * abs(box[3] - box[1])


def frames(data: bytes) -> tuple[list[bytes], int]:
    """The first frames of a TIFF as pictures, and how many it has; none for a picture that is no TIFF or broken."""
    from PIL import Image, ImageSequence

    if data[:4] not in (b"II*\x00", b"MM\x00*"):
        return [], 1
    try:
        with Image.open(io.BytesIO(data)) as found:
            count = getattr(found, "n_frames", 1)
            first = zip(ImageSequence.Iterator(found), range(SCANNED if count > 1 else 0), strict=False)
            return [_png(one.copy()) for one, _ in first], count
    except Exception:  # broken: it is refused where it is read as one picture
        return [], 1


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.convert("L").save(out, "PNG", compress_level=1)
    return out.getvalue()
