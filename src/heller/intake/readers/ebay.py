"""eBay's report of orders: a blank first line, amounts as 'EUR 90,00', days as 'Oct-05-26', a count at the end."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from heller.intake.bank.statement import NO_CURRENCY
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.order_totals import OrderTotals, summary
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ebay"

WORDS: dict[str, tuple[str, ...]] = {
    "record": ("Sales Record Number", "Verkaufsprotokollnummer", "Verkaufsprotokoll-Nr."),
    "number": ("Order Number", "Bestellnummer"),
    "at": ("Sale Date", "Verkauft am", "Verkaufsdatum"),
    "gross": ("Total Price", "Gesamtpreis", "Gesamtbetrag"),
    "sold": ("Sold For", "Verkauft für", "Verkaufspreis"),
    "item": ("Item Title", "Angebotstitel", "Artikelbezeichnung"),
    "refunded": ("Refund Amount", "Rückerstattungsbetrag"),
    "status": ("Order Status", "Bestellstatus"),
}  # fmt: skip
_NAMED = re.compile(r"([A-Za-zäÄ]{3})[-. ](\d{1,2})[-. ](\d{2}|\d{4})")
_COUNT = re.compile(r"(\d{1,9})\s{1,20}(?:record\(?s?\)?|Datens)", re.IGNORECASE)


def identify(head: bytes, name: str) -> Confidence:
    """By its headings, among them the number of the sales record."""
    found = _listing(numbers.tabular(head)[:32768])
    return Confidence(95, text("Its headings are those of eBay's report of orders.")) if found else NOT_MINE


def _listing(content: str) -> Listing | None:
    return export.find(content, WORDS, ("record", "number", "at", "gross"))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The orders as a whole; the amounts are gross, so that no order enters the claim by itself."""
    content = numbers.decode(blob.data)
    found = _listing(content)
    if found is None:
        return nothing(blob, _doubt(blob, 1), NAME)
    told: dict[str, OrderTotals] = {}
    findings: list[Finding] = []
    lines, stated = 0, None
    for line in found.rows(content):
        if line.filled <= 2:
            stated = _stated(line) if stated is None else stated
            continue
        lines += 1
        number = found.cell(line, "number") or found.cell(line, "record")
        gross = numbers.amount(found.cell(line, "gross"), NO_CURRENCY, _mark(found.cell(line, "gross")))
        if number in told and not found.cell(line, "gross"):
            continue  # a further item of an order that was read
        if (
            not number
            or gross is None
            or gross.currency == NO_CURRENCY
            or _day(found.cell(line, "at")) is None
        ):
            findings.append(_doubt(blob, line.number))
            continue
        back = found.cell(line, "refunded")
        refund = numbers.amount(back, gross.currency, _mark(back)) if back else None
        cancelled = found.cell(line, "status").casefold() in ("cancelled", "canceled", "storniert")
        told[number] = OrderTotals(number, gross, None, refund, cancelled, gross.currency)
    bad = len(findings)
    if stated is not None and stated != lines:
        findings.append(_count(blob, stated, lines))
    at = Locator(blob.digest, f"row {found.head.number + 1}")
    records = (summary(list(told.values()), lines, at),) if told else ()
    return Reading(NAME, blob.name, records, tuple(findings), lines, bad)


def _mark(raw: str) -> str:
    """eBay's amounts end with two decimals: the mark before them is the decimal one."""
    return "," if re.search(r",\d{2}\D*$", raw) else "."


def _day(raw: str) -> date | None:
    """'Oct-05-26' is 5 October 2026; other days as everywhere."""
    if match := _NAMED.fullmatch(raw.strip()):
        month = numbers.MONTHS.get(match[1].lower())
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return numbers.day(f"{year}-{month}-{match[2]}") if month else None
    return numbers.day(raw.strip())


def _stated(line: CellRow) -> int | None:
    match = _COUNT.search(" ".join(line.cells))
    return int(match[1]) if match else None


def _count(blob: Blob, stated: int, lines: int) -> Finding:
    return Finding(
        "orders.count",
        text("The list says that it has {stated} rows, and it has {lines}.", stated=stated, lines=lines),
        text("Rows may be missing: export it again."),
        Weight.WARNING,
        Locator(blob.digest),
    )


def _doubt(blob: Blob, row: int) -> Finding:
    return Finding(
        "order.unreadable",
        text(
            "Row {row} of the orders was not read: its number, day or amount is missing or unclear.", row=row
        ),
        text("Correct it, or export the list again."),
        Weight.WARNING,
        Locator(blob.digest, f"row {row}"),
    )
