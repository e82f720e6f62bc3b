"""Till receipts as a telephone photographs them; the slips are made here, nobody ever bought anything."""

from __future__ import annotations

import io
import random

from tests.intake.photos import judged, photographed, printed, read, slip

from heller.casefile import clip
from heller.intake.paper import ocr, straight


def test_crooked_slips_in_bad_light_are_read() -> None:
    """Nine of ten fields at least, none wrong among what is proven; one slip lies on its head."""
    dice = random.Random(3)
    verdicts: list[str] = []
    for turned in (0, 180):
        one = slip(dice)
        verdicts += judged(read(photographed(printed(one.lines), dice, turned=turned)), one.says).values()
    assert verdicts.count("right") >= 0.9 * len(verdicts)
    assert "proven wrong" not in verdicts


def test_the_camera_says_which_side_is_up() -> None:
    """The orientation in the Exif data is followed: the picture needs no turning any more."""
    dice = random.Random(5)
    one = slip(dice)
    paper = read(photographed(printed(one.lines), dice, turned=90, exif=6))
    assert paper is not None and paper.said("gross") == one.says["gross"]
    source = paper.values["gross"].source
    assert source is not None
    turned = source.place.partition(" turned ")[2].split(" ")[0] or "0"
    assert min(int(turned), 360 - int(turned)) <= straight.STEEPEST


def test_the_clipped_place_shows_the_value() -> None:
    """What the inbox shows beside a value can be recognised again: the box is right on a crooked picture too."""
    dice = random.Random(9)
    one = slip(dice)
    photo = photographed(printed(one.lines), dice)
    paper = read(photo)
    assert paper is not None
    source = paper.values["gross"].source
    assert source is not None
    cut = clip.clip("slip.png", "d", "", source.place, photo)
    assert cut is not None
    seen = " ".join(word.text for word in ocr.see(cut).words)
    assert one.says["gross"].replace(".", ",") in seen


def test_a_page_of_a_pdf_that_lies_on_its_side_says_so() -> None:
    """Its places belong to the page once it was turned, and the clipped picture is turned as well."""
    dice = random.Random(9)
    one = slip(dice)
    out = io.BytesIO()
    printed(one.lines).rotate(90, expand=True).save(out, "PDF", resolution=300)
    paper = read(out.getvalue())
    assert paper is not None and paper.said("gross") == one.says["gross"]
    source = paper.values["gross"].source
    assert source is not None and " turned 270 " in source.place
    cut = clip.clip("slip.pdf", "d", "", source.place, out.getvalue())
    assert cut is not None
    assert one.says["gross"].replace(".", ",") in " ".join(word.text for word in ocr.see(cut).words)


def test_paper_slope_and_light() -> None:
    """A page on a table is found, the turn that levels its lines is told to the degree."""
    slip_of = printed(slip(random.Random(1)).lines)
    from PIL import Image

    table = Image.new("L", (slip_of.width + 600, slip_of.height + 300), 70)
    table.paste(slip_of, (400, 100))
    left, top, right, bottom = straight.paper(table)
    assert abs(left - 400) < 40 and abs(top - 100) < 40 and abs(right - 400 - slip_of.width) < 40
    assert abs(bottom - 100 - slip_of.height) < 40
    assert straight.paper(slip_of) == (0, 0, *slip_of.size)
    crooked = slip_of.rotate(5, expand=True, fillcolor=255)
    assert straight.slope(crooked) == -5
