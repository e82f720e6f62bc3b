"""Reads what the firm's own customers demand because of the outage (kundenforderungen.csv).

Whether it counts, and whether it is owed at all, is not decided here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import WRITE_DAY, Row
from heller.intake.written import numbers
from heller.intake.written.canonical import is_open, share
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "customer_claims"
WRITE_RATE = text("A rate is expected as 7 %.")

LAYOUT = Layout(
    NAME,
    text("Claims of the {customers}"),
    ("kundenforderungen", "kundenansprueche", "customer claims"),
    (
        ColumnWords("customer", ("Kunde", "Kundin", "Customer"), needed=True),
        ColumnWords("at", ("Gefordert am", "Forderung vom", "Demanded on"), needed=True),
        ColumnWords("amount", ("Forderung", "Betrag", "Amount"), needed=True),
        ColumnWords("reason", ("Grund", "Begründung", "Reason")),
        ColumnWords("paid", ("Bezahlt am", "Gezahlt am", "Paid on")),
        ColumnWords(
            "withheld", ("Einbehalten von", "Einbehalten von Rechnung", "Verrechnet mit", "Withheld from")
        ),
        ColumnWords("vat", ("USt-Satz", "MwSt-Satz", "Steuersatz", "VAT rate")),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One claim per row; what stands open has no day of payment. The same row twice is rejected."""
    seen: dict[tuple[str, date, int], int] = {}
    return headings.gather(blob, LAYOUT, lambda row: _claim(row, seen))


def _claim(row: Row, seen: dict[tuple[str, date, int], int]) -> CustomerClaim:
    customer = row.need("customer")
    at = row.day("at")
    amount = row.money("amount")
    if amount.cents <= 0:
        raise row.unreadable("amount", text("Enter what is demanded, above zero."))
    first = seen.setdefault((customer.casefold(), at, amount.cents), row.number)
    if first != row.number:
        raise row.reject(
            "customer_claim.twice",
            text("Row {row} was not read: it says the same as row {first}.", row=row.number, first=first),
            text("One row is expected for each demand."),
            "customer",
            "at",
            "amount",
        )
    place = row.at("customer", "at", "amount", "paid")
    return CustomerClaim(customer, at, amount, row["reason"], place, _paid(row), row["withheld"], _vat(row))


def _vat(row: Row) -> Decimal:
    """The rate of the VAT in it; an empty cell is none."""
    found = share(row.short("vat", WRITE_RATE)) if row["vat"] else Decimal(0)
    if found is None:
        raise row.unreadable("vat", WRITE_RATE)
    return found


def _paid(row: Row) -> date | None:
    """The day of payment; empty, '-' or 'offen' is not paid yet."""
    if is_open(row["paid"]):
        return None
    found = numbers.day(row["paid"])
    if found is None:
        raise row.unreadable("paid", WRITE_DAY)
    return found
