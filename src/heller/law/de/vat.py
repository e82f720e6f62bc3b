"""German input VAT: only tax that is VAT and stands on a document that fits § 14 UStG or § 33 UStDV is deductible
(§ 15 UStG)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from heller.law.book.papers import VatLaw
from heller.law.book.refusals import LawRefused
from heller.law.de.costs import vat_share
from heller.model.kinds.invoice import Invoice, NoDeduction
from heller.model.money import Money
from heller.model.text import text

SMALL = 25_000  # cents: up to this sum an invoice needs neither number nor recipient (§ 33 UStDV)
_GERMAN = re.compile(r"DE\d{9}|\d{2,3}/\d{3}/\d{4,5}")
_FOREIGN = re.compile(r"[A-Z]{2}[\dA-Z]{7,}|CHE")


def refusal(invoice: Invoice) -> NoDeduction | None:
    """Why the VAT of an invoice cannot be deducted by what stands on it; None where it can."""
    if any(tax != "VAT" for tax in invoice.taxes):
        return NoDeduction.NOT_VAT
    if invoice.untaxed:
        return NoDeduction.WITHOUT_RIGHT
    german = any(map(_GERMAN.fullmatch, invoice.tax_ids))
    if not german and any(map(_FOREIGN.match, invoice.tax_ids)):
        return NoDeduction.FOREIGN
    if not invoice.number and abs(invoice.gross.cents) > SMALL:
        return NoDeduction.NO_NUMBER
    return None if invoice.seller else NoDeduction.NO_SELLER


def usual_rate(day: date) -> Decimal:
    """The usual rate of a day (§§ 12, 28 UStG); 0, the lower amount, on one before the book begins."""
    try:
        return vat_share(day)
    except LawRefused:
        return Decimal(0)


VAT = VatLaw(
    refusal,
    {
        NoDeduction.WITHOUT_RIGHT: text(
            "its seller says that no VAT is charged and shows VAT (§ 14c UStG), which cannot be deducted"
        ),
        NoDeduction.NO_NUMBER: text(
            "it has no number and is over {sum} (§ 14 UStG, § 33 UStDV)", sum=Money(SMALL)
        ),
        NoDeduction.NO_SELLER: text("it names no seller (§ 14 UStG)"),
    },
    usual_rate,
)
