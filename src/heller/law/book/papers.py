"""What a country asks of papers: how long they are kept, and when the VAT on one can be deducted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.model.damage import NormRef
from heller.model.kinds.invoice import Invoice, NoDeduction
from heller.model.text import Text, text


class Retention(Struct, frozen=True):
    """Until when a paper is kept at least, and the rules: the period begins with the end of its year."""

    until: date
    computation: Text
    sources: tuple[NormRef, ...]


RetentionOf = Callable[[date, date], Retention]  # of a paper of a day, by the law of today


class VatLaw(Struct, frozen=True):
    """When the VAT of an invoice cannot be deducted, by what stands on it (None: it can), and why in words; `rate` is
    the usual one of a day."""

    refusal: Callable[[Invoice], NoDeduction | None]
    words: Mapping[NoDeduction, Text]
    rate: Callable[[date], Decimal] = lambda day: Decimal(0)  # not known: the lower amount


def nothing_refused(invoice: Invoice) -> NoDeduction | None:
    """Where the rules of a country are not known the tax counts as deductible: the lower amount."""
    return None


PLAIN_VAT = VatLaw(nothing_refused, {})
PLAIN_WORDS: Mapping[NoDeduction, Text] = {
    NoDeduction.NOT_VAT: text("the tax on it is not VAT and cannot be deducted"),
    NoDeduction.WITHOUT_RIGHT: text(
        "its seller says that no VAT is charged and shows VAT, which cannot be deducted"
    ),
    NoDeduction.FOREIGN: text("it bears foreign VAT, which is no input tax here"),
    NoDeduction.NO_NUMBER: text("it has no number and is no small invoice"),
    NoDeduction.NO_SELLER: text("it names no seller"),
}
