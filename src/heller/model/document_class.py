"""What a commercial document is, what each class of it may do in a claim, and how it names other documents.

It tells no document's class and judges no role: readers do the one, `heller.intake.across.roles` the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.text import Text, text
from heller.model.value import Support


class DocumentClass(Enum):
    """What a document is. Values are the words by which machines and people's commands name it."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    CANCELLATION = "cancellation"  # takes one invoice back as a whole (Storno)
    CORRECTED = "corrected_invoice"  # stands in the place of another invoice, or changes its sum
    PARTIAL = "partial_invoice"  # of a part of the work, or of money in advance
    FINAL = "final_invoice"  # of the whole, partial invoices taken off
    SELF_BILLED = "self_billed"  # the buyer wrote it (§ 14 Abs. 2 UStG calls it Gutschrift)
    RECEIPT = "receipt"
    CARD_SLIP = "card_slip"  # shows that somebody paid, not for what
    PRO_FORMA = "pro_forma"
    QUOTATION = "quotation"
    ORDER = "order"
    ORDER_CONFIRMATION = "order_confirmation"
    DELIVERY_NOTE = "delivery_note"
    REMINDER = "reminder"
    STATEMENT = "statement"
    CONTRACT = "contract"
    PRICE_LIST = "price_list"
    OTHER = "other"


class Use(Enum):
    """What a document may do in a claim."""

    COST = "cost"  # count as what something cost
    REDUCES = "reduces"  # take off what another document cost
    SUPPORT = "support"  # bear another document out
    DATE = "date"  # tell when something happened


_ON_THE_WAY = frozenset({Use.SUPPORT, Use.DATE})
USES: Mapping[DocumentClass, frozenset[Use]] = {
    DocumentClass.INVOICE: frozenset({Use.COST, Use.DATE}),
    DocumentClass.CORRECTED: frozenset({Use.COST, Use.REDUCES, Use.DATE}),
    DocumentClass.PARTIAL: frozenset({Use.COST, Use.DATE}),
    DocumentClass.FINAL: frozenset({Use.COST, Use.DATE}),
    DocumentClass.RECEIPT: frozenset({Use.COST, Use.DATE}),
    DocumentClass.CREDIT_NOTE: frozenset({Use.REDUCES, Use.DATE}),
    DocumentClass.CANCELLATION: frozenset({Use.REDUCES, Use.DATE}),
    DocumentClass.SELF_BILLED: _ON_THE_WAY,
    DocumentClass.CARD_SLIP: _ON_THE_WAY,
    DocumentClass.PRO_FORMA: frozenset({Use.SUPPORT}),
    DocumentClass.QUOTATION: frozenset({Use.SUPPORT}),
    DocumentClass.PRICE_LIST: frozenset({Use.SUPPORT}),
    DocumentClass.ORDER: _ON_THE_WAY,
    DocumentClass.ORDER_CONFIRMATION: _ON_THE_WAY,
    DocumentClass.DELIVERY_NOTE: _ON_THE_WAY,
    DocumentClass.REMINDER: _ON_THE_WAY,
    DocumentClass.STATEMENT: _ON_THE_WAY,
    DocumentClass.CONTRACT: _ON_THE_WAY,
    DocumentClass.OTHER: frozenset(),
}


NAMES: Mapping[DocumentClass, Text] = {
    DocumentClass.INVOICE: text("Invoice"),
    DocumentClass.CREDIT_NOTE: text("Credit note"),
    DocumentClass.CANCELLATION: text("Cancellation of an invoice"),
    DocumentClass.CORRECTED: text("Corrected invoice"),
    DocumentClass.PARTIAL: text("Partial or prepayment invoice"),
    DocumentClass.FINAL: text("Final invoice"),
    DocumentClass.SELF_BILLED: text("Self-billed invoice"),
    DocumentClass.RECEIPT: text("Receipt"),
    DocumentClass.CARD_SLIP: text("Card slip or other proof of payment"),
    DocumentClass.PRO_FORMA: text("Pro forma invoice"),
    DocumentClass.QUOTATION: text("Quotation"),
    DocumentClass.ORDER: text("Order"),
    DocumentClass.ORDER_CONFIRMATION: text("Order confirmation"),
    DocumentClass.DELIVERY_NOTE: text("Delivery note"),
    DocumentClass.REMINDER: text("Reminder"),
    DocumentClass.STATEMENT: text("Statement of account"),
    DocumentClass.CONTRACT: text("Contract"),
    DocumentClass.PRICE_LIST: text("Price list"),
    DocumentClass.OTHER: text("Document of another kind"),
}


class Classification(Struct, frozen=True):
    """The class of a document, how well it is borne out, where it stands, and what says so (`by`):
    `type code`, `title`, `label`, `sums`, `slip`, `person`."""

    of: DocumentClass
    grade: Support = Support.STATED
    source: Locator | None = None
    by: tuple[str, ...] = ()

    def may(self, use: Use) -> bool:
        """Whether the table lets a document of this class do that."""
        return use in USES[self.of]

    @property
    def is_money(self) -> bool:
        """Whether such a document raises or lowers what something cost."""
        return self.may(Use.COST) or self.may(Use.REDUCES)


class Reference(Struct, frozen=True):
    """Another document that a document names: by number, and by class and day where it says them."""

    number: str
    of: DocumentClass = DocumentClass.OTHER
    issued: date | None = None
    source: Locator | None = None


class Payment(Struct, frozen=True):
    """A booked payment of an invoice, or of a part of it. Money out is positive here, money back negative."""

    day: date
    amount: Money
    source: Locator


class FirmRole(Enum):
    """What the firm of the case is on a document."""

    BUYER = "buyer"
    SELLER = "seller"  # income, never a cost
    STRANGER = "stranger"  # somebody else buys
    UNKNOWN = "unknown"  # the document names no buyer, or nobody said who the firm is


ROLES: Mapping[FirmRole, Text] = {
    FirmRole.BUYER: text("the firm buys"),
    FirmRole.SELLER: text("the firm sells: income"),
    FirmRole.STRANGER: text("another buys"),
    FirmRole.UNKNOWN: text("who buys is not told"),
}
