"""Net or gross: what of an invoice's VAT the firm cannot deduct, and so has to bear, with the reason.

What the injured firm gets back from the tax office is no damage. Which tax it gets back says its country.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from heller import law
from heller.law.book.papers import PLAIN_WORDS, VatLaw
from heller.model.case import Case, Exhibit
from heller.model.facts import firm
from heller.model.finding import Finding
from heller.model.kinds.invoice import Invoice, NoDeduction, Undeducted
from heller.model.record import Record
from heller.model.text import Text, text


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
                "The firm is stated as a small business without VAT and as deducting input VAT; "
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
    found, rules = status(case), _law(case)

    def of(exhibit: Exhibit) -> Exhibit:
        if Invoice not in exhibit.reading.by_kind:
            return exhibit
        records = tuple(_borne(record, found, rules) for record in exhibit.reading.records)
        return replace(exhibit, reading=replace(exhibit.reading, records=records))

    noted = tuple(_borne(record, found, rules) for record in case.noted)
    return replace(case, exhibits=tuple(map(of, case.exhibits)), noted=noted)


def _borne(record: Record, found: Status, rules: VatLaw) -> Record:
    if not isinstance(record, Invoice) or not found.net or not record.vat:
        return record
    if record.vat.currency != record.net.currency:
        return record  # the ledger refuses it as it stands
    reason = rules.refusal(record)
    if reason is None and found.since and record.issued < found.since:
        return replace(record, borne=record.vat, borne_why=Undeducted(NoDeduction.BEFORE, since=found.since))
    if reason is not None:
        return replace(record, borne=record.vat, borne_why=Undeducted(reason))
    if found.share == 1:
        return record
    part = record.vat - record.vat * found.share
    return replace(record, borne=part, borne_why=Undeducted(NoDeduction.SHARE, share=found.share))


def why(case: Case, undeducted: Undeducted) -> Text:
    """The reason in words, as the country of the case has them."""
    match undeducted.reason:
        case NoDeduction.BEFORE:
            return text("input VAT is deducted only since {day}", day=undeducted.since)
        case NoDeduction.SHARE:
            return text("input VAT is deducted to {share:percent} only", share=undeducted.share)
    return _law(case).words.get(undeducted.reason) or PLAIN_WORDS[undeducted.reason]


def _law(case: Case) -> VatLaw:
    return law.vat_of(law.seat(case).code)
