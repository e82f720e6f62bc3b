"""The pocket card for the first hour: one sheet, in both languages, with what the case knows and lines for the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from heller import casefile
from heller.casefile.stamping import show
from heller.cli import app
from heller.dossier.card import card_pdf
from heller.model.kinds.fact import Fact


def text_of(pdf: bytes) -> str:
    """The words of its one page."""
    (page,) = pypdfium2.PdfDocument(pdf)
    assert [round(side) for side in page.get_size()] == [595, 842]
    return str(page.get_textpage().get_text_range()).replace("\r\n", " ")


@pytest.mark.parametrize(
    ("lang", "said"), [("de", "Kein Gespräch heimlich aufnehmen"), ("en", "Do not record a call in secret")]
)
def test_one_sheet_says_what_to_do(lang: str, said: str) -> None:
    """Without a case: lines to write on, the same bytes twice."""
    made = card_pdf({}, lang, date(2026, 11, 30), b"", "")
    assert said in text_of(made)
    assert card_pdf({}, lang, date(2026, 11, 30), b"", "") == made


def test_a_case_gives_names_and_its_anchor(tmp_path: Path) -> None:
    """Provider and contract stand on it, and the newest anchor as QR code and as words."""
    case, out = tmp_path / "case", tmp_path / "card.pdf"
    casefile.open_case(case)
    for key, value in (("provider.name", "Beispiel Telekom GmbH"), ("line.number", "B-4711")):
        casefile.note(case, Fact(key=key, value=value))
    line = show(case).line
    assert app.run(["card", str(case), "--out", str(out), "--lang", "en"]) == 0
    said = text_of(out.read_bytes())
    assert "Beispiel Telekom GmbH" in said and "B-4711" in said and line.split()[0] in said
