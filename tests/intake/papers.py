"""What the tests of paper share: samples with what they say, and words set on an invented page."""

from __future__ import annotations

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
