"""Account statements in QIF, as Quicken and old banking programs write them: one letter a line, '^' after each entry.

The format names no currency, no zone and no form of its days: what can be read in two ways is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.bank.marks import proven_mark
from heller.intake.bank.statement import Statement, no_currency, reading, row_refusal
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.written import numbers
from heller.intake.written.day_forms import DATE_FORMS, day, proven_forms
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "qif"

ACCOUNTS = ("bank", "ccard", "cash", "oth a", "oth l")
Fields = dict[str, str]


def identify(head: bytes, name: str) -> Confidence:
    """By the line that names the type of the list."""
    said = numbers.head_text(head)[:4096]
    if re.search(r"^!Type:(?:Bank|CCard|Cash|Oth [AL])", said, re.IGNORECASE | re.MULTILINE):
        return Confidence(93, text("It has the lines of QIF."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All entries of the lists of accounts; entries of other lists are counted as not read."""
    try:
        found = list(_records(numbers.decode(blob.data)))
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    forms = _forms([record.get("D", "") for _, _, record in found])
    mark = proven_mark([record.get("T", record.get("U", "")) for _, _, record in found])
    entries, rejected = list[BankEntry](), list[Finding]()
    for row, account, record in found:
        at = Locator(blob.digest, f"row {row}", f"{record.get('D', '')} {record.get('T', '')}".strip())
        entry = _entry(account, record, forms, mark, at)
        if entry is None:
            rejected.append(_two_ways(at) if len(forms) > 1 else row_refusal(at))
        else:
            entries.append(entry)
    notes = (no_currency(Locator(blob.digest)),) if entries else ()
    where = Locator(blob.digest, "row 1")
    names = list(dict.fromkeys(entry.account for entry in entries)) or [""]
    pages = [Statement(name, where, tuple(e for e in entries if e.account == name)) for name in names]
    pages[-1] = replace(pages[-1], rejected=tuple(rejected), notes=notes)
    return reading(NAME, blob.name, pages)


def _records(content: str) -> Iterator[tuple[int, str, Fields]]:
    """First row, account and fields of each entry; a line of a split keeps the first of its letter."""
    kind, account, begun, fields = "", "", 0, Fields()
    for row, line in enumerate(content.splitlines(), 1):
        if line.startswith("!"):
            kind = line[1:].partition(":")[2].strip().casefold() or line[1:].strip().casefold()
            begun, fields = 0, {}
        elif line.startswith("^"):
            if kind == "account":
                account = fields.get("N", "")
            elif fields and kind in ACCOUNTS:
                yield begun, account, fields
            begun, fields = 0, {}
        elif line.strip():
            begun = begun or row
            fields.setdefault(line[0].upper(), line[1:].strip())
    if fields and kind in ACCOUNTS:
        yield begun, account, fields


def _plain(raw: str) -> str:
    """Quicken writes 2/ 5'26 for 5 February 2026."""
    return re.sub(r"\s+", "", raw).replace("'", "/")


def _forms(days: list[str]) -> tuple[str, ...]:
    """The one form of day that all entries have, or all that fit."""
    return proven_forms([_years(_plain(raw)) for raw in days if raw])


def _years(raw: str) -> str:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2})", raw)
    return f"{match[1]}/{match[2]}/20{match[3]}" if match else raw


def _entry(account: str, record: Fields, forms: tuple[str, ...], mark: str, at: Locator) -> BankEntry | None:
    if len(forms) > 1 and len({day(_years(_plain(record.get("D", ""))), (form,)) for form in forms}) > 1:
        return None
    booked = day(_years(_plain(record.get("D", ""))), forms or DATE_FORMS)
    amount = numbers.amount(record.get("T") or record.get("U", ""), NO_CURRENCY, mark)
    if booked is None or amount is None:
        return None
    purpose = " ".join(filter(None, (record.get("M", ""), record.get("N", ""))))
    return BankEntry(account, booked, amount, record.get("P", ""), purpose, at)


def _two_ways(at: Locator) -> Finding:
    said = text(
        "The day '{raw}' can be read in two ways: the file does not say which is right.", raw=at.raw[:20]
    )
    do = text("Export the statement as CSV, camt.053 or MT940, which say it.")
    return Finding("days-unsure", said, do, Weight.WARNING, at)
