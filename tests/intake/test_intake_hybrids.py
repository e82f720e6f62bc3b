"""Hybrids: what the picture says beside the data."""

from __future__ import annotations

from tests.intake.documents import BERLIN, only, sample

from heller import intake
from heller.intake import picture, plain
from heller.model.record import Invoice

TWO = "MustangGnuaccountingBeispielRE-20201121_508_withBOM.pdf"


def test_a_contradiction_names_both_values_and_places() -> None:
    """The data say 508, the picture 507: both are in the finding, with the page."""
    reading = intake.read(sample(TWO), BERLIN)
    (found,) = (f for f in reading.findings if f.code == "picture-number")
    assert found.text.args["value"] == "RE-20190610/507"
    assert found.text.args["place"] == "page 1"
    assert "RE-20201121/508" in str(found.text.args["what"])
    assert found.source is not None and found.source.member.endswith(".xml")


def test_a_picture_that_shows_the_same_bears_the_sums_out() -> None:
    """`picture` is a path of proof, and the boxes of the values are kept."""
    invoice = only(intake.read(sample(TWO), BERLIN), Invoice)
    assert "picture" in invoice.proven_by
    (document,) = plain.documents(intake.read(sample(TWO), BERLIN))
    assert document.values["gross"].also == (invoice.places[picture.SHOWN + "gross"],)
    box = invoice.places[picture.SHOWN + "gross"]
    assert box.place.startswith("page 1 at ") and box.raw.startswith("571.04")
