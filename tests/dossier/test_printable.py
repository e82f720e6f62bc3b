"""Originals' pages in an archive's PDF: taken over where they may be, drawn where not; never another look."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from heller.dossier import archivable, printable

opened: list[pikepdf.Pdf] = []


def digital(body: str = "#set page(width: 200pt, height: 300pt)\nRechnung 17: 119,00 EUR") -> bytes:
    """A page with its font inside and structure marks, as office programs write it. Invented."""
    return typst.compile(body.encode(), timestamp=0)


def bare(drawing: bytes, font: str = "Helvetica", **more: Any) -> bytes:
    """A page whose font is not in the file."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 300))
        page.Contents = pdf.make_stream(drawing)
        about = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{font}"))
        page.Resources = Dictionary(Font=Dictionary(F1=about), **more)
        pdf.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF after a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def look(data: bytes, number: int = 0, width: int = 200) -> Image.Image:
    """A page as PDFium draws it, so many dots wide."""
    page = pypdfium2.PdfDocument(data)[number]
    picture: Image.Image = page.render(scale=width / page.get_size()[0]).to_pil().convert("RGB")
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures of the same size, of 255."""
    histogram = ImageChops.difference(one, other.resize(one.size)).convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / (one.width * one.height)


def form(data: bytes) -> pikepdf.Object:
    """What is drawn on the first of the pages that were made."""
    opened.append(pikepdf.open(io.BytesIO(data)))  # an object lives as long as its file
    return opened[-1].pages[0].obj.Resources.XObject.Page


def words(data: bytes) -> str:
    """What can be read and searched on the first page."""
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_a_page_with_its_fonts_inside_keeps_its_letters() -> None:
    """It is taken over: its text can still be searched, it looks the same, and its structure marks are gone."""
    original = digital()
    made = printable.pages(original)
    assert (made.total, made.sizes) == (1, ((200.0, 300.0),))
    assert "Rechnung 17" in words(made.pdf)
    assert difference(look(original), look(made.pdf)) < 0.5
    assert b"BDC" not in form(made.pdf).read_bytes()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_stands_as_a_reader_sees_it(turn: int) -> None:
    """A page that is turned or cut is taken over turned and cut."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].CropBox = Array([20, 100, 190, 290])

    original = changed(digital(), change)
    made = printable.pages(original)
    size = (190, 170) if turn % 180 else (170, 190)
    assert made.sizes == (size,)
    assert difference(look(original), look(made.pdf)) < 0.5


def test_what_an_archive_may_not_hold_is_drawn() -> None:
    """Fonts that are not inside, colours of print, patterns, notes, layers: a picture, which looks the same."""
    text = b"BT /F1 20 Tf 20 200 Td (Rechnung) Tj ET"
    noted = lambda pdf: pdf.pages[0].obj.__setitem__(  # noqa: E731
        "/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([5, 5, 90, 90]))])
    )
    for original in (
        bare(text),
        bare(b"0 1 1 0 k 20 20 100 100 re f"),
        bare(b"/P sh 20 20 100 100 re f", Shading=Dictionary(P=Dictionary(ShadingType=1))),
        bare(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI 20 20 50 50 re f"),
        bare(b"unknown 20 20 50 50 re f"),
        changed(digital(), noted),
    ):
        made = printable.pages(original)
        assert "/Picture" in form(made.pdf).Resources.XObject
        assert difference(look(original), look(made.pdf)) < 3


def test_a_drawn_page_is_grey_where_it_is_grey_and_keeps_colour() -> None:
    """Grey takes half a byte for a dot; a red stamp stays red."""
    grey = printable.pages(bare(b"BT /F1 20 Tf 20 200 Td (Rechnung) Tj ET"))
    red = printable.pages(bare(b"BT /F1 20 Tf 1 0 0 rg 20 200 Td (Rechnung) Tj ET"))
    images = [form(made.pdf).Resources.XObject.Picture for made in (grey, red)]
    assert [str(image.ColorSpace) for image in images] == ["/DeviceGray", "/DeviceRGB"]
    assert int(images[0].BitsPerComponent) == 4


def test_pictures_are_scaled_to_200_dots_an_inch() -> None:
    """A scan of 600 dpi is shown at 200, one of 300 as it came; a photograph fits the sheet."""
    for dpi, expected in ((600, 1654), (300, 2480)):
        scan = io.BytesIO()
        Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 200).save(scan, "PDF", resolution=dpi)
        made = pikepdf.open(io.BytesIO(printable.pages(scan.getvalue()).pdf))
        (image,) = (
            o for o in made.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image
        )
        assert abs(int(image.Width) - expected) < 4
    photo = io.BytesIO()
    Image.new("RGB", (4000, 3000), "#884422").save(photo, "JPEG")
    made_of_photo = printable.pages(photo.getvalue())
    width, height = made_of_photo.sizes[0]
    shown = form(made_of_photo.pdf).Resources.XObject.Picture
    assert int(shown.Width) <= 842 / 72 * 200 + 1 and width > height


def test_a_huge_plan_does_not_fill_the_memory() -> None:
    """A drawn page of five metres is drawn smaller."""

    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = Array([0, 0, 14400, 14400])

    made = printable.pages(changed(bare(b"BT /F1 900 Tf (x) Tj ET"), stretch))
    assert int(form(made.pdf).Resources.XObject.Picture.Width) <= printable.WIDEST + 1


def test_the_pages_are_the_same_bytes_when_made_again() -> None:
    """Whatever was made before."""
    first = printable.pages(digital())
    printable.pages(bare(b"BT /F1 20 Tf 20 200 Td (Rechnung) Tj ET"))
    assert printable.pages(digital()) == first


@pytest.mark.parametrize(
    ("drawing", "kept"),
    [
        (b"/P <</MCID 0>> BDC q Q EMC", b" q Q "),
        (b"/Span <</ActualText (a\\)b) /Lang<6465>>> BDC 1 w EMC 2 w", b" 1 w  2 w"),
        (b"/Artifact BMC 1 w EMC", b" 1 w "),
        (b"/MC0 /MC1 DP 1 w", b" 1 w"),
        (b"BT (EMC /x BMC) Tj ET", b"BT (EMC /x BMC) Tj ET"),
        (b"q q 1 w", b"q q 1 w\nQ\nQ"),
        (b"Q", None),
        (b"(open", None),
        (b"% remark", None),
        (b"99999999999 w", None),
        (b"q " * 40, None),
    ],
)
def test_marks_go_and_strings_stay(drawing: bytes, kept: bytes | None) -> None:
    """Only what is on the list passes, and words within strings are no marks."""
    assert archivable._without_marks(drawing, Dictionary()) == kept


@pytest.mark.parametrize("piece", [b"(", b"((", b"<", b"/x<<", b"/a ", b"\\", b"(a", b"/x <<(a)"])
def test_looking_at_a_drawing_takes_time_by_its_length_alone(piece: bytes) -> None:
    """Twice the bytes take no more than about twice the time, whatever stands there."""
    import time

    def taken(count: int) -> float:
        begun = time.process_time()
        archivable._without_marks(piece * count, Dictionary())
        return time.process_time() - begun

    taken(1000)
    assert taken(80_000) < 8 * max(taken(20_000), 0.005)


def test_no_broken_page_stops_the_press() -> None:
    """Each byte of a page's description turned: pages or none, never an error."""
    original = digital()
    for at in range(0, len(original), max(len(original) // 150, 1)):
        broken = original[:at] + bytes([original[at] ^ 0x15]) + original[at + 1 :]
        assert len(printable.pages(broken).sizes) <= 1
