"""A list of totals and balances (Summen- und Saldenliste) as a table: each account of profit and loss as a posting.

What an account moved in the month of the list is posted at the end of the month, so that the margin stands with its
accounts as it does from a batch of postings. Accounts of the balance sheet, debtors and creditors are not used.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from zoneinfo import ZoneInfo

from heller.intake.books.classes import class_of
from heller.intake.books.months import month
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.posting import Posting
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "balances"
WORDS: dict[str, tuple[str, ...]] = {
    "account": ("Konto", "Kontonummer", "Konto-Nr.", "Kto", "Kto.", "Account"),
    "name": ("Bezeichnung", "Kontobezeichnung", "Beschriftung", "Kontenbezeichnung", "Name"),
    "debit": (
        "Soll", "Monat Soll", "Umsatz Soll", "Soll Monat", "Umsatz Monat Soll", "Soll im Zeitraum", "Debit",
        "Periode Soll", "Monatswerte Soll",
    ),
    "credit": (
        "Haben", "Monat Haben", "Umsatz Haben", "Haben Monat", "Umsatz Monat Haben", "Haben im Zeitraum", "Credit",
        "Periode Haben", "Monatswerte Haben",
    ),
    "opening": ("EB-Wert", "Eröffnungsbilanzwert", "EB-Wert Soll", "Anfangssaldo", "EB"),
    "balance": ("Saldo", "Endsaldo", "Saldo Soll", "Saldo Haben", "kum. Soll", "kum. Haben", "Saldo kumuliert"),
}  # fmt: skip
CONTRA = "9000"
PROFIT_AND_LOSS = {
    "03": (2000, 8999),
    "04": (4000, 7999),
}  # first and last account; stocks of SKR 03 are left out
STOCKS = (3900, 3999)
_PERIOD = re.compile(r"\d{1,2}[./]\d{4}|\b[A-Za-zä]{3,9}[ ./]+\d{4}|\d{4}-\d{2}")


def identify(head: bytes, name: str) -> Confidence:
    """By an account, debit and credit, and a balance or an opening value."""
    found = _listing(numbers.tabular(head)[:32768])
    return Confidence(86, text("It has accounts with debit, credit and balance.")) if found else NOT_MINE


def _listing(content: str) -> Listing | None:
    found = export.find(content, WORDS, ("account", "debit", "credit"))
    return found if found and found.places.keys() & {"opening", "balance"} else None


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The accounts of profit and loss as postings of the month that the list names."""
    content = numbers.decode(blob.data)
    listing = _listing(content)
    at = Locator(blob.digest, "row 1")
    if listing is None:
        said = text("{name} is no list of totals and balances.", name=blob.name)
        return nothing(blob, Finding("balances-unknown", said, None, Weight.REFUSED, at), NAME)
    rows = list(listing.rows(content))
    on = _month(content.splitlines()[: listing.head.number], blob.name)
    chart = _chart(listing, rows)
    if on is None or not chart:
        return nothing(blob, _no_month(blob) if on is None else _no_chart(blob), NAME)
    postings, findings, aside = list[Posting](), list[Finding](), 0
    for line in rows:
        account = listing.cell(line, "account")
        if not account.isdecimal() or not _counts(account, chart):
            aside += 1
            continue
        moved = _movement(listing, line)
        where = Locator(blob.digest, f"row {line.number}", " ".join(line.cells)[:80])
        if moved is None:
            said = text("Row {row} of the list of balances cannot be read.", row=line.number)
            findings.append(Finding("balances-row", said, None, Weight.REFUSED, where))
        elif moved.cents:
            sides = (account, CONTRA) if moved.cents > 0 else (CONTRA, account)
            postings.append(
                Posting(
                    on,
                    Money(abs(moved.cents)),
                    *sides,
                    where,
                    listing.cell(line, "name"),
                    chart=f"SKR{chart}",
                )
            )
    refused = len(findings)
    if aside:
        said = text(
            "{n} rows are no accounts of profit and loss and are not used.",
            "One row is no account of profit and loss and is not used.",
            n=aside,
        )
        findings.append(Finding("rows-unused", said, None, Weight.NOTE, at))
    values = {
        "month": Value(f"{on:%Y-%m}", Support.STATED, at),
        "chart": Value(chart, Support.COMPUTED, at),
        "accounts": Value(len(postings), Support.COMPUTED, at),
    }
    return Reading(
        NAME, blob.name, (Summary("balances", values, at), *postings), tuple(findings), len(rows), refused
    )


def _month(above: list[str], name: str) -> date | None:
    """The last day of the month that the lines above the headings name, or the file's name."""
    for said in (*above, name):
        for match in _PERIOD.finditer(said):
            if found := month(match[0]):
                return found.replace(day=monthrange(found.year, found.month)[1])
    return None


def _chart(listing: Listing, rows: list[CellRow]) -> str:
    """'03' or '04': the chart by which more accounts of takings are called so."""
    named = [(listing.cell(r, "account"), fold(listing.cell(r, "name"))) for r in rows]
    takings = [int(a) for a, words in named if a.isdecimal() and len(a) == 4 and "erloes" in words]
    count = {chart: sum("revenue" in class_of(one, chart) for one in takings) for chart in ("03", "04")}
    eight, four = (sum(one // 1000 == first for one in takings) for first in (8, 4))
    best = max(("03", "04"), key=lambda chart: (count[chart], eight if chart == "03" else four))
    return best if takings else ""


def _counts(account: str, chart: str) -> bool:
    if len(account) != 4:
        return False
    first, last = PROFIT_AND_LOSS[chart]
    number = int(account)
    return first <= number <= last and not (chart == "03" and STOCKS[0] <= number <= STOCKS[1])


def _movement(listing: Listing, line: CellRow) -> Money | None:
    """Debit less credit of the month; an empty cell is nothing."""
    sides = []
    for key in ("debit", "credit"):
        raw = listing.cell(line, key)
        value = numbers.amount(raw, "EUR", "," if "," in raw else "") if raw else Money(0)
        if value is None:
            return None
        sides.append(value)
    return sides[0] - sides[1]


def _no_month(blob: Blob) -> Finding:
    said = text("{name} names no month, so its balances have no day.", name=blob.name)
    do = text("Add a copy that names the month above its headings or in the file's name, as 02/2026.")
    return Finding("balances-month", said, do, Weight.REFUSED, Locator(blob.digest))


def _no_chart(blob: Blob) -> Finding:
    said = text(
        "In {name} no account is called takings, so its chart of accounts is not known.", name=blob.name
    )
    do = text("Add the postings as a DATEV export, which names its chart.")
    return Finding("balances-chart", said, do, Weight.REFUSED, Locator(blob.digest))
