"""Looks for what an e-invoice states on the pages of its PDF, without taking the pages apart.

It only answers where there is no doubt; everything else is left to the reading of the pages as paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heller.intake.paper import naming
from heller.intake.paper.layout import Word, sheet
from heller.intake.paper.pdftext import TextLayer
from heller.intake.paper.placing import Pen
from heller.intake.paper.vocabulary import hits
from heller.model.kinds.invoice import Invoice
from heller.model.value import Value

SUMS = ("net", "vat", "gross")
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<sign>[-\N{MINUS SIGN}\N{EN DASH}]\s{0,3})?"
    r"(?P<number>(?:\d{1,3}(?:[.,'’ \N{NO-BREAK SPACE}]\d{3}){1,6}|\d{1,15})[.,]\d\d)(?![\w%]|[.,]\d|\s?%)"
)
_BLANK = re.compile("[ \N{NO-BREAK SPACE}]")
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"\S+")
COLUMN = 2.0  # points by which right edges of one column may differ


class Printed(NamedTuple):
    """An amount on a page: its cents, positive, whether a minus stands before it, and where it is."""

    cents: int
    minus: bool
    page: TextLayer
    span: tuple[int, int]

    def word(self) -> Word | None:
        """The characters with their box."""
        return self.page.word(*self.span)


def values_on_pages(pages: Sequence[TextLayer], invoice: Invoice, pen: Pen) -> dict[str, Value]:
    """Number, net, VAT and gross of the data where the pages show them; fewer where one is in doubt.

    The sums are in doubt where one is missing or is equal to another, where their signs differ, and where a
    greater amount stands below them or in their column: the picture may have another total.
    """
    found = {}
    if number := _number(pages, invoice.number):
        found["number"] = pen.value(invoice.number, [number])
    sums = _sums(list(_printed(pages)), invoice)
    return {**found, **{name: _value(pen, invoice, name, *sums[name]) for name in sums}}


def _value(pen: Pen, invoice: Invoice, name: str, printed: Printed, word: Word) -> Value:
    worth = abs(getattr(invoice, name).decimal)
    return pen.value(str(-worth if printed.minus else worth), [word], word.text)


def _sums(printed: list[Printed], invoice: Invoice) -> dict[str, tuple[Printed, Word]]:
    net, vat, gross = (abs(getattr(invoice, name).cents) for name in SUMS)
    if not 0 < vat < net or vat == net or net + vat != gross:
        return {}
    found = {
        name: next(_standing(printed, cents), None)
        for name, cents in zip(SUMS, (net, vat, gross), strict=True)
    }
    sure = {name: one for name, one in found.items() if one}
    if len(sure) < len(SUMS) or len({one.minus for one, _ in sure.values()}) > 1:
        return {}
    greater = (other.word() for other in printed if other.cents > gross)
    doubtful = any(word is None or _may_be_total(word, sure["net"][1], sure["gross"][1]) for word in greater)
    return {} if doubtful else sure


def _standing(printed: list[Printed], cents: int) -> Iterator[tuple[Printed, Word]]:
    """The amounts of this worth on the visible pages, the last first: sums stand behind lines."""
    for one in reversed(printed):
        if one.cents == cents and (word := one.word()):
            yield one, word


def _may_be_total(word: Word, net: Word, gross: Word) -> bool:
    below = word.page > net.page or (word.page == net.page and word.y1 > net.y0)
    return below or abs(word.x1 - gross.x1) < COLUMN


def _printed(pages: Sequence[TextLayer]) -> Iterator[Printed]:
    for page in pages:
        for match in _AMOUNT.finditer(page.said):
            start, end = match.span("number")
            whole = start
            for blank in _BLANK.finditer(page.said, start, end):
                if page.parted(blank.start()):  # a quantity or rate of the column before
                    start = blank.end()
            minus = bool(match["sign"]) and start == whole
            start -= int(minus and match["sign"].strip() == match["sign"])
            yield Printed(int("".join(filter(str.isdigit, page.said[start:end]))), minus, page, (start, end))


def named_number(pages: Sequence[TextLayer], pen: Pen) -> Value | None:
    """The number that the pages name in one line with its label, whichever it is."""
    words = [
        page.word(line.start() + word.start(), line.start() + word.end())
        for page in pages
        for line in _LINE.finditer(page.said)
        if next(iter(hits("number", line[0])), None)
        for word in _WORD.finditer(line[0])
    ]
    number, _ = naming.choose(naming.numbers_of(sheet([word for word in words if word])))
    return pen.value(number.value, number.words) if number else None


def _number(pages: Sequence[TextLayer], number: str) -> Word | None:
    """Where the pages show the number as a word of its own."""
    if not number:
        return None
    own = re.compile(rf"(?<![\w-]){re.escape(number)}(?![\w-])")
    places = (page.word(*match.span()) for page in pages for match in own.finditer(page.said))
    return next(filter(None, places), None)
