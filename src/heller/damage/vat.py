"""Net or gross: what of an invoice's VAT the firm cannot deduct, and so has to bear, with the reason.

Only tax that is VAT and stands on a document that fits § 14 UStG or § 33 UStDV is deductible (§ 15 UStG).
What the injured firm gets back from the tax office is no damage (§ 249 BGB).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from heller.model.case import Case
from heller.model.facts import firm
from heller.model.finding import Finding
from heller.model.money import Money
from heller.model.record import Invoice, NoDeduction, Record, Undeducted
from heller.model.text import Text, text

SMALL = 25_000  # cents: up to this sum an invoice needs neither number nor recipient (§ 33 UStDV)
_GERMAN = re.compile(r"DE\d{9}|\d{2,3}/\d{3}/\d{4,5}")
_FOREIGN = re.compile(r"[A-Z]{2}[\dA-Z]{7,}|CHE")


class Status(Struct, frozen=True):
    """What the firm deducts: a share of input VAT from a day on. `stated` is False where nobody said."""

    share: Decimal
    since: date | None = None
    stated: bool = True
    small: bool = False

    @property
    def net(self) -> bool:
        """Whether receipts count without VAT, as far as it is deductible."""
        return self.share > 0


def status(case: Case) -> Status:
    """The firm's status; net is the lower amount and counts where nobody said anything."""
    small, deducts = case.facts[firm.SMALL_BUSINESS], case.facts[firm.DEDUCTS_INPUT_VAT]
    since, share = case.facts[firm.INPUT_VAT_SINCE], case.facts[firm.INPUT_VAT_SHARE]
    if small or deducts is False:
        return Status(Decimal(0), small=bool(small))
    stated = deducts is not None or share is not None
    full = Decimal(1) if share is None else share
    return Status(full, since, stated)


def doubts(case: Case) -> Iterable[Finding]:
    """Where the status is not stated or contradicts itself."""
    if case.facts[firm.SMALL_BUSINESS] and case.facts[firm.DEDUCTS_INPUT_VAT]:
        yield Finding(
            "damage.vat_status",
            text(
                "The firm is stated as a small business (§ 19 UStG) and as deducting input VAT; "
                "it cannot be both. Receipts count gross."
            ),
            text("Ask the tax adviser and take the wrong statement back."),
        )
    if not status(case).stated:
        yield Finding(
            "damage.vat",
            text(
                "It is not stated whether the firm deducts input VAT: receipts count net, the lower amount."
            ),
            text("State it; a firm that does not deduct claims the gross amounts."),
        )


def apply(case: Case) -> Case:
    """The case with what the firm has to bear of the VAT of each invoice."""
    found = status(case)
    exhibits = tuple(
        replace(e, reading=replace(e.reading, records=tuple(_borne(r, found) for r in e.reading.records)))
        for e in case.exhibits
    )
    return replace(case, exhibits=exhibits, noted=tuple(_borne(r, found) for r in case.noted))


def _borne(record: Record, found: Status) -> Record:
    if not isinstance(record, Invoice) or not found.net or not record.vat:
        return record
    if record.vat.currency != record.net.currency:
        return record  # the ledger refuses it as it stands
    reason = refusal(record)
    if reason is None and found.since and record.issued < found.since:
        return replace(record, borne=record.vat, borne_why=Undeducted(NoDeduction.BEFORE, since=found.since))
    if reason is not None:
        return replace(record, borne=record.vat, borne_why=Undeducted(reason))
    if found.share == 1:
        return record
    part = record.vat - record.vat * found.share
    return replace(record, borne=part, borne_why=Undeducted(NoDeduction.SHARE, share=found.share))


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


def why(undeducted: Undeducted) -> Text:
    """The reason in words."""
    match undeducted.reason:
        case NoDeduction.NOT_VAT:
            return text("the tax on it is not VAT and cannot be deducted")
        case NoDeduction.WITHOUT_RIGHT:
            return text(
                "its seller says that no VAT is charged and shows VAT (§ 14c UStG), which cannot be deducted"
            )
        case NoDeduction.FOREIGN:
            return text("it bears foreign VAT, which is no input tax here")
        case NoDeduction.NO_NUMBER:
            return text("it has no number and is over {sum} (§ 14 UStG, § 33 UStDV)", sum=Money(SMALL))
        case NoDeduction.NO_SELLER:
            return text("it names no seller (§ 14 UStG)")
        case NoDeduction.BEFORE:
            return text("input VAT is deducted only since {day}", day=undeducted.since)
        case NoDeduction.SHARE:
            return text("input VAT is deducted to {share:percent} only", share=undeducted.share)
