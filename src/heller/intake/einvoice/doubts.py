"""What is in doubt about an invoice whose sums are known: who, what kind, which currency, which tax."""

from __future__ import annotations

from heller.intake.einvoice import rates, untdid
from heller.intake.einvoice.draft import Draft
from heller.intake.einvoice.xml import XmlValue
from heller.intake.written import numbers
from heller.model.document_class import NAMES, Classification, DocumentClass
from heller.model.finding import Finding, Weight
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money
from heller.model.text import text

BOOKING_AID = "751"  # profile MINIMUM and BASIC WL: not an invoice under § 14 UStG
VAT = "VAT"


def doubts(draft: Draft, invoice: Invoice) -> list[Finding]:
    """What a claim must not swallow, though the invoice is whole."""
    at, kind = draft.source, draft.kind.value if draft.kind else ""
    found = []
    if not invoice.number:
        found.append(Finding("no-number", text("The invoice has no number."), None, Weight.WARNING, at))
    if not invoice.seller:
        found.append(Finding("no-seller", text("The invoice names no seller."), None, Weight.WARNING, at))
    if invoice.credit and invoice.gross.cents < 0:
        found.append(
            Finding(
                "credit-negative",
                text("This credit note states a negative amount ({gross}).", gross=invoice.gross),
                text("Ask the seller whether money is given back or demanded."),
                source=at,
            )
        )
    found += _class(draft, invoice.kind)
    if kind == BOOKING_AID:
        words = text(
            "The file states sums for bookkeeping only; the invoice itself is the picture beside it."
        )
        found.append(Finding("booking-aid", words, None, Weight.NOTE, at))
    if draft.currency != "EUR":
        found.append(
            Finding(
                "foreign-currency",
                text("The invoice is in {currency}, not in euros.", currency=draft.currency),
                text("Add the bank statement: the debit in euros is the proven figure."),
                Weight.NOTE,
                at,
            )
        )
    if draft.foreign:
        found.append(_two_currencies(draft))
    if payable := _payable(draft, invoice):
        found.append(payable)
    return (
        found + [_not_vat(tax) for tax in draft.taxes if tax.value != VAT] + rates.doubts(draft, invoice.vat)
    )


def _class(draft: Draft, kind: Classification) -> list[Finding]:
    """That a document is no cost by its type code, or that nobody knows the code."""
    code = draft.kind.value if draft.kind else ""
    if kind.of is DocumentClass.OTHER and draft.of is None and not untdid.name_of(code):
        what = text(
            "Its type code {code} is not in the list of document types (UNTDID 1001).", code=code[:20]
        )
        do = text("Say what it is; until then it counts as no cost.")
        return [Finding("type-unknown", what, do, Weight.WARNING, kind.source)]
    if kind.is_money:
        return []
    what = text(
        "By its type code {code} it is no invoice that costs anything: {name}.",
        code=code,
        name=NAMES[kind.of],
    )
    weight = Weight.NOTE if kind.of is DocumentClass.SELF_BILLED else Weight.WARNING
    return [Finding("no-cost", what, text("Add the invoice that followed."), weight, kind.source)]


def _two_currencies(draft: Draft) -> Finding:
    at = draft.foreign[0].at
    return Finding(
        "two-currencies",
        text(
            "The invoice is in {currency}, and states its total of {raw} in another currency.",
            currency=draft.currency,
            raw=at.raw,
        ),
        text("Ask the seller which currency counts; the bank debit is the proven figure."),
        source=at,
    )


def _payable(draft: Draft, invoice: Invoice) -> Finding | None:
    """The note that what is payable is not what it cost: prepayments, rounding, sums of third parties."""
    payable = numbers.plain(draft.payable.value) if draft.payable else None
    if draft.payable is None or payable is None or payable == invoice.gross.decimal:
        return None
    return Finding(
        "payable-differs",
        text(
            "What is payable ({payable}) is not the gross amount ({gross}); a claim uses what it cost.",
            payable=Money.of(payable, invoice.gross.currency),
            gross=invoice.gross,
        ),
        None,
        Weight.NOTE,
        draft.payable.at,
    )


def _not_vat(tax: XmlValue) -> Finding:
    return Finding(
        "not-vat",
        text("The invoice bears a tax that is not VAT ({tax}).", tax=tax.value),
        text("It cannot be deducted as input tax: claim the gross amount."),
        source=tax.at,
    )
