"""Orders exported from Shopware by its default profiles: gross amounts.

Shopware 6 writes times in UTC and states as identifiers. Shopware 5 ('default_order_main_data' of its plug-in
SwagImportExport) writes times of the shop and states as words, and an order again for each further tax rate.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.bank.statement import NO_CURRENCY
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export
from heller.intake.tables.export import Listing
from heller.intake.tables.order_totals import OrderTotals, summary
from heller.intake.tables.row import YEARS
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.order import Order
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "shopware"
OF_VERSION_5 = "orderTime"

WORDS: dict[str, tuple[str, ...]] = {
    "number": ("order_number", "orderNumber", "order number"),
    "gross": ("amount_total", "amountTotal", "invoiceAmount"),
    "net": ("amount_net", "amountNet", "invoiceAmountNet"),
    "at": ("order_date_time", "orderDateTime", "order_date", OF_VERSION_5),
    "state": ("order_state_id", "state_machine_state", "state", "order_state", "orderStatus"),
    "currency": ("currency", "currency_iso_code", "currency_id", "currency_isocode"),
    "items": ("line_items", "lineItems"),
}  # fmt: skip
CANCELLED = ("cancel", "stornier", "abgebrochen")  # Shopware 5: 'Storniert / Abgelehnt'
_UTC = ZoneInfo("UTC")


def identify(head: bytes, name: str) -> Confidence:
    """By its technical headings."""
    found = _listing(numbers.tabular(head)[:32768])
    return (
        Confidence(95, text("Its headings are those of Shopware's export of orders.")) if found else NOT_MINE
    )


def _listing(content: str) -> Listing | None:
    return export.find(content, WORDS, ("number", "gross", "at"))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The orders as a whole, and one by one where a net amount is stated."""
    content = numbers.decode(blob.data)
    found = _listing(content)
    if found is None:
        return nothing(blob, _unreadable(blob, 1), NAME)
    told: list[OrderTotals] = []
    orders: list[Order] = []
    findings: list[Finding] = []
    lines = 0
    clock = zone if found.heading("at") == OF_VERSION_5 else _UTC
    for line in found.rows(content):
        lines += 1
        at = Locator(blob.digest, f"row {line.number}", found.cell(line, "gross"))
        order = _told(found.cell(line, "number"), found.cell(line, "gross"), found.cell(line, "net"),
                      found.cell(line, "currency"), found.cell(line, "state"))  # fmt: skip
        when = numbers.moment(found.cell(line, "at").replace(" +00:00", "+00:00"), "", clock)
        if order is None or when is None or when.year not in YEARS:
            findings.append(_unreadable(blob, line.number))
            continue
        if order in told[-1:]:  # its second tax rate
            continue
        told.append(order)
        if order.net is not None and order.net.currency == "EUR":
            orders.append(Order(order.number, when, order.net, NAME, at, order.cancelled))
    if not told:
        return Reading(NAME, blob.name, (), tuple(findings), lines, len(findings))
    bad = len(findings)
    findings += _doubts(blob, found, told, content)
    head = Locator(blob.digest, f"row {found.head.number + 1}")
    return Reading(NAME, blob.name, (summary(told, lines, head), *orders), tuple(findings), lines, bad)


def _told(number: str, gross: str, net: str, currency: str, state: str) -> OrderTotals | None:
    unit = currency if len(currency) == 3 and currency.isupper() else ""
    total = numbers.amount(gross, unit or NO_CURRENCY, ".")
    if not number or total is None:
        return None
    before = numbers.amount(net, unit or NO_CURRENCY, ".") if net else None
    return OrderTotals(number, total, before, None, state.casefold().startswith(CANCELLED), unit)


def _doubts(blob: Blob, found: Listing, told: list[OrderTotals], content: str) -> list[Finding]:
    at = Locator(blob.digest, f"row {found.head.number}")
    doubts = []
    states = {found.cell(line, "state") for line in found.rows(content)}
    if any(len(state) >= 32 for state in states):
        said = text("The states of the orders are identifiers, not words: cancelled orders cannot be told.")
        do = text("Export the name of the state as well.")
        doubts.append(Finding("orders.state_id", said, do, Weight.WARNING, at))
    if not all(order.currency for order in told):
        said = text("The list names no currency, so its amounts enter no claim.")
        doubts.append(
            Finding("orders.no_currency", said, text("Export the currency as well."), Weight.WARNING, at)
        )
    return doubts


def _unreadable(blob: Blob, row: int) -> Finding:
    return Finding(
        "order.unreadable",
        text(
            "Row {row} of the orders was not read: its number, day or amount is missing or unclear.", row=row
        ),
        text("Correct it, or export the list again."),
        Weight.WARNING,
        Locator(blob.digest, f"row {row}"),
    )
