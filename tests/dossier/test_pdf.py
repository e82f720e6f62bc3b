"""The dossier is a file that an archive, a court and a reader accept."""

import io
import json
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from tests.dossier import fixture

from heller import dossier
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.damage import Assessment
from heller.model.finding import Finding
from heller.model.kinds.fact import Fact
from heller.model.outage import Detection
from heller.model.text import text


@pytest.fixture(scope="module", params=["de", "en"])
def made(request: pytest.FixtureRequest) -> bytes:
    """The PDF of the claim made by hand."""
    return dossier.typeset(dossier.compose(fixture.claim(), request.param), fixture.ORIGINALS)


def words(pdf: bytes) -> str:
    """All that the pages say, blanks made alike."""
    pages = pypdfium2.PdfDocument(pdf)
    said = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(said.replace("\xa0", " ").replace("\u202f", " ").split())


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every font descriptor of every page."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield item


def test_it_keeps_the_rules_of_an_archive(made: bytes) -> None:
    """PDF/A-3b and PDF/UA-1 by its metadata, one output intent, every font inside, an identifier."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        meta = pdf.open_metadata()
        assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("3", "B")
        assert meta.get("pdfuaid:part") == "1"
        assert len(pdf.Root.OutputIntents) == 1
        described = list(fonts(pdf))
        assert described
        assert all("/FontFile2" in f or "/FontFile3" in f for f in described)
        assert "/ID" in pdf.trailer


def test_every_original_is_inside_exactly_as_received(made: bytes) -> None:
    """Each attachment has its relation, and its bytes are those of the original."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        files = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
        assert len(pdf.Root.AF) == len(files)
        assert all("/AFRelationship" in spec for spec in pdf.Root.AF)
    assert set(fixture.ORIGINALS.values()) <= set(files.values())
    claim = json.loads(files["heller-claim.json"])
    assert claim["schema"] == "heller-claim/1"


def test_every_exhibit_bears_its_stamp(made: bytes) -> None:
    """'Anlage K n' or 'Exhibit K n' stands for each."""
    said = words(made)
    for exhibit in fixture.claim().case.exhibits:
        assert f"Anlage K {exhibit.number}" in said or f"Exhibit K {exhibit.number}" in said


def test_it_is_the_same_bytes_when_made_again(made: bytes) -> None:
    """Nothing in it depends on the hour or on chance."""
    lang = "de" if "Anlage K" in words(made) else "en"
    again = dossier.typeset(dossier.compose(fixture.claim(), lang), fixture.ORIGINALS)
    assert again == made


def test_the_letter_adds_the_interest_once() -> None:
    """Each row is a step of the chain; the interest is one of them, and they add up to what is due."""
    claim = fixture.claim()
    fall = claim.waterfall
    letter = dossier.compose(claim, "en").letter
    assert letter is not None
    table = next(block for block in letter.blocks if type(block).__name__ == "Table")
    amounts = [row.cells[1].text for row in table.rows]  # type: ignore[union-attr]
    from heller.dossier.wording import Words
    from heller.model.money import total

    say = Words("en").money
    moved = [
        amount for step, amount in fall.cautious if amount and step.key not in ("gross", "not_recoverable")
    ]
    expected = [claim.assessment.total.low, *moved] if moved else []
    assert amounts == [say(one) for one in (*expected, fall.due.low)]
    assert total(expected) == fall.due.low or not moved


def test_what_is_not_verified_is_not_printed_for_the_other_side() -> None:
    """An unverified reading stands in the advice alone, and the advice says whom it is for."""
    claim = fixture.claim()
    unsure = [a for a in claim.waterfall.alternatives if a.norm.mark in ("INF", "UNVERIFIED")]
    assert unsure, "the fixture needs an unverified reading"
    outer = words(dossier.typeset(dossier.compose(claim, "en"), fixture.ORIGINALS))
    inner = words(dossier.typeset(dossier.compose(claim, "en", inner=True), {}))
    assert "(not verified)" not in outer
    assert "(not verified)" in inner
    assert "Confidential: not for the other side" in inner
    assert "Confidential" not in outer
    assert "Chance of winning" in inner
    assert "Chance of winning" not in outer


@pytest.mark.parametrize(
    "name", ['#panic() $x$ *a* _b_ `c` [d] <e> @f \\ // "g"', "Ünïcödé 公司 \u200f", "x" * 300]
)
def test_no_name_breaks_the_press(name: str) -> None:
    """What people type is text and never a command of the typesetter."""
    claim = fixture.claim()
    noted = (*claim.case.noted, Fact("firm.name", name), Fact("provider.name", name))
    odd = replace(claim, case=replace(claim.case, noted=noted))
    assert dossier.typeset(dossier.compose(odd, "de"), fixture.ORIGINALS).startswith(b"%PDF")


def test_an_empty_case_has_a_dossier_too() -> None:
    """No outage, no damage, no exhibit: it says so and does not fail."""
    full: Claim = fixture.claim()
    empty = replace(
        full,
        case=Case("c0ffee", full.case.opened, head="ab" * 32),
        detection=Detection(),
        assessment=Assessment((), (), type(full.assessment.total)(), ()),
        waterfall=replace(full.waterfall, steps=(), alternatives=(), lifts=(), costs=None),
        missing=(),
        next_steps=(),
        findings=(),
    )
    for inner in (False, True):
        assert dossier.typeset(dossier.compose(empty, "de", inner=inner), {}).startswith(b"%PDF")


def test_the_page_on_checking_names_what_is_left_out() -> None:
    """Erased entries, withdrawn and unread exhibits each have a line there; without any there is no such heading."""
    claim = fixture.claim()
    first, *rest = claim.case.exhibits
    what = text("{name} was not read: {why}. It is kept as an exhibit.", name="a.eml", why="x")
    reading = replace(first.reading, findings=(Finding("unread-time", what),))
    erased = Finding("entry-erased", text("What entry {seq} said was erased.", seq=7))
    case = replace(
        claim.case, exhibits=(replace(first, reading=reading), *rest), findings=(*claim.case.findings, erased)
    )
    said = str(dossier.compose(replace(claim, case=case), "en"))
    assert "What is left out" in said and "What entry 7 said was erased." in said
    assert f"Exhibit K {first.number}: a.eml was not read" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "What is left out" not in str(dossier.compose(claim, "en"))
