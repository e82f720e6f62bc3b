"""What an e-invoice states, before anything is judged: the common ground of all syntaxes."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from heller.intake.einvoice.xml import XmlValue
from heller.model.document_class import DocumentClass
from heller.model.finding import Locator


class DraftLine(Struct, frozen=True):
    """One line as stated."""

    words: str
    net: XmlValue
    quantity: Decimal | None = None


class Extra(Struct, frozen=True):
    """An allowance (taken off) or a charge on the whole document."""

    charge: bool
    amount: XmlValue


class Rate(Struct, frozen=True):
    """The tax of one rate: percentage, base and tax as stated; `category` is UNTDID 5305 (S, Z, E, AE ...)."""

    percent: XmlValue
    base: XmlValue
    tax: XmlValue
    category: str = ""


class DocumentReference(Struct, frozen=True):
    """Another document that this one names: its number, its class, and its day as stated."""

    number: XmlValue
    of: DocumentClass
    issued: str = ""


class Draft(Struct, frozen=True):
    """What an e-invoice states, before anything is judged. Absent is None."""

    source: Locator
    currency: str = ""
    kind: XmlValue | None = None
    credit: bool = False
    number: XmlValue | None = None
    issued: XmlValue | None = None
    seller: XmlValue | None = None
    buyer: XmlValue | None = None
    net: XmlValue | None = None
    vat: XmlValue | None = None
    gross: XmlValue | None = None
    payable: XmlValue | None = None
    lines: tuple[DraftLine, ...] = ()
    extras: tuple[Extra, ...] = ()
    taxes: tuple[XmlValue, ...] = ()  # the kinds of tax that it names
    rates: tuple[Rate, ...] = ()
    exempt: tuple[XmlValue, ...] = ()  # reasons and notes, where it may say that no VAT is charged
    foreign: tuple[XmlValue, ...] = ()  # totals in another currency than the invoice's
    syntax: str = ""  # cii, ubl, fatturapa
    payee: tuple[str, ...] = ()  # accounts and names of who is to be paid, as stated
    of: DocumentClass | None = None  # the class, where the syntax says it otherwise than by UNTDID 1001
    named: tuple[DocumentReference, ...] = ()
    prepaid: XmlValue | None = None
    seller_ids: tuple[str, ...] = ()  # tax numbers as stated
    buyer_ids: tuple[str, ...] = ()
