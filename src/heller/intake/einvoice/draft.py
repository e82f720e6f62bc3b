"""What an e-invoice states, before anything is judged: the common ground of all syntaxes."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from heller.intake.einvoice.xml import Stated
from heller.model.document_class import DocumentClass
from heller.model.finding import Locator


class DraftLine(Struct, frozen=True):
    """One line as stated."""

    words: str
    net: Stated
    quantity: Decimal | None = None


class Extra(Struct, frozen=True):
    """An allowance (taken off) or a charge on the whole document."""

    charge: bool
    amount: Stated


class Rate(Struct, frozen=True):
    """The tax of one rate: percentage, base and tax as stated; `category` is UNTDID 5305 (S, Z, E, AE ...)."""

    percent: Stated
    base: Stated
    tax: Stated
    category: str = ""


class Named(Struct, frozen=True):
    """Another document that this one names: its number, its class, and its day as stated."""

    number: Stated
    of: DocumentClass
    issued: str = ""


class Draft(Struct, frozen=True):
    """What an e-invoice states, before anything is judged. Absent is None."""

    source: Locator
    currency: str = ""
    kind: Stated | None = None
    credit: bool = False
    number: Stated | None = None
    issued: Stated | None = None
    seller: Stated | None = None
    buyer: Stated | None = None
    net: Stated | None = None
    vat: Stated | None = None
    gross: Stated | None = None
    payable: Stated | None = None
    lines: tuple[DraftLine, ...] = ()
    extras: tuple[Extra, ...] = ()
    taxes: tuple[Stated, ...] = ()  # the kinds of tax that it names
    rates: tuple[Rate, ...] = ()
    exempt: tuple[Stated, ...] = ()  # reasons and notes, where it may say that no VAT is charged
    foreign: tuple[Stated, ...] = ()  # totals in another currency than the invoice's
    syntax: str = ""  # cii, ubl, fatturapa
    payee: tuple[str, ...] = ()  # accounts and names of who is to be paid, as stated
    of: DocumentClass | None = None  # the class, where the syntax says it otherwise than by UNTDID 1001
    named: tuple[Named, ...] = ()
    prepaid: Stated | None = None
    seller_ids: tuple[str, ...] = ()  # tax numbers as stated
    buyer_ids: tuple[str, ...] = ()
