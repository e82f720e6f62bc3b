"""Compares an e-invoice with the picture that people see: the text of the PDF's pages.

It says only what the picture contradicts; a picture without text (a scan) says nothing.
"""

from __future__ import annotations

import re
from threading import Lock

from heller.intake.match import letters
from heller.model.finding import Finding, Locator
from heller.model.money import Money
from heller.model.record import Invoice
from heller.model.text import text

PAGES = 30
ENOUGH = 80  # letters and digits below which a picture is taken for a scan
_ONE_AT_A_TIME = Lock()  # PDFium is not made for several threads


def page_text(data: bytes) -> str:
    """The text of the first pages, '' where there is none or the file is broken."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return ""
        try:
            pages = (pdf[n].get_textpage().get_text_bounded() for n in range(min(len(pdf), PAGES)))
            return "\n".join(pages)
        except pypdfium2.PdfiumError:
            return ""
        finally:
            pdf.close()


def contradictions(data: bytes, invoice: Invoice) -> list[Finding]:
    """The number and the gross amount, where the pages have text and do not show them."""
    seen = page_text(data)
    if len(letters(seen)) < ENOUGH:
        return []
    found = []
    if invoice.number and letters(invoice.number) not in letters(seen):
        found.append(
            Finding(
                "picture-number",
                text(
                    "The picture of the invoice does not show the number {number} of its data.",
                    number=invoice.number,
                ),
                text("Ask the seller which of the two counts: they may be two invoices (§ 14c UStG)."),
                source=_place(invoice, "number"),
            )
        )
    if not shows(seen, invoice.gross):
        found.append(
            Finding(
                "picture-gross",
                text(
                    "The picture of the invoice does not show the gross amount {gross} of its data.",
                    gross=invoice.gross,
                ),
                text("Ask the seller which of the two counts: they may be two invoices (§ 14c UStG)."),
                source=_place(invoice, "gross"),
            )
        )
    return found


def _place(invoice: Invoice, name: str) -> Locator:
    return invoice.places.get(name, invoice.source)


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
