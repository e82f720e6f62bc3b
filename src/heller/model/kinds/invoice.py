"""Invoices: what every room needs to know of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from heller.model.document_class import NAMES, Classification, DocumentClass, Payment, Reference
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import day, money, prose, words
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class InvoiceLine(Struct, frozen=True):
    """One line of an invoice."""

    text: str
    net: Money
    source: Locator
    quantity: Decimal | None = None


class NoDeduction(Enum):
    """Why input VAT of an invoice is not deducted."""

    NOT_VAT = "not_vat"
    WITHOUT_RIGHT = "without_right"  # § 14c UStG
    FOREIGN = "foreign"
    NO_NUMBER = "no_number"
    NO_SELLER = "no_seller"
    BEFORE = "before"  # the day from which the firm deducts at all
    SHARE = "share"  # the firm deducts a part only


class Undeducted(Struct, frozen=True):
    """The reason why the firm bears VAT, with the day or the share that it speaks of."""

    reason: NoDeduction
    since: date = date.min
    share: Decimal = Decimal(0)


class Invoice(RecordNoun, frozen=True, tag="invoice"):
    """An invoice as it states itself; nothing is recomputed in place.

    `proven_by` names the independent paths that agree: `net+vat`, `lines`, `bank`, `posting`, `twin`.
    `syntax` is `cii`, `ubl` or `fatturapa` for an e-invoice, else ''; `canonical` the SHA-256 (hex) of its
    XML in canonical form (C14N 1.0), '' where there is none. `payee` holds the accounts and the name of who
    is to be paid, as compared: letters and digits only, sorted.
    A credit note has `credit` set and positive amounts. `kind` says what the document is and how sure that is,
    `refers` which other documents it names, `prepaid` what it takes off as paid before, `payments` what was
    booked for it; `seller_ids` and `buyer_ids` are the tax numbers of the parties as an e-invoice states them.
    """

    number: str
    issued: date
    seller: str
    net: Money
    vat: Money
    gross: Money
    source: Locator
    buyer: str = ""
    credit: bool = False
    lines: tuple[InvoiceLine, ...] = ()
    places: dict[str, Locator] = {}
    proven_by: tuple[str, ...] = ()
    taxes: tuple[str, ...] = ()  # the kinds of tax that it names
    tax_ids: tuple[str, ...] = ()  # tax numbers that its paper prints
    untaxed: bool = False  # it says that no VAT is charged
    borne: Money | None = None  # what of its VAT the firm cannot deduct, and why
    borne_why: Undeducted | None = None
    syntax: str = ""
    canonical: str = ""
    payee: tuple[str, ...] = ()
    kind: Classification = Classification(DocumentClass.INVOICE)
    refers: tuple[Reference, ...] = ()
    prepaid: Money | None = None
    payments: tuple[Payment, ...] = ()
    discount: Money | None = None  # gross that a payment left off for being early (Skonto)
    seller_ids: tuple[str, ...] = ()
    buyer_ids: tuple[str, ...] = ()


def _event(record: Invoice) -> ChronologyEvent:
    credit = record.credit
    name = NAMES[record.kind.of]
    title = text("{kind} {number} of {seller}", kind=name, number=record.number, seller=record.seller)
    return ChronologyEvent(
        record.issued,
        "receipt",
        title,
        quoted="; ".join(line.text for line in record.lines[:4]),
        amount=text("{amount} net", amount=-record.net if credit else record.net),
        sources=(record.source,),
        printed=False,
        receipt=record.number,
    )


def _line(record: Invoice) -> tuple[object, ...]:
    net, gross = text("net {amount}", amount=record.net), text("gross {amount}", amount=record.gross)
    return (record.number, record.issued, record.seller, net, gross)


FIELDS = (
    words("number", text("Number")),
    day("issued", text("Day")),
    words("seller", text("Seller")),
    prose("buyer", text("Buyer")),
    money("net", text("Net")),
    money("vat", text("VAT")),
    money("gross", text("Gross")),
    prose("lines", text("Lines")),
    words("proven_by", text("Proven by"), many=True),
    words("taxes", text("Kinds of tax"), many=True),
    words("tax_ids", text("Tax numbers"), many=True),
    words("seller_ids", text("Tax numbers of the seller"), many=True),
    words("buyer_ids", text("Tax numbers of the buyer"), many=True),
    words("syntax", text("Syntax")),
    words("canonical", text("Digest of its data")),
    words("payee", text("Who is to be paid"), many=True),
    words("kind", text("Kind of document")),
    words("refers", text("Documents that it names"), many=True),
    prose("payments", text("Payments")),
)
KIND = RecordKind(
    Invoice,
    text("Invoices"),
    None,
    FIELDS,
    alone=True,
    line_of=_line,
    event_of=_event,
    known_of=lambda record: record.issued,
)
