"""Originals as pages that an archive's PDF may show: taken over as they are, or drawn as pictures at 200 dpi.

The answer is a small PDF of its own, one page for each, so that it can be kept by the digest of the original.
It knows bytes only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pikepdf
import pypdfium2
from msgspec import Struct
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from heller.dossier import archivable, forms

VERSION = 1  # of how pages are made: another one makes them anew
HEAD = 1024  # bytes by which a PDF or a picture is known
MOST_PAGES = 12  # of one exhibit; the original is attached
RESOLUTION = 200  # dots per inch
WIDEST = 2400  # dots: a plan of ten metres is shown smaller instead of filling the memory
FINER = 1.6  # times the resolution: below, a scan stays as its sender made it; from here on it is scaled down
LOOK = 36 / 72  # at this scale a page is looked at for colour
QUALITY = 85
A4 = (595.0, 842.0)
BROKEN = (
    pypdfium2.PdfiumError,
    pikepdf.PdfError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    TypeError,
    ArithmeticError,
)


class Pages(Struct, frozen=True):
    """What of an original can be shown: its pages in all, the size of each that is here in points, and a PDF
    of these. None of it where the original has no pages that can be read, or where drawing them costs more than
    a file may (`excess`)."""

    total: int = 0
    sizes: tuple[tuple[float, float], ...] = ()
    pdf: bytes = b""
    excess: bool = False


def pages(data: bytes, most: int = MOST_PAGES) -> Pages:
    """The pages of a PDF, at most so many of them, or of a picture; the same bytes every time."""
    out = pikepdf.new()
    try:
        total = _of_pdf(data, out, most) if is_pdf(data) else _of_picture(data, out)
    except BROKEN:
        return Pages()
    if not out.pages:
        return Pages()
    sizes = tuple((float(page.mediabox[2]), float(page.mediabox[3])) for page in out.pages)
    return Pages(total, sizes, forms.packed(out))


def packed_pages(most: int, data: bytes) -> bytes:
    """The same as bytes, for another process."""
    return msgspec.msgpack.encode(pages(data, most))


def is_pdf(data: bytes) -> bool:
    """Whether these bytes begin as a PDF does."""
    return data[:HEAD].lstrip().startswith(b"%PDF")


def has_pages(data: bytes) -> bool:
    """Whether these bytes are a PDF or a picture."""
    return is_pdf(data) or data.startswith((b"\x89PNG", b"\xff\xd8\xff"))


def _of_pdf(data: bytes, out: pikepdf.Pdf, most: int) -> int:
    """Put the pages into `out`; how many there are in all."""
    drawn = pypdfium2.PdfDocument(data)
    source = _same_pdf(data, len(drawn))
    fonts: dict[tuple[int, int], bool] = {}
    for number in range(min(len(drawn), most)):
        if source is None or not _taken_over(source, number, fonts, out):
            _draw(out, drawn[number])
    return len(drawn)


def _same_pdf(data: bytes, total: int) -> pikepdf.Pdf | None:
    """The same file for taking over; None where it reads differently there."""
    try:
        source = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
        return source if len(source.pages) == total and not source.get_warnings() else None
    except pikepdf.PdfError:
        return None


def _taken_over(
    source: pikepdf.Pdf, number: int, fonts: dict[tuple[int, int], bool], out: pikepdf.Pdf
) -> bool:
    """Put a page that may stand as it is into `out`, as an upright form on a page whose corner is the origin;
    whether it was put there."""
    page = source.pages[number]
    if not archivable.clean(source, page, fonts):
        return False
    try:
        form = out.copy_foreign(page.as_form_xobject())
        box = forms.box(form)
        forms.lay(form, box.width, box.height)
    except BROKEN:
        return False
    _scale_pictures(form.get("/Resources", Dictionary()), box.width, box.height)
    _add(out, form, box.width, box.height)
    return True


def _add(out: pikepdf.Pdf, drawn: pikepdf.Object, width: float, height: float) -> None:
    page = out.add_blank_page(page_size=(round(width, 3), round(height, 3)))
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=drawn))
    page.obj.Contents = out.make_stream(b"/Page Do")


def _draw(out: pikepdf.Pdf, page: Any) -> None:
    """A page as PDFium draws it: grey where it is grey. Its size already includes how it is turned."""
    width, height = page.get_size()
    scale = min(RESOLUTION / 72, WIDEST / max(width, height, 1))
    grey = _is_grey(page.render(scale=min(LOOK, scale)).to_pil().convert("RGB"))
    picture = page.render(scale=scale, grayscale=grey).to_pil().convert("L" if grey else "RGB")
    lines_only = grey and not any(True for _ in page.get_objects(filter=(3,), max_depth=4))
    add_picture(out, picture, width, height, as_lines=lines_only)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not any(any(ImageChops.difference(red, one).histogram()[3:]) for one in (green, blue))


def _of_picture(data: bytes, out: pikepdf.Pdf) -> int:
    """Photographs are decoded once more: metadata, odd colour spaces and transparency go."""
    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", (WIDEST, WIDEST))
        turned = ImageOps.exif_transpose(opened)
        picture = turned.convert("L" if turned.mode in ("1", "L", "LA", "I;16") else "RGB")
    width, height = picture.size
    across, down = A4 if width <= height else (A4[1], A4[0])
    shown = min(across / width, down / height)
    picture.thumbnail((int(across / 72 * RESOLUTION), int(down / 72 * RESOLUTION)))
    add_picture(out, picture, width * shown, height * shown, as_lines=data.startswith(b"\x89PNG"))
    return 1


def add_picture(
    out: pikepdf.Pdf, picture: Image.Image, width: float, height: float, *, as_lines: bool
) -> None:
    """A page that is a picture. Lines keep their edges, in sixteen greys or full colour; photographs are JPEG."""
    form = out.make_stream(b"%.3f 0 0 %.3f 0 0 cm /Picture Do" % (width, height))
    image = (
        _lines(out, picture)
        if as_lines
        else out.make_stream(_jpeg(picture), _about(picture, Filter=Name.DCTDecode))
    )
    form.Type, form.Subtype, form.BBox = (
        Name.XObject,
        Name.Form,
        Array([0, 0, round(width, 3), round(height, 3)]),
    )
    form.Resources = Dictionary(XObject=Dictionary(Picture=image))
    _add(out, form, width, height)


def _about(picture: Image.Image, bits: int = 8, **more: Any) -> Dictionary:
    space = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    return Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=space,
        BitsPerComponent=bits,
        **more,
    )


def _lines(out: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    """A picture of letters and lines without loss of edges; grey in sixteen steps takes half the place."""
    if picture.mode != "L":
        return out.make_stream(picture.tobytes(), _about(picture))
    import numpy

    grey = numpy.asarray(picture)
    if picture.width % 2:
        grey = numpy.pad(grey, ((0, 0), (0, 1)), mode="edge")
    packed = (grey[:, ::2] & 0xF0) | (grey[:, 1::2] >> 4)
    return out.make_stream(packed.tobytes(), _about(picture, 4))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _scale_pictures(resources: Any, width: float, height: float) -> None:
    """Scale down what would be finer than the resolution even if it filled the page."""
    for thing in _things(resources):
        if thing.Subtype == Name.Form:
            _scale_pictures(thing.get("/Resources", Dictionary()), width, height)
            continue
        across, down = sorted((int(thing.Width), int(thing.Height)))
        short, long = sorted((width / 72 * RESOLUTION, height / 72 * RESOLUTION))
        share = max(short / across, long / down)
        if share * FINER < 1 and not any(
            key in thing for key in ("/SMask", "/Mask", "/ImageMask", "/Decode")
        ):
            _scale(thing, share)


def _things(resources: Any) -> Iterator[Any]:
    for _, thing in resources.get("/XObject", Dictionary()).items():
        yield thing


def _scale(thing: Any, share: float) -> None:
    """A picture of grey or of colours made smaller; what is neither stays."""
    try:
        picture = pikepdf.PdfImage(thing).as_pil_image()
    except (pikepdf.PdfError, pikepdf.UnsupportedImageTypeError, NotImplementedError, OSError, ValueError):
        return
    if picture.mode not in ("L", "RGB"):
        return
    size = (max(round(picture.width * share), 1), max(round(picture.height * share), 1))
    smaller = picture.resize(size, Image.Resampling.BOX)
    thing.write(_jpeg(smaller), filter=Name.DCTDecode)
    thing.Width, thing.Height = smaller.size
