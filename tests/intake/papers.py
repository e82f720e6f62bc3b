"""What the tests of paper share: samples with what they say, and words set on an invented page."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

from tests.intake.documents import BERLIN, blob, only

from heller import intake
from heller.intake.paper import reading
from heller.intake.paper.layout import Word, sheet
from heller.model.finding import Finding, Locator
from heller.model.kinds.paper import Paper

DATA = Path(__file__).parent / "data" / "paper"


def expected(name: str) -> dict[str, str]:
    """What a sample says, read off by eye or from its XML."""
    said: dict[str, str] = json.loads((DATA / f"{name}.expected.json").read_text("utf-8"))
    return said


def paper(name: str) -> Paper:
    """What is read from a sample."""
    return only(intake.read(blob((DATA / name).read_bytes(), name), BERLIN), Paper)


def page(lines: Sequence[str], *, wide: float = 6.0, tall: float = 12.0) -> list[Word]:
    """The words of a page in letters of one width; two blanks and more part the cells."""
    words = []
    for n, line in enumerate(lines):
        at = 0
        for word in line.split(" "):
            if word:
                y = 40 + 1.4 * tall * n
                words.append(Word(word, 1, 40 + at * wide, y, 40 + (at + len(word)) * wide, y + tall))
            at += len(word) + 1
    return words


def read(lines: Sequence[str], *, seen: bool = False) -> tuple[Paper | None, tuple[Finding, ...]]:
    """What an invented page says."""
    return reading.read(sheet(page(lines)), Locator("digest"), seen=seen)


def said(lines: Sequence[str]) -> Paper:
    """The paper that an invented page is."""
    found, _ = read(lines)
    assert found is not None
    return found


def printed(lines: list[str]) -> bytes:
    """A PDF of one page with these lines in letters of one width."""
    import pikepdf

    said = "".join(f"({line.translate(_ESCAPED)}) Tj T*\n" for line in lines)
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(842, 595))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pdf.make_stream(f"BT /F 9 Tf 13 TL 30 560 Td\n{said}ET".encode("cp1252"))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
