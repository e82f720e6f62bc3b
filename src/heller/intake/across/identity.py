"""When two readings are of one invoice: what they are compared by, and whether they say the same.

Pure. Names and numbers are compared by their letters and digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from heller.intake.across.decisions import provisional
from heller.model.kinds.invoice import Invoice, InvoiceLine
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.record import Reading

LEGAL_FORMS = frozenset(
    {
        "gmbh",
        "mbh",
        "ggmbh",
        "gesmbh",
        "ag",
        "gag",
        "kg",
        "kgaa",
        "ohg",
        "og",
        "gbr",
        "gesbr",
        "ug",
        "gug",
        "se",
    }
    | {
        "haftungsbeschränkt",
        "ek",
        "ekfm",
        "ekfr",
        "eg",
        "ev",
        "partg",
        "partgmbb",
        "mbb",
        "aör",
        "kdör",
        "vvag",
        "co",
    }
    | {"und", "and", "inc", "ltd", "limited", "plc", "llc", "llp", "sa", "sas", "sarl", "srl", "bv", "nv"}
)
DOTTED_FORM = re.compile(r"\be\.\s?(kfm|kfr|k|v|g|u)\b\.?", re.IGNORECASE)  # 'e. K.', 'e.V.'


@lru_cache(4096)
def letters(said: str) -> str:
    """Letters and digits only, small: how numbers and names are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", said).casefold() if c.isalnum())


@lru_cache(4096)
def name_of(seller: str) -> str:
    """A seller's name without its legal form, as letters."""
    plain = DOTTED_FORM.sub(r"e\1", seller).replace(".", "")
    kept = [word for word in plain.split() if letters(word) not in LEGAL_FORMS | {"eu"} or word == "EU"]
    return letters(" ".join(kept))


def invoices(reading: Reading) -> Iterator[Invoice]:
    """The invoices of a reading; a paper that waits is compared as the invoice that it may be."""
    for record in reading.records:
        invoice = provisional(record) if isinstance(record, Paper) else record
        if isinstance(invoice, Invoice):
            yield invoice


class Key(NamedTuple):
    """What makes two readings of an invoice the same invoice."""

    seller: str
    number: str
    issued: date
    gross: Money
    credit: bool


def key_of(invoice: Invoice) -> Key:
    """Seller and number compared by letters and digits, the rest as stated."""
    return Key(
        name_of(invoice.seller), letters(invoice.number), invoice.issued, invoice.gross, invoice.credit
    )


def same_lines(one: Invoice, other: Invoice) -> bool:
    """Whether amounts and quantities of the lines agree; a file without them does not contradict."""
    if not one.lines or not other.lines:
        return True
    return _amounts(one.lines) == _amounts(other.lines) and (
        _uncounted(one.lines)
        or _uncounted(other.lines)
        or _sums_and_counts(one.lines) == _sums_and_counts(other.lines)
    )


def _amounts(lines: tuple[InvoiceLine, ...]) -> list[int]:
    return sorted(line.net.cents for line in lines)


def _sums_and_counts(lines: tuple[InvoiceLine, ...]) -> list[tuple[int, Decimal | None]]:
    return sorted((line.net.cents, line.quantity) for line in lines)


def _uncounted(lines: tuple[InvoiceLine, ...]) -> bool:
    return any(line.quantity is None for line in lines)


def same_payee(one: Invoice, other: Invoice) -> bool:
    """Whether the same accounts and names are to be paid. Silence contradicts only between e-invoices with
    lines: a paper and a profile without lines (MINIMUM, BASIC WL) may leave the payee out."""
    whole = all(invoice.syntax and invoice.lines for invoice in (one, other))
    silent = not one.payee or not other.payee
    return one.payee == other.payee or (silent and not whole)
