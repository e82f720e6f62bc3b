"""Scans and photos: recognised by a process of its own; where that does not run, the file is kept and that is said."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from tests.intake.documents import BERLIN, blob, codes, only
from tests.intake.papers import DATA, expected

from heller import intake
from heller.intake.paper import ocr, ocr_process
from heller.model.finding import Weight
from heller.model.kinds.paper import Paper
from heller.model.record import Reading
from heller.model.value import Support

SCAN = "scan_zugferd_invoice.jpg"


def read(data: bytes, name: str = SCAN) -> Reading:
    """What a picture says."""
    return intake.read(blob(data, name), BERLIN)


def turned(angle: int) -> bytes:
    """The scan as a phone would lay it."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(DATA / SCAN) as picture:
        picture.rotate(angle, expand=True).save(out, "JPEG", quality=85)
    return out.getvalue()


def test_a_scan_is_read_and_its_sums_prove_themselves() -> None:
    """All nine values are right; the sums are proven by the paper, the rest is only seen."""
    paper = only(read((DATA / SCAN).read_bytes()), Paper)
    assert {name: paper.said(name) for name in expected(SCAN)} == expected(SCAN)
    assert {name for name, value in paper.values.items() if value.grade == Support.PROVEN} == {
        "net",
        "vat",
        "gross",
        "pay",
    }
    assert paper.values["date"].grade == Support.SEEN


def test_a_scan_that_lies_on_its_side_is_turned() -> None:
    """The place says by how much, so that the clipped picture is the right one."""
    paper = only(read(turned(90)), Paper)
    assert paper.said("gross") == "1005.55"
    source = paper.values["gross"].source
    assert source is not None and int(source.place.split(" turned ")[1].split(" ")[0]) in (269, 270, 271)


def test_a_pdf_without_text_is_a_scan() -> None:
    """Places are points of the page."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(DATA / SCAN) as picture:
        picture.save(out, "PDF", resolution=200)
    paper = only(read(out.getvalue(), "scan.pdf"), Paper)
    assert (paper.said("gross"), paper.said("number")) == ("1005.55", "2014-03")
    source = paper.values["gross"].source
    assert source is not None
    box = [int(n) for n in source.place.rpartition(" ")[2].split(",")]
    assert max(box) < 900


def test_what_was_recognised_is_kept_on_a_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reading asks no program; a broken shelf costs time only."""
    data = (DATA / SCAN).read_bytes()
    with ocr.shelf(tmp_path / "ocr"):
        first = read(data)
        (kept,) = (tmp_path / "ocr").iterdir()
        with monkeypatch.context() as no_program:
            no_program.setattr(ocr, "_look", None)
            assert read(data) == first
        kept.write_bytes(b"{")
        assert read(data) == first


def test_where_nothing_recognises_the_picture_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning says what is missing and what to do; the process that breaks down is started again the next time."""
    ocr._seen_lately.cache_clear()
    with monkeypatch.context() as broken:
        broken.setattr(ocr_process, "_running", [])
        broken.setattr(sys, "executable", "/bin/true")
        got = read((DATA / SCAN).read_bytes())
    assert codes(read(turned(180))) == {"paper-waits"}
    assert got.records == ()
    assert codes(got) == {"no-recognition"}
    assert got.findings[0].weight is Weight.WARNING


def test_broken_and_huge_pictures_are_refused() -> None:
    """A picture that would fill the memory is not unpacked."""
    assert codes(read(b"\x89PNG\r\n\x1a\n rest", "Foto.png")) == {"refused"}
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert codes(read(out.getvalue(), "bomb.png")) == {"refused"}


def test_what_was_read_surely_is_not_read_again() -> None:
    """Known words fill the box of a line from end to end, or the line is read; each is given once."""
    import numpy as np

    from heller.intake.paper import recogniser
    from heller.intake.paper.layout import Word

    known = [Word("SUMME", 1, 10, 100, 60, 120, 99), Word("11,90", 1, 70, 100, 120, 120, 97)]
    whole = np.array([[8, 99], [122, 99], [122, 121], [8, 121]], dtype=np.float32)
    longer = np.array([[8, 99], [180, 99], [180, 121], [8, 121]], dtype=np.float32)
    (found,) = recogniser._of_words([whole, longer], known)
    assert (found[0], found[1].said, found[1].sure) == (id(whole), "SUMME 11,90", 0.97)


@pytest.mark.parametrize("angle", [0, 3, -4])
def test_where_a_sure_word_stands_in_the_second_look(angle: int) -> None:
    """Its place is followed through the turn and the crop, as the picture itself goes."""
    import numpy as np
    from PIL import Image, ImageDraw

    from heller.intake.paper.layout import Word
    from heller.intake.paper.ocr_process import Recognition

    picture = Image.new("L", (400, 700))
    ImageDraw.Draw(picture).rectangle((300, 100, 320, 110), fill=255)
    seen = Recognition((Word("x", 1, 300, 100, 320, 110, 99), Word("y", 1, 0, 0, 9, 9, 50)), 0, (400, 700))
    turned = picture.rotate(angle, expand=True)
    (word,) = ocr._sure(seen, angle, turned.size, (20, 30))
    rows, columns = np.nonzero(np.asarray(turned.crop((20, 30, *turned.size))) > 128)
    assert abs((word.x0 + word.x1) / 2 - columns.mean()) < 2
    assert abs((word.y0 + word.y1) / 2 - rows.mean()) < 2
