"""Names of firms by the legal form that they end in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from heller.intake.paper.layout import Cell, Sheet, cell_of, fold
from heller.intake.paper.letterhead import SEPARATOR, Party, is_name
from heller.intake.paper.vocabulary import words_of

LONG = 6  # letters of a form ('sdn bhd') that no sentence holds
_NUMBERED = re.compile(r"^\d{1,3} (?=\D)")  # '99 Muster GmbH'


def with_suffix(sheet: Sheet, cell: Cell) -> Cell:
    """'Muster GmbH & Co.' with the 'KG' behind a blank as wide as between two columns."""
    right = sheet.right_of(cell) if cell.text.endswith(("& Co.", "& Co")) else None
    return (
        cell_of((*cell.words, *right.words), cell.line)
        if right and right.text in ("KG", "OHG", "KGaA")
        else cell
    )


@cache
def _form() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, words_of("forms", "words")), key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{forms})(?:\s*&\s*co\.?\s*(?:kgaa|kg|ohg)?)?(?![\w])")


def parties(cell: Cell) -> Iterator[Party]:
    """Names that end in a legal form: the words before it up to a separator."""
    plain = fold(cell.text)
    for match in _form().finditer(plain):
        upper = cell.text[match.start() : match.end()]
        if upper.islower() and upper in (
            "ag",
            "se",
            "as",
            "sa",
            "ab",
            "eg",
            "ek",
            "ug",
            "sl",
            "spa",
            "oy",
            "inc",
            "limited",
        ):
            continue  # a word of a sentence
        start = max((m.end() for m in SEPARATOR.finditer(cell.text, 0, match.start())), default=0)
        colon = cell.text.rfind(": ", start, match.start())
        start = colon + 2 if colon >= 0 else start
        name = cell.text[start : match.end()].strip(" ,")
        if (
            is_name(unnumbered(name))
            and 1 < len(name.split()) <= 7
            and not only_form(name)
            and name[0].isalnum()
            and _begins_a_name(name, match)
        ):
            yield Party(name, cell.words_at(start, match.end()))


def unnumbered(name: str) -> str:
    """A name without a number that it begins with."""
    return _NUMBERED.sub("", name)


def has_form(said: str) -> bool:
    """Whether a legal form stands in a name."""
    return _form().search(fold(said)) is not None


def only_form(said: str) -> bool:
    """Whether a text is a legal form and nothing else: the name stands in the line above."""
    return _form().fullmatch(fold(said).strip()) is not None


def _begins_a_name(name: str, form: re.Match[str]) -> bool:
    """A capital in its first word: 'Hetzner', but 'eBay' as well; a form that is no word needs none."""
    return any(c.isupper() or c.isdigit() for c in name.split()[0]) or len(form[0]) > LONG
