"""Lists of vouchers of a bookkeeping program (lexoffice, sevDesk and others) as a table: how many, and their sums.

A list is no receipt: what it says bears nothing out, and no voucher of it is an invoice of the claim.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export, sum_rows
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.sum_rows import Labelled
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.money import Money, total
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "voucher_list"
WORDS: dict[str, tuple[str, ...]] = {
    "date": ("Belegdatum", "Rechnungsdatum", "Datum", "Voucher date", "Invoice date"),
    "number": ("Belegnummer", "Beleg-Nr.", "Belegnr.", "Rechnungsnummer", "Voucher number", "Invoice number"),
    "contact": ("Kontakt", "Lieferant", "Kontaktname", "Contact", "Vendor", "Supplier", "Kreditor", "Geschäftspartner"),
    "gross": ("Betrag brutto", "Bruttobetrag", "Brutto", "Summe Brutto", "Gesamtbetrag", "Gross", "Total gross"),
    "net": ("Betrag netto", "Nettobetrag", "Netto", "Summe Netto", "Net", "Total net"),
    "vat": ("USt-Betrag", "MwSt-Betrag", "Steuerbetrag", "USt", "MwSt", "Tax", "VAT"),
}  # fmt: skip


def identify(head: bytes, name: str) -> Confidence:
    """By a day, a number, a contact and gross or net amounts."""
    found = _listing(numbers.tabular(head)[:32768])
    return (
        Confidence(70, text("It lists vouchers with day, number, contact and sums.")) if found else NOT_MINE
    )


def _listing(content: str) -> Listing | None:
    found = export.find(content, WORDS, ("date", "number", "contact"))
    return found if found and found.places.keys() & {"gross", "net"} else None


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """How many vouchers there are, and their sums."""
    content = numbers.decode(blob.data)
    listing = _listing(content)
    if listing is None:
        said = text("{name} is no list of vouchers.", name=blob.name)
        return nothing(
            blob, Finding("vouchers-unknown", said, None, Weight.REFUSED, Locator(blob.digest)), NAME
        )
    rows = list(listing.rows(content))
    key = "gross" if "gross" in listing.places else "net"
    labelled = [_labelled(listing, row, key) for row in rows]
    sums = {one.at: one.agrees for one in sum_rows.find(labelled)}
    findings = [
        sum_rows.note(rows[at].number, ok, blob.digest, " ".join(rows[at].cells)) for at, ok in sums.items()
    ]
    left = [row for at, row in enumerate(rows) if at not in sums]
    good = [
        row
        for row in left
        if _amount(listing, row, key) is not None and numbers.day(listing.cell(row, "date"))
    ]
    for row in left:
        if row not in good:
            at = Locator(blob.digest, f"row {row.number}", " ".join(row.cells)[:80])
            said = text(
                "Row {row} of the vouchers was not read: its day or amount is missing or unclear.",
                row=row.number,
            )
            findings.append(Finding("voucher-unreadable", said, None, Weight.WARNING, at))
    return _reading(blob, listing, good, len(rows), len(left) - len(good), tuple(findings))


def _reading(
    blob: Blob, listing: Listing, good: list[CellRow], rows: int, bad: int, findings: tuple[Finding, ...]
) -> Reading:
    at = Locator(blob.digest, f"row {listing.head.number + 1}")
    values: dict[str, Value] = {"receipts": Value(len(good), Support.COMPUTED, at)}
    for key in ("net", "vat", "gross"):
        amounts = [_amount(listing, row, key) for row in good]
        known = [amount for amount in amounts if amount is not None]
        whole = str(total(known).decimal) if known and len(known) == len(good) else None
        values[key] = Value(whole, Support.COMPUTED, at)
    return Reading(NAME, blob.name, (Summary("receipts", values, at),) if good else (), findings, rows, bad)


def _labelled(listing: Listing, row: CellRow, key: str) -> Labelled:
    """A row as far as it may be a sum of others."""
    amount = _amount(listing, row, key)
    bare = not listing.cell(row, "number") and not listing.cell(row, "date")
    return Labelled(row.cells, None if amount is None else amount.decimal, listing.cell(row, "contact"), bare)


def _amount(listing: Listing, row: CellRow, key: str) -> Money | None:
    raw = listing.cell(row, key)
    found = numbers.amount(raw, "EUR", "," if "," in raw else "") if raw else None
    return found if found is None or found.currency == "EUR" else None
