"""DATEV EXTF: batches of postings and master data, as bookkeeping programs hand them to each other.

The day of a posting has no year: it is taken from the batch. Nothing here is an amount of damage; the
batch tells what a firm booked, and joins postings to receipts by `Belegfeld 1`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from heller.intake.books.classes import CLASSES, class_of
from heller.intake.books.reversals import BatchEntry, taken_back, turnover
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.posting import Posting
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import Text, text
from heller.model.value import Support, Value

NAME = "datev"

POSTINGS = "21"
REVERSAL = 118  # the field of the mark 'Generalumkehr'
REVERSED, PLAIN = frozenset({"1", "G", "g"}), frozenset({"", "0"})
# The first of two figures of a posting key, of batches before 2018: Generalumkehr, alone or with another sense.
REVERSING_KEYS = frozenset("23678")


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
    batch = _Batch(rows[0].cells, rows[1].cells if len(rows) > 1 else (), blob.digest)
    body = [line for line in rows[2:] if line.filled]
    findings, entries = list[Finding](), list[BatchEntry]()
    bad = 0
    for line in body if batch.category == POSTINGS else ():
        doubt = batch.doubt(line)
        if doubt:
            findings.append(doubt)
            bad += doubt.weight is Weight.REFUSED
        if doubt is None or doubt.weight is not Weight.REFUSED:
            entries.append(batch.entry(line))
    postings = taken_back(entries)
    findings = [*batch.doubts(), *findings]
    values = batch.values() | {
        "entries": Value(len(body) - bad, Support.COMPUTED, Locator(blob.digest, "row 3"))
    }
    if batch.category == POSTINGS:
        values |= batch.sums(postings)
    summary = Summary("postings", values, Locator(blob.digest, "row 1"))
    records = tuple(entry.posting for entry in postings)
    return Reading(NAME, batch.at(16) or blob.name, (summary, *records), tuple(findings), len(body), bad)


class _Batch:
    """The header line; fields are counted from 1 as in DATEV's description."""

    def __init__(self, head: tuple[str, ...], columns: tuple[str, ...], digest: str) -> None:
        self.head, self.digest = head, digest
        named = [fold(cell) for cell in columns]
        self.reversal = next(
            (n for n, cell in enumerate(named, 1) if cell.startswith("generalumkehr")), REVERSAL
        )
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

    def sums(self, entries: list[BatchEntry]) -> dict[str, Value]:
        """Debit and credit turnover, the first and last day, and the classes of accounts that occur; of the
        postings that were read, in the currency of the batch. What takes a posting back comes off its side."""
        days = [entry.posting.day for entry in entries]
        debit, credit = turnover(entries, self.at(22) or "EUR")
        named = Counter(filter(None, (self._class(one) for entry in entries for one in entry.accounts)))
        at = Locator(self.digest, "row 3")
        found = {
            "debit": Value(str(Money(debit).decimal), Support.COMPUTED, at),
            "credit": Value(str(Money(credit).decimal), Support.COMPUTED, at),
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
        return class_of(number, self.at(27).zfill(2))

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
        """What is wrong with a posting: an amount, an account or a day that cannot be read, a mark that may turn
        it round and is not known, a day outside, a foreign currency without its worth."""
        at = Locator(
            self.digest, f"row {line.number}", f"{_cell(line, 1)} {_cell(line, 2)} {_cell(line, 10)}"
        )
        day = self.day(line)
        sums = self._amount(line) is not None and _cell(line, 2) in ("S", "H")
        if not sums or day is None or not (_cell(line, 7) + _cell(line, 8)).isdecimal():
            said = text(
                "Row {row} is no posting that can be read: '{raw}'.", row=line.number, raw=at.raw[:60]
            )
            return Finding("posting-unreadable", said, None, Weight.REFUSED, at)
        if mark := self._unknown_mark(line):
            said = text(
                "Row {row} was not read: its mark '{mark}' is not known, and it may take the posting back.",
                row=line.number,
                mark=mark[:20],
            )
            return Finding(
                "posting-unreadable", said, text("Ask the bookkeeper what it means."), Weight.REFUSED, at
            )
        if self.end and self.begin and not self.begin <= day <= self.end:
            said = text("The posting in row {row} is of {day}, outside its batch.", row=line.number, day=day)
            return Finding("posting-outside", said, None, Weight.WARNING, at)
        if (unit := self._unit(line)) != (self.at(22) or "EUR") and not _cell(line, 5):
            said = text(
                "The posting in row {row} is in {currency} and does not say what it was worth; no sum holds it.",
                row=line.number,
                currency=unit,
            )
            return Finding("posting-currency", said, None, Weight.WARNING, at)
        return None

    def _unknown_mark(self, line: CellRow) -> str:
        """A filled mark that may turn a posting round and is not understood, '' where there is none."""
        if (mark := _cell(line, self.reversal)) not in PLAIN | REVERSED:
            return mark
        key = _cell(line, 9)
        return "" if not key or (key.isdecimal() and len(key) <= 4) else key

    def _reversal(self, line: CellRow) -> bool:
        """By the column of reversals, or by the first of two figures of the posting key."""
        return _cell(line, self.reversal) in REVERSED or self._reversing_key(line)

    def _reversing_key(self, line: CellRow) -> bool:
        key = _cell(line, 9).lstrip("0")
        return len(key) == 2 and key[0] in REVERSING_KEYS

    def _unit(self, line: CellRow) -> str:
        return _cell(line, 3) or self.at(22) or "EUR"

    def _amount(self, line: CellRow) -> Money | None:
        """What was posted in the currency of the batch, where the row says it; else in its own."""
        base = self.at(22) or "EUR"
        own = numbers.amount(_cell(line, 1), self._unit(line), ",")
        worth = _cell(line, 5)
        if self._unit(line) == base or not worth:
            return own
        found = numbers.amount(worth, _cell(line, 6) or base, ",")
        return (
            found
            if own is None or found is None or own.cents >= 0
            else -Money(abs(found.cents), found.currency)
        )

    def entry(self, line: CellRow) -> BatchEntry:
        """The posting of a line that can be read: above zero, so an amount below it changes the sides."""
        amount, day = self._amount(line), self.day(line)
        assert amount is not None and day is not None
        first, second = (self._account(_cell(line, n)) for n in (7, 8))
        debited = (_cell(line, 2) == "S") is (amount.cents >= 0)
        posting = Posting(
            day=day,
            amount=Money(abs(amount.cents), amount.currency),
            debit=first if debited else second,
            credit=second if debited else first,
            source=Locator(self.digest, f"row {line.number}", _cell(line, 1)),
            text=_cell(line, 14),
            voucher=_cell(line, 11),
            tax_key=_cell(line, 9).lstrip("0")[1 if self._reversing_key(line) else 0 :],
            chart=f"SKR{self.at(27).zfill(2)}" if self.at(27).zfill(2) in CLASSES else "",
        )
        accounts = (_cell(line, 7), _cell(line, 8))
        side = "S" if debited else "H"
        return BatchEntry(posting, side, self._reversal(line), amount.cents < 0, accounts)

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
