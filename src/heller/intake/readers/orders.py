"""Reads a shop's list of orders, one order per row (bestellungen.csv, analytics export of WooCommerce).

Amounts are net of VAT. Where a list has gross amounts only, nothing is worked back: which rate applied
stands nowhere in it. Customers are kept by number or by a pseudonym, never by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import WRITE_MOMENT, Rejected, Row, currency_of
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.order import Order
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "orders"
SHOP = "shop"  # the channel where the list names none
PROOF = 3  # amounts that must show the same decimal mark, and none another, before it is taken as proven

LAYOUT = Layout(
    NAME,
    text("Orders of a shop"),
    ("bestellungen", "bestellliste", "orders"),
    (
        ColumnWords(
            "number",
            (
                "Bestellnummer", "Bestellnr", "Bestellung", "Auftragsnummer", "Order number", "Order no",
                "Order", "Commande n°", "N° de commande",
            ),
            needed=True,
        ),
        ColumnWords(
            "date",
            ("Bestelldatum", "Auftragsdatum", "Datum", "Order date", "Placed at", "Date"),
            needed=True,
        ),
        ColumnWords("time", ("Uhrzeit", "Bestellzeit", "Time")),
        ColumnWords("customer", ("Kunde", "Kundennummer", "Kundennr", "Customer", "Client")),
        ColumnWords(
            "net",
            (
                "Netto", "Nettobetrag", "Nettosumme", "Nettoumsatz", "Netto Umsatz", "Net", "Net sales",
                "Net total", "Ventes nettes", "Order Total Amount without Tax",
            ),
        ),
        ColumnWords(
            "gross",
            (
                "Brutto", "Bruttobetrag", "Gesamtbetrag", "Gesamtsumme", "Betrag", "Summe", "Gross", "Total",
                "Order Total Amount",
            ),
        ),
        ColumnWords("currency", ("Währung", "Currency", "Devise")),
        ColumnWords("status", ("Status", "Bestellstatus", "Order status", "État")),
        ColumnWords("channel", ("Kanal", "Vertriebskanal", "Channel")),
    ),
)  # fmt: skip
CANCELLED = frozenset(
    {"storniert", "abgebrochen", "annulliert", "cancelled", "canceled", "voided", "annulee"}
)
STANDS = frozenset(
    {
        "", "abgeschlossen", "bezahlt", "versendet", "verschickt", "geliefert", "offen", "neu",
        "in bearbeitung", "erstattet", "retourniert", "completed", "complete", "processing", "pending",
        "on hold", "paid", "open", "shipped", "fulfilled", "delivered", "refunded", "partially refunded",
        "terminee", "en cours",
    }
)  # fmt: skip
NO_ORDER = frozenset({"failed", "fehlgeschlagen", "draft", "entwurf", "checkout draft", "trash"})

_MARK = re.compile(r"\d([.,])\d{1,2}\s*(?:€|EUR)?$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]|[€$£]")
_CUSTOMER_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d[\d-]*", re.ASCII)


class _SoFar:
    """What was seen in the rows so far, for what only the whole list can tell."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}  # order number -> row
        self.unknown: dict[str, list[int]] = {}  # status -> rows
        self.days_only: list[int] = []
        self.negative: list[int] = []
        self.euro_assumed: list[int] = []
        self.mark = ""
        self.headings: tuple[str, ...] = ()  # those of a list without net amounts

    def look(self, rows: Sequence[Row]) -> None:
        """Find the decimal mark that all amounts agree on, and whether there are net amounts at all."""
        if rows and "net" not in rows[0].head.places:
            self.headings = rows[0].head.cells
        marks = [match[1] for row in rows if (match := _MARK.search(row["net"][-12:]))]
        if len(marks) >= PROOF and len(set(marks)) == 1:
            self.mark = marks[0]


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One order per row, in the list's order. A number that is there already is rejected."""
    seen = _SoFar()
    found = headings.gather(blob, LAYOUT, lambda row: _order(row, zone, seen), seen.look)
    return replace(found, findings=(*found.findings, *_doubts(blob, seen)))


def _order(row: Row, zone: ZoneInfo, seen: _SoFar) -> Order:
    number = order_number(row.need("number"))
    status = fold(row["status"])
    if status in NO_ORDER:
        said = text(
            "Row {row}: by its status '{status}' it is no order.", row=row.number, status=row["status"]
        )
        raise row.skip("order.none", said)
    at, net = _at(row, zone, seen), _net(row, seen)
    first = seen.first.setdefault(number, row.number)
    if first != row.number:
        raise twice(row, number, first)
    if status not in STANDS and status not in CANCELLED:
        seen.unknown.setdefault(row["status"], []).append(row.number)
    if net.cents < 0:
        seen.negative.append(row.number)
    return Order(
        number,
        at,
        net,
        row["channel"] or SHOP,
        row.at("net"),
        cancelled=status in CANCELLED,
        customer=customer(row["customer"]),
    )


def order_number(raw: str) -> str:
    """The number as mails name it: without '#' and without a spreadsheet's apostrophe."""
    return raw.strip("'# ") or raw


def customer(raw: str) -> str:
    """A customer's number as it is; a name or an address as a pseudonym that is the same in all files.

    >>> customer("K-10023"), customer("Erika Mustermann") == customer("erika  mustermann")
    ('K-10023', True)
    """
    if not raw or _CUSTOMER_NUMBER.fullmatch(raw):
        return raw
    return "P-" + sha256(fold(raw).encode()).hexdigest()[:12]


def twice(row: Row, number: str, first: int) -> Rejected:
    """The exception for an order number that is there already."""
    return row.reject(
        "order.twice",
        text(
            "Row {row} was not read: order {number} is in row {first} already.",
            row=row.number,
            number=number,
            first=first,
        ),
        text("Export one row per order, without overlap."),
        "number",
        "net",
    )


def _at(row: Row, zone: ZoneInfo, seen: _SoFar) -> datetime:
    if not row["time"] and ":" not in row["date"] and numbers.day(row.short("date", WRITE_MOMENT)):
        seen.days_only.append(row.number)
        return row.noon("date", zone)
    return row.moment("date", "time", zone)


def _net(row: Row, seen: _SoFar) -> Money:
    if not row["net"]:
        raise _no_net(row)
    named = row["currency"]
    if named and numbers.SYMBOLS.get(named.casefold()) != "EUR":
        raise foreign(row, named)
    net = row.money("net", seen.mark)
    if (
        not named
        and not currency_of(row.heading("net"))
        and row["net"][-1:].isdigit()
        and row["net"][:1].isdigit()
    ):
        seen.euro_assumed.append(row.number)
    return net


def _no_net(row: Row) -> Rejected:
    if row["gross"]:
        return row.reject(
            "order.gross_only",
            text("Row {row} was not read: it has a gross amount and no net one.", row=row.number),
            text("Export the net amounts too. The VAT is not worked out: its rate is not in the list."),
            "number",
            "gross",
        )
    return row.reject(
        "order.no_amount",
        text("Row {row} was not read: the order has no amount.", row=row.number),
        text("Some exports leave out the price of cancelled orders: enter it from another list."),
        "number",
    )


def foreign(row: Row, currency: str) -> Rejected:
    """The exception for an order that is not in euro."""
    return row.reject(
        "row.currency",
        text(
            "Row {row} was not read: it is in {currency}, and a claim is worked out in euro.",
            row=row.number,
            currency=currency,
        ),
        text("Enter the amount in euro with the rate of the day and its source."),
        "number",
        "net",
    )


def _doubts(blob: Blob, seen: _SoFar) -> list[Finding]:
    """What is uncertain about the list as a whole, each with the first row that it concerns."""
    found = []
    if seen.headings:
        said = text(
            "No column holds net amounts; there are: {headings}.", headings=", ".join(seen.headings)[:300]
        )
        do = text("Name the column 'Netto' or 'Net'.")
        found.append(_about(blob, "orders.no_net_column", said, [1], do))
    if rows := seen.euro_assumed:
        said = text(
            "{n} orders name no currency; they were read as euro.",
            "One order names no currency; it was read as euro.",
            n=len(rows),
        )
        found.append(
            _about(blob, "orders.no_currency", said, rows, text("Check that the shop sells in euro."))
        )
    if rows := seen.days_only:
        said = text(
            "{n} orders have a day and no time of day; noon stands for the day.",
            "One order has a day and no time of day; noon stands for the day.",
            n=len(rows),
        )
        do = text("Export them with the time: it tells what was ordered before the outage began.")
        found.append(_about(blob, "orders.no_time", said, rows, do))
    if rows := seen.negative:
        said = text(
            "{n} orders have a negative amount; they were read as credits.",
            "One order has a negative amount; it was read as a credit.",
            n=len(rows),
        )
        found.append(_about(blob, "orders.negative", said, rows, None))
    for status, rows in seen.unknown.items():
        said = text(
            "{n} orders have the unknown status '{status}'; they were read as not cancelled.",
            "One order has the unknown status '{status}'; it was read as not cancelled.",
            n=len(rows),
            status=status[:60],
        )
        do = text("If they were cancelled, write 'storniert' or 'cancelled'.")
        found.append(_about(blob, "orders.status", said, rows, do))
    return found


def _about(blob: Blob, code: str, said: Text, rows: list[int], do: Text | None) -> Finding:
    return Finding(code, said, do, Weight.WARNING, Locator(blob.digest, f"row {rows[0]}"))
