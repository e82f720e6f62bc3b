"""Reads Shopify's export of orders: one order over several rows, its values in the first one only.

Net is the total less the taxes, both as the export states them; `Total` holds the taxes in every shop,
whether its prices do or not. A refund does not change what was ordered; it is noted.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.readers.orders import customer, foreign, order_number, twice
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.order_totals import OrderTotals, summary
from heller.intake.tables.row import Row
from heller.intake.written import numbers
from heller.model.finding import Locator, Weight
from heller.model.kinds.order import Order
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "shopify"
POINT = "."  # the export's decimal mark, in every language

LAYOUT = Layout(
    NAME,
    text("Orders of a Shopify shop"),
    ("orders export",),
    (
        ColumnWords("number", ("Name",), needed=True),
        ColumnWords("customer", ("Email",)),
        ColumnWords("financial", ("Financial Status",), needed=True),
        ColumnWords("currency", ("Currency",), needed=True),
        ColumnWords("taxes", ("Taxes",), needed=True),
        ColumnWords("gross", ("Total",), needed=True),
        ColumnWords("date", ("Created at",), needed=True),
        ColumnWords("item", ("Lineitem name",), needed=True),
        ColumnWords("cancelled", ("Cancelled at",)),
        ColumnWords("refunded", ("Refunded Amount",)),
        ColumnWords("channel", ("Source",)),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the seven headings that no other export has together; the rest need not be known."""
    claimed = headings.claim(head, name, LAYOUT)
    return Confidence(headings.SURE, claimed.reason) if claimed.score >= headings.LIKELY else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One order per number; rows of further items carry no values of their own."""
    seen: dict[str, int] = {}
    told: list[OrderTotals] = []
    found = headings.gather(blob, LAYOUT, lambda row: _order(row, zone, seen, told))
    if not told:
        return found
    at = Locator(blob.digest, "row 2")
    return replace(found, records=(summary(told, found.rows, at), *found.records))


def _order(row: Row, zone: ZoneInfo, seen: dict[str, int], told: list[OrderTotals]) -> Order | None:
    number = order_number(row.need("number"))
    if number in seen and not row["gross"]:
        return None  # a further item of an order that was read
    if number in seen:
        raise twice(row, number, seen[number])
    order = Order(
        number,
        row.moment("date", "", zone),
        _net(row),
        row["channel"] or NAME,
        row.at("gross", "taxes"),
        cancelled=bool(row["cancelled"]) or row["financial"].casefold() == "voided",
        customer=customer(row["customer"]),
    )
    seen[number] = row.number
    told.append(_told(row, order))
    _note_refund(row, number)
    return order


def _told(row: Row, order: Order) -> OrderTotals:
    back = numbers.amount(row["refunded"], "EUR", POINT) if row["refunded"] else Money(0)
    return OrderTotals(order.number, row.money("gross", POINT), order.net, back, order.cancelled, "EUR")


def _net(row: Row) -> Money:
    if row.need("currency") != "EUR":
        raise foreign(row, row["currency"])
    return row.money("gross", POINT) - row.money("taxes", POINT)


def _note_refund(row: Row, number: str) -> None:
    back = numbers.amount(row["refunded"], mark=POINT) if row["refunded"] else None
    if back:
        row.doubt(
            "order.refund",
            text(
                "Row {row}: of order {number}, {amount} were paid back.",
                row=row.number,
                number=number,
                amount=back,
            ),
            text("What was ordered is read in full; the refund is not taken off."),
            Weight.NOTE,
        )
