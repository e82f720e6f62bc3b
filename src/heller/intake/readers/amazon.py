"""Amazon's report of all orders: one row for each item, times in UTC, cancelled orders without a price."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.bank.statement import NO_CURRENCY
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.order_totals import OrderTotals, summary
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.order import Order
from heller.model.money import Money
from heller.model.record import Blob, Reading, Record
from heller.model.text import text

NAME = "amazon"
_UTC = ZoneInfo("UTC")
PLUS = ("item-price", "shipping-price", "gift-wrap-price")
TAX = ("item-tax", "shipping-tax", "gift-wrap-tax")
MINUS = ("item-promotion-discount", "ship-promotion-discount")
WORDS: dict[str, tuple[str, ...]] = {
    name: (name,)
    for name in ("amazon-order-id", "purchase-date", "order-status", "item-status", "currency", "sales-channel",
                 *PLUS, *TAX, *MINUS)
}  # fmt: skip


def identify(head: bytes, name: str) -> Confidence:
    """By its headings."""
    found = _listing(numbers.tabular(head)[:32768])
    return Confidence(96, text("Its headings are those of Amazon's report of orders.")) if found else NOT_MINE


def _listing(content: str) -> Listing | None:
    return export.find(content, WORDS, ("amazon-order-id", "purchase-date", "order-status", "item-price"))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The orders as a whole, and one by one where their price and tax are stated."""
    content = numbers.decode(blob.data)
    found = _listing(content)
    if found is None:
        return nothing(blob, _doubt(blob, 1), NAME)
    rows: dict[str, list[CellRow]] = {}
    findings: list[Finding] = []
    lines = 0
    for line in found.rows(content):
        lines += 1
        number = found.cell(line, "amazon-order-id")
        if not number or numbers.moment(found.cell(line, "purchase-date"), "", _UTC) is None:
            findings.append(_doubt(blob, line.number))
            continue
        rows.setdefault(number, []).append(line)
    told = {number: _told(found, number, own) for number, own in rows.items()}
    bad = len(findings)
    if not told:
        return Reading(NAME, blob.name, (), tuple(findings), lines, bad)
    orders = [_order(found, told[number], own[0], blob) for number, own in rows.items() if told[number].net]
    bare = [rows[number][0].number for number, order in told.items() if order.gross is None]
    if bare:
        findings.append(_no_price(blob, bare))
    at = Locator(blob.digest, f"row {found.head.number + 1}")
    records: tuple[Record, ...] = (
        summary(list(told.values()), lines, at),
        *(order for order in orders if order),
    )
    return Reading(NAME, blob.name, records, tuple(findings), lines, bad)


def _told(found: Listing, number: str, rows: list[CellRow]) -> OrderTotals:
    unit = next((cell for line in rows if (cell := found.cell(line, "currency"))), "")
    gross, tax, priced = Money(0, unit or NO_CURRENCY), Money(0, unit or NO_CURRENCY), False
    for line in rows:
        for names, sign in ((PLUS, 1), (MINUS, -1)):
            for name in names:
                if (value := numbers.amount(found.cell(line, name), unit or NO_CURRENCY, ".")) is not None:
                    gross = gross + value if sign > 0 else gross - value
                    priced = priced or name == "item-price"
        for name in TAX:
            if (value := numbers.amount(found.cell(line, name), unit or NO_CURRENCY, ".")) is not None:
                tax = tax + value
    cancelled = all(found.cell(line, "order-status").casefold() in ("cancelled", "canceled") for line in rows)
    taxed = any(found.cell(line, "item-tax") for line in rows)
    return OrderTotals(
        number, gross if priced else None, gross - tax if priced and taxed else None, None, cancelled, unit
    )


def _order(found: Listing, told: OrderTotals, line: CellRow, blob: Blob) -> Order | None:
    when = numbers.moment(found.cell(line, "purchase-date"), "", _UTC)
    if when is None or told.net is None or told.net.currency != "EUR":
        return None
    channel = found.cell(line, "sales-channel") or NAME
    at = Locator(blob.digest, f"row {line.number}", found.cell(line, "item-price"))
    return Order(told.number, when, told.net, channel, at, told.cancelled)


def _no_price(blob: Blob, rows: list[int]) -> Finding:
    return Finding(
        "order.no_amount",
        text(
            "{n} orders have no price: Amazon leaves it out where an order was cancelled.",
            "One order has no price: Amazon leaves it out where an order was cancelled.",
            n=len(rows),
        ),
        text(
            "What they were worth must come from elsewhere: the shop's own system, or the mail of the order."
        ),
        Weight.WARNING,
        Locator(blob.digest, f"row {rows[0]}"),
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
