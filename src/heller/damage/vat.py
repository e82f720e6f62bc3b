"""Net or gross: what of an invoice's VAT the firm cannot deduct, and so has to bear, with the reason.

Only tax that is VAT and stands on a document that fits § 14 UStG or § 33 UStDV is deductible (§ 15 UStG).
What the injured firm gets back from the tax office is no damage (§ 249 BGB).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heller.model.case import Case
from heller.model.finding import Finding, Weight
from heller.model.money import Money
from heller.model.record import Invoice, Record
from heller.model.text import Text, text

T = TypeVar("T")
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
    small, deducts = case.yes("firm.small_business"), case.yes("firm.deducts_input_vat")
    since = _said(case, "firm.input_vat_since", date.fromisoformat)
    share = _said(case, "firm.input_vat_share", _part)
    if small or deducts is False:
        return Status(Decimal(0), small=bool(small))
    stated = deducts is not None or share is not None
    full = Decimal(1) if share is None else share
    return Status(full, since, stated)


def _said(case: Case, key: str, parse: Callable[[str], T]) -> T | None:
    """A fact as it is used; None where nobody stated it, or where it cannot be read (see `doubts`)."""
    said = case.fact(key)
    try:
        return None if said is None else parse(said)
    except (ValueError, ArithmeticError):
        return None


def _part(said: str) -> Decimal:
    part = Decimal(said)
    if not 0 <= part <= 1:
        raise ValueError(said)
    return part


def doubts(case: Case) -> Iterable[Finding]:
    """Where the status is not stated, cannot be read, or contradicts itself."""
    for key, parse in (("firm.input_vat_since", date.fromisoformat), ("firm.input_vat_share", _part)):
        if case.fact(key) is not None and _said(case, key, parse) is None:
            yield Finding(
                "damage.odd_fact",
                text(
                    "The fact {key} says '{value}'; that cannot be used and was left out.",
                    key=key,
                    value=str(case.fact(key)),
                ),
                text("Correct the fact."),
                Weight.REFUSED,
            )
    if case.yes("firm.small_business") and case.yes("firm.deducts_input_vat"):
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
    why = refusal(record)
    if not why and found.since and record.issued < found.since:
        why = f"since {found.since.isoformat()}"
    if why:
        return replace(record, borne=record.vat, borne_why=why)
    if found.share == 1:
        return record
    part = record.vat - record.vat * found.share
    return replace(record, borne=part, borne_why=f"share {found.share}")


def refusal(invoice: Invoice) -> str:
    """Why the VAT of an invoice cannot be deducted, as a word for `why`; '' where it can."""
    if any(tax != "VAT" for tax in invoice.taxes):
        return "not-vat"
    if invoice.untaxed:
        return "without-right"
    german = any(map(_GERMAN.fullmatch, invoice.tax_ids))
    if not german and any(map(_FOREIGN.match, invoice.tax_ids)):
        return "foreign"
    if not invoice.number and abs(invoice.gross.cents) > SMALL:
        return "no-number"
    return "" if invoice.seller else "no-seller"


def why(invoice: Invoice) -> Text:
    """The reason in words."""
    word, _, more = invoice.borne_why.partition(" ")
    match word:
        case "not-vat":
            return text("the tax on it is not VAT and cannot be deducted")
        case "without-right":
            return text(
                "its seller says that no VAT is charged and shows VAT (§ 14c UStG), which cannot be deducted"
            )
        case "foreign":
            return text("it bears foreign VAT, which is no input tax here")
        case "no-number":
            return text("it has no number and is over {sum} (§ 14 UStG, § 33 UStDV)", sum=Money(SMALL))
        case "no-seller":
            return text("it names no seller (§ 14 UStG)")
        case "since":
            return text("input VAT is deducted only since {day}", day=date.fromisoformat(more))
        case _:
            return text("input VAT is deducted to {share:percent} only", share=Decimal(more or "0"))
