"""DATEV EXTF: batches of postings and master data, as bookkeeping programs hand them to each other.

The day of a posting has no year: it is taken from the batch. Nothing here is an amount of damage; the
batch tells what a firm booked, and joins postings to receipts by `Belegfeld 1`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.posting import Posting
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import Text, text
from heller.model.value import Support, Value

NAME = "datev"

POSTINGS = "21"
# Classes of accounts by DATEV's charts SKR 03 and SKR 04 of 2026: first and last account, what they hold.
CLASSES: dict[str, tuple[tuple[int, int, str], ...]] = {
    "03": (
        (8400, 8409, "revenue 19 %"), (8700, 8799, "revenue deductions"), (3400, 3409, "goods 19 %"),
        (3100, 3199, "services bought in"), (3800, 3849, "incidental purchase costs"),
        (4700, 4799, "costs of delivering goods"), (4100, 4199, "wages and salaries"),
        (4920, 4925, "telephone and internet"), (4950, 4959, "legal and advice"),
    ),
    "04": (
        (4400, 4409, "revenue 19 %"), (4700, 4799, "revenue deductions"), (5400, 5409, "goods 19 %"),
        (5900, 5999, "services bought in"), (5800, 5849, "incidental purchase costs"),
        (6700, 6799, "costs of delivering goods"), (6000, 6099, "wages and salaries"),
        (6805, 6810, "telephone and internet"), (6825, 6829, "legal and advice"),
    ),
}  # fmt: skip


def identify(head: bytes, name: str) -> Confidence:
    """By the first field, EXTF or DTVF."""
    if re.match(rb'(?:\xef\xbb\xbf)?"?(?:EXTF|DTVF)"?;', head):
        return Confidence(97, text("Its first field is that of DATEV's format."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The batch as a whole: category, number of postings, period, consultant, client, currency."""
    rows = list(cells.lines(numbers.decode(blob.data), ";"))
    if not rows:
        return nothing(blob, _empty(blob), NAME)
    head = rows[0].cells
    batch = _Batch(head, blob.digest)
    body = [line for line in rows[2:] if line.filled]
    findings, postings = [], []
    bad = 0
    for line in body if batch.category == POSTINGS else ():
        doubt = batch.doubt(line)
        if doubt:
            findings.append(doubt)
            bad += doubt.weight is Weight.REFUSED
        if doubt is None or doubt.weight is not Weight.REFUSED:
            postings.append(batch.posting(line))
    findings = [*batch.doubts(), *findings]
    values = batch.values() | {
        "entries": Value(len(body) - bad, Support.COMPUTED, Locator(blob.digest, "row 3"))
    }
    if batch.category == POSTINGS:
        values |= batch.sums(body)
    summary = Summary("postings", values, Locator(blob.digest, "row 1"))
    return Reading(NAME, batch.at(16) or blob.name, (summary, *postings), tuple(findings), len(body), bad)


class _Batch:
    """The header line; fields are counted from 1 as in DATEV's description."""

    def __init__(self, head: tuple[str, ...], digest: str) -> None:
        self.head, self.digest = head, digest
        self.category = self.at(3)
        self.year, self.begin, self.end = (_day(self.at(n)) for n in (13, 15, 16))

    def at(self, field: int) -> str:
        return self.head[field - 1].strip('" ') if field <= len(self.head) else ""

    def values(self) -> dict[str, Value]:
        def said(field: int, value: str | None = None) -> Value:
            raw = self.at(field)
            return Value(
                value or raw or None, Support.STATED, Locator(self.digest, f"row 1 column {field}", raw)
            )

        return {
            "category": said(3),
            "from": said(15, self.begin.isoformat() if self.begin else None),
            "to": said(16, self.end.isoformat() if self.end else None),
            "consultant": said(11),
            "client": said(12),
            "currency": said(22),
            "chart": said(27),
        }

    def sums(self, body: list[CellRow]) -> dict[str, Value]:
        """Debit and credit turnover, the first and last day, and the classes of accounts that occur."""
        days = [day for line in body if (day := self.day(line))]
        totals = {"S": 0, "H": 0}
        named: Counter[str] = Counter()
        for line in body:
            amount, side = numbers.amount(_cell(line, 1), mark=","), _cell(line, 2)
            if amount is not None and side in totals:
                totals[side] += amount.cents
            named.update(filter(None, (self._class(_cell(line, n)) for n in (7, 8))))
        at = Locator(self.digest, "row 3")
        found = {
            "debit": Value(str(Money(totals["S"]).decimal), Support.COMPUTED, at),
            "credit": Value(str(Money(totals["H"]).decimal), Support.COMPUTED, at),
            "first": Value(min(days).isoformat() if days else None, Support.COMPUTED, at),
            "last": Value(max(days).isoformat() if days else None, Support.COMPUTED, at),
        }
        if named:
            said = ", ".join(f"{name}: {n}" for name, n in sorted(named.items()))
            found["classes"] = Value(said, Support.COMPUTED, at)
        return found

    def _class(self, account: str) -> str:
        """What an account holds, by the chart that the header names; '' where it names none."""
        width = int(self.at(14)) if self.at(14).isdecimal() else 4
        if not account.isdecimal() or len(account) > width or width > 8:
            return ""  # one digit more is a debtor or creditor
        number = int(account.ljust(width, "0")[:4]) if len(account) == width else int(account)
        classes = CLASSES.get(self.at(27).zfill(2), ())
        return next((name for first, last, name in classes if first <= number <= last), "")

    def day(self, line: CellRow) -> date | None:
        """The day of a posting in the year of the batch; a batch over New Year has two."""
        raw = _cell(line, 10).zfill(4)
        if not raw.isdecimal() or len(raw) not in (4, 6, 8) or self.begin is None:
            return None
        years = dict.fromkeys((self.begin.year, (self.end or self.begin).year))
        days = [d for year in years if (d := _day(f"{year}{raw[2:4]}{raw[:2]}"))]
        inside = [d for d in days if self.end and self.begin <= d <= self.end]
        return next(iter(inside or days), None)

    def doubt(self, line: CellRow) -> Finding | None:
        """What is wrong with a posting: an amount, an account or a day that cannot be read, a day outside."""
        at = Locator(
            self.digest, f"row {line.number}", f"{_cell(line, 1)} {_cell(line, 2)} {_cell(line, 10)}"
        )
        day = self.day(line)
        sums = numbers.amount(_cell(line, 1), mark=",") is not None and _cell(line, 2) in ("S", "H")
        if not sums or day is None or not (_cell(line, 7) + _cell(line, 8)).isdecimal():
            said = text(
                "Row {row} is no posting that can be read: '{raw}'.", row=line.number, raw=at.raw[:60]
            )
            return Finding("posting-unreadable", said, None, Weight.REFUSED, at)
        if self.end and self.begin and not self.begin <= day <= self.end:
            said = text("The posting in row {row} is of {day}, outside its batch.", row=line.number, day=day)
            return Finding("posting-outside", said, None, Weight.WARNING, at)
        return None

    def posting(self, line: CellRow) -> Posting:
        """The posting of a line that can be read: above zero, so an amount below it changes the sides."""
        amount, day = (
            numbers.amount(_cell(line, 1), _cell(line, 3) or self.at(22) or "EUR", ","),
            self.day(line),
        )
        assert amount is not None and day is not None
        first, second = (self._account(_cell(line, n)) for n in (7, 8))
        debited = (_cell(line, 2) == "S") is (amount.cents >= 0)
        return Posting(
            day=day,
            amount=Money(abs(amount.cents), amount.currency),
            debit=first if debited else second,
            credit=second if debited else first,
            source=Locator(self.digest, f"row {line.number}", _cell(line, 1)),
            text=_cell(line, 14),
            voucher=_cell(line, 11),
            tax_key=_cell(line, 9).lstrip("0"),
            chart=f"SKR{self.at(27).zfill(2)}" if self.at(27).zfill(2) in CLASSES else "",
        )

    def _account(self, raw: str) -> str:
        """An account of the ledger as its four figures; debtors and creditors, one digit longer, stay."""
        width = int(self.at(14)) if self.at(14).isdecimal() and 4 <= int(self.at(14)) <= 8 else 4
        return raw.zfill(width)[:4] if raw.isdecimal() and len(raw) <= width else raw

    def doubts(self) -> list[Finding]:
        found = []
        where = Locator(self.digest, "row 1")
        if self.begin and self.end and self.begin > self.end:
            said = text("The batch ends ({end}) before it begins ({begin}).", end=self.end, begin=self.begin)
            found.append(Finding("batch-period", said, None, Weight.WARNING, where))
        if self.year and self.begin and self.end and not self._in_year():
            said = text(
                "The batch of {begin} to {end} lies outside its business year, which begins on {year}.",
                begin=self.begin,
                end=self.end,
                year=self.year,
            )
            do = text(
                "The days of its postings have no year of their own: ask the bookkeeper which one holds."
            )
            found.append(Finding("batch-year", said, do, Weight.WARNING, where))
        if self.category == POSTINGS and not (self.begin and self.end):
            found.append(_no_period(where))
        return found

    def _in_year(self) -> bool:
        if self.year is None or self.begin is None or self.end is None:
            return True
        until = date(self.year.year + 1, self.year.month, min(self.year.day, 28))
        return self.year <= self.begin and self.end < until


def _empty(blob: Blob) -> Finding:
    said = text("{name} has no header line of DATEV.", name=blob.name)
    return Finding("batch-empty", said, None, Weight.REFUSED, Locator(blob.digest))


def _no_period(where: Locator) -> Finding:
    said: Text = text("The batch names no period, so its postings have no year.")
    return Finding("batch-period", said, text("Export it again with its period."), Weight.WARNING, where)


def _cell(line: CellRow, field: int) -> str:
    return line.cells[field - 1].strip('" ') if field <= len(line.cells) else ""


def _day(raw: str) -> date | None:
    return numbers.day(raw) if re.fullmatch(r"\d{8}", raw) else None
