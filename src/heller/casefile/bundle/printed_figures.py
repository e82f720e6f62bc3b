"""Compares the words of two dossiers where their bytes cannot be the same: sums, days and names.

A dossier that another version typeset has other bytes and may say things in other words. What it may not do
is to state another sum than the claim that lies beside it. It reads text; pictures are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from heller.casefile.apart import process
from heller.casefile.apart.budget import OverBudget
from heller.casefile.bundle.foreign_parts import foreign_parts

SUM = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,\s]\d{3}){1,6}|\d{1,15})[.,](\d{2})(?![\d.,]{0,40}\d)")
DAY = re.compile(  # 04.02.2015, 4. Februar 2015, 4 Feb 2015
    r"(?<![\d.])(\d{1,2}\. ?(?:\d{1,2}\.|[A-Zäöü][a-zäöü]{2,8}) ?\d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})(?!\d)"
)
BLANKS = re.compile("[\\s\u00ad\u200b\u2060\ufffe\u2010-\u2013-]+")


class Printed(Struct, frozen=True):
    """What the pages of a dossier state: sums in cents and days, each with the page where it stands first, their
    lines with their pages, and all their letters without blanks; what lies in the PDF that no Heller puts there, or
    stands beside the pages and on none; the SHA-256 of the files that are attached; what is shown on demand."""

    sums: Mapping[int, int]
    days: Mapping[str, int]
    letters: str
    lines: tuple[tuple[int, str], ...] = ()
    foreign: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def printed(pdf: bytes) -> Printed:
    """What a PDF states; raises ValueError where it is none, or costs more than a file may."""
    try:
        found = process.ask("printed", (), [pdf])
    except (OverBudget, process.Broken) as error:
        raise ValueError("no PDF that can be read") from error
    return msgspec.msgpack.decode(found or b"", type=Printed)


def packed_printed(pdf: bytes) -> bytes:
    """What a PDF states, read here and now, as bytes; raises ValueError where it is none."""
    pages = list(_pages(pdf))
    letters, beside = "".join(_letters(said) for _, said in pages), foreign_parts(pdf)
    unsaid = tuple(said for said in beside.words if _letters(said) not in letters)
    found = Printed(
        _first((page, cents(*found)) for page, said in pages for found in SUM.findall(said)),
        _first((page, BLANKS.sub("", day)) for page, said in pages for day in DAY.findall(said)),
        letters,
        tuple((page, line) for page, said in pages for row in said.splitlines() if (line := row.strip())),
        (*beside.foreign, *unsaid),
        beside.attached,
        beside.hints,
    )
    return msgspec.msgpack.encode(found)


def _letters(said: str) -> str:
    """A text without blanks and without the signs at which a line may end."""
    return BLANKS.sub("", said)


def cents(whole: str, part: str) -> int:
    """A sum as it is printed, in either language, in cents."""
    return int(re.sub(r"\D", "", whole) + part)


def absent(told: Mapping[str, Any], given: Printed) -> Iterator[str]:
    """What a claim for programs (heller-claim/1) states and its pages do not: what is due, what the damage
    is, between whom. Sums as '12649.95'; raises KeyError and the like where it is no such claim."""
    for total in ("damage", "due"):
        owed = int(told["totals"][total]["likely"]["cents"])
        if owed not in given.sums:
            yield f"{owed // 100}.{owed % 100:02}"
    for party in told["parties"].values():
        name = str(party.get("name") or "")
        if _letters(name) not in given.letters:
            yield name


def strange(given: Printed, known: Printed, told: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Sums and days that the pages state and neither the pages made again nor the claim for programs know,
    each with its page."""
    amounts = set(_cents_in(told)) | known.sums.keys()
    sums = [(f"{n // 100}.{n % 100:02}", page) for n, page in given.sums.items() if n not in amounts]
    days = [(day, page) for day, page in given.days.items() if day not in known.days]
    return tuple(sorted((*sums, *days), key=lambda found: found[1]))


def strange_lines(given: Printed, known: Printed) -> list[tuple[int, str]]:
    """The lines on the pages whose words the pages made again do not say, each with its page: figures and where lines
    end mean nothing here. The other way round they are the lines that were left out."""
    said = _words_of(known.letters)
    return [
        (page, line) for page, line in given.lines if (own := _words_of(_letters(line))) and own not in said
    ]


def strange_hints(given: Printed, known: Printed) -> list[str]:
    """What is shown on demand and neither the pages say nor the pages made again show."""
    said = {_words_of(_letters(one)) for one in known.hints}
    return [
        one
        for one in given.hints
        if (own := _words_of(_letters(one))) not in said and own not in _words_of(given.letters)
    ]


def _words_of(letters: str) -> str:
    """Letters alone."""
    return "".join(filter(str.isalpha, letters))


def _cents_in(told: object) -> Iterator[int]:
    if isinstance(told, dict):
        if type(told.get("cents")) is int:
            yield abs(told["cents"])
        for value in told.values():
            yield from _cents_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from _cents_in(value)


def _first(found: Iterable[tuple[int, Any]]) -> dict[Any, int]:
    kept: dict[Any, int] = {}
    for page, what in found:
        kept.setdefault(what, page)
    return kept


def _pages(pdf: bytes) -> Iterator[tuple[int, str]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("no PDF") from error
    try:
        for number, page in enumerate(document, 1):
            said = page.get_textpage()
            yield number, said.get_text_range()
            said.close()
            page.close()
    finally:
        document.close()
