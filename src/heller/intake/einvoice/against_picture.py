"""Compares an e-invoice with the picture that people see: the text of the PDF's pages.

It says only what the picture contradicts, with both values and both places; a picture without text (a scan)
says nothing. Where the picture shows the same sums, that is a path that bears them out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.intake.across.identity import letters
from heller.intake.einvoice import against_words
from heller.intake.einvoice.against_words import SUMS
from heller.intake.paper import amounts, naming, pdftext, sums
from heller.intake.paper.layout import sheet
from heller.intake.paper.pdftext import TextLayer
from heller.intake.paper.placing import Pen, of_totals
from heller.model.finding import Finding, Locator
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money
from heller.model.text import Text, text
from heller.model.value import Value

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

ENOUGH = 80  # letters and digits below which a picture is taken for a scan
SHOWN = "picture:"  # before the name of a value: its place in the picture


def compare(document: PdfDocument, invoice: Invoice) -> tuple[Invoice, list[Finding]]:
    """The invoice with the places of its values in the picture, and what the picture contradicts.

    Most pictures show what the data say, and so plainly that looking for it is enough. What is left is taken
    apart like an invoice on paper, which takes several times as long.
    """
    from pypdfium2 import PdfiumError

    try:
        pages = pdftext.layers(document)
        seen = "\n".join(page.said for page in pages)
        if sum(map(str.isalnum, seen)) < ENOUGH:
            return invoice, []
        shown = _plain(pages, invoice) or _values_on_pages(document, invoice)
    except PdfiumError:  # a broken page shows nothing that could be compared
        return invoice, []
    return _borne_out(invoice, shown), _contradictions(seen, invoice, shown)


def _plain(pages: list[TextLayer], invoice: Invoice) -> dict[str, Value]:
    """Number and sums where looking for them is enough, else nothing."""
    pen = Pen(_outside(invoice), seen=False)
    found = against_words.values_on_pages(pages, invoice, pen)
    if not found.keys() >= set(SUMS):
        return {}
    number = found.get("number") or against_words.named_number(pages, pen)
    return {**found, "number": number} if number else {}


def _outside(invoice: Invoice) -> Locator:
    """The file around the data: places of the picture belong to it."""
    return Locator(invoice.source.object, member=invoice.source.member.rpartition("!/")[0])


def _values_on_pages(document: PdfDocument, invoice: Invoice) -> dict[str, Value]:
    """Sums and number as the pages name them.

    Only what is compared is looked for: who sells and when is not read from the pages.
    """
    words, sizes = pdftext.words(document)
    if not pdftext.enough(words):
        return {}
    page = sheet(words, sizes)
    pen = Pen(_outside(invoice), seen=False)
    found = of_totals(sums.totals(amounts.figures(page)), pen)
    number, _ = naming.choose(naming.numbers_of(page))
    return {**found, "number": pen.value(number.value, number.words)} if number else found


def _borne_out(invoice: Invoice, shown: dict[str, Value]) -> Invoice:
    """Places of the same values on the pages; `picture` among the proofs where all three sums stand there."""
    gross = shown.get("gross")
    sign = -1 if gross and str(gross.value).startswith("-") and invoice.gross.cents > 0 else 1
    places = {}
    for name in SUMS:
        found, sum_ = shown.get(name), getattr(invoice, name)
        if found and found.source and str(sum_.decimal * sign) == found.value:
            places[SHOWN + name] = found.source
    number = shown.get("number")
    if number and number.source and letters(str(number.value)) == letters(invoice.number):
        places[SHOWN + "number"] = number.source
    whole = all(SHOWN + name in places for name in SUMS)
    return replace(
        invoice,
        places={**invoice.places, **places},
        proven_by=(*invoice.proven_by, "picture") if whole else invoice.proven_by,
    )


def _contradictions(seen: str, invoice: Invoice, shown: dict[str, Value]) -> list[Finding]:
    """The number and the gross amount, where the pages do not show them anywhere."""
    found = []
    if invoice.number and letters(invoice.number) not in letters(seen):
        what = text(
            "The picture of the invoice does not show the number {number} of its data.", number=invoice.number
        )
        found.append(_finding("number", what, invoice, shown.get("number")))
    if not shows(seen, invoice.gross):
        what = text(
            "The picture of the invoice does not show the gross amount {gross} of its data.",
            gross=invoice.gross,
        )
        found.append(_finding("gross", what, invoice, shown.get("gross")))
    return found


def _finding(name: str, what: Text, invoice: Invoice, shown: Value | None) -> Finding:
    do = text("Ask the seller which of the two counts: they may be two invoices (§ 14c UStG).")
    if shown and shown.source:
        what = text(
            "{what} It shows {value} instead ({place}).",
            what=what,
            value=str(shown.source.raw or shown.value),
            place=_page(shown.source),
        )
    return Finding(f"picture-{name}", what, do, source=invoice.places.get(name, invoice.source))


def _page(source: Locator) -> Text | str:
    found = re.match(r"page (\d+)", source.place)
    return text("page {n}", n=int(found[1])) if found else source.place


def shows(seen: str, amount: Money) -> bool:
    """Whether a text shows an amount, with German or English marks or none.

    >>> shows("Gesamt 1.234,50 EUR", Money(123450)), shows("Gesamt 1.234,50 EUR", Money(23450))
    (True, False)
    """
    whole, cents = divmod(abs(amount.cents), 100)
    groups = f"{whole:,}".split(",")
    tail = f"[.,]{cents:02}" if cents else r"(?:[.,](?:00|--?|\N{EN DASH}))?"
    pattern = (
        r"(?<![\d])(?<!\d[.,])" + r"[.,'\s\N{NO-BREAK SPACE}]?".join(groups) + tail + r"(?!\d)(?![.,]\d)"
    )
    return re.search(pattern, seen) is not None
