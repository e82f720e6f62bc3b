"""Account statements as ISO 20022 XML: camt.052, 053 and 054, any version; booked entries only.

Elements are found by local name: the versions differ in their namespace and in a few wrappers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from heller.intake.bank.marks import unreadable
from heller.intake.bank.statement import Statement, reading, row_refusal
from heller.intake.einvoice.xml import (
    Source,
    Under,
    children,
    elements,
    every,
    first,
    local,
    parse,
    root_name,
    words,
)
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "camt"

MESSAGES = "|".join(
    f"{name}{version}"
    for name in ("BkToCstmrAcctRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn")
    for version in ("", "V01")
)
STATEMENTS = "Rpt|Stmt|Ntfctn"
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def identify(head: bytes, name: str) -> Confidence:
    """By the root `Document` and its namespace."""
    root, attributes = root_name(head)
    known = (root == "Document" and "camt.05" in attributes) or root in MESSAGES.split("|")
    return Confidence(95, text("Its root and namespace are those of camt.")) if known else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All booked entries, with the proof of the balances."""
    try:
        return reading(NAME, blob.name, statements(blob, zone))
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)


def statements(blob: Blob, zone: ZoneInfo) -> tuple[Statement, ...]:
    """The statements of the file; raises InputRefused where it holds none."""
    root = parse(blob.data)
    source = Source(blob.digest)
    found = tuple(
        _statement(under, source, zone)
        for message in ((root,) if local(root) in MESSAGES.split("|") else children(root, MESSAGES))
        for under in elements(message, STATEMENTS)
    )
    if not found:
        raise InputRefused(
            text("The file is no account statement: it holds no report, statement or notification."),
            text("Payments are proven by booked entries only."),
            text("Ask the bank for camt.053, camt.052 or MT940."),
        )
    return found


def _statement(under: Under, source: Source, zone: ZoneInfo) -> Statement:
    element = under.element
    account, report = _account(element), local(element) == "Rpt"
    entries: list[BankEntry] = []
    rejected, pending = [], 0
    announced: list[Money] = []
    for entry in elements(element, "Ntry"):
        status = words(entry.element, "Sts", "Cd|Prtry") or words(entry.element, "Sts")
        if status not in ("BOOK", ""):
            pending += 1
            amount = _signed(entry.element)
            announced += [amount] if amount is not None and report else []
        elif read_entry := _entry(entry, account, source, zone):
            entries.append(read_entry)
        else:
            rejected.append(row_refusal(source.at(entry.element, entry)))
    return Statement(
        account,
        Locator(source.digest, under.path, "", source.member),
        tuple(entries),
        _balance(element, OPENING),
        _balance(element, CLOSING),
        pending,
        tuple(rejected),
        tuple(_unread_balances(element, source, under)),
        announced=tuple(announced),
    )


def _account(element: Element) -> str:
    found = words(element, "Acct", "Id", "IBAN") or words(element, "Acct", "Id", "Othr|PrtryAcct|BBAN", "Id")
    return found or words(element, "Acct", "Id", "BBAN")


def _balance(element: Element, codes: tuple[str, ...]) -> Money | None:
    for code in codes:
        for balance in every(element, "Bal"):
            if words(balance, "Tp", "CdOrPrtry", "Cd") == code or words(balance, "Tp", "Cd") == code:
                return _signed(balance)
    return None


def _unread_balances(element: Element, source: Source, under: Under) -> Iterator[Finding]:
    """The doubt about a balance that is there and cannot be read."""
    for codes in (OPENING, CLOSING):
        for balance in every(element, "Bal"):
            code = words(balance, "Tp", "CdOrPrtry", "Cd") or words(balance, "Tp", "Cd")
            if code in codes and _signed(balance) is None:
                raw = words(balance, "Amt")
                yield unreadable("balance", Locator(source.digest, f"{under.path}/Bal", raw, source.member))


def _signed(element: Element) -> Money | None:
    """Amount with the sign of CdtDbtInd; a reversal's indicator already says which way the money went."""
    amount, way = first(element, "Amt"), words(element, "CdtDbtInd")
    currency = "" if amount is None else str(amount.get("Ccy", ""))
    value = numbers.money(numbers.plain(words(element, "Amt")), currency)
    if value is None or not currency or way not in ("CRDT", "DBIT"):
        return None
    return value if way == "CRDT" else -value


def _entry(entry: Under, account: str, source: Source, zone: ZoneInfo) -> BankEntry | None:
    amount = _signed(entry.element)
    booked = _day(entry.element, "BookgDt", zone) or _day(entry.element, "ValDt", zone)
    if amount is None or booked is None:
        return None
    where = first(entry.element, "Amt")
    at = source.at(entry.element if where is None else where, entry)
    purpose = list(dict.fromkeys(_purpose(entry.element)))
    return BankEntry(account, booked, amount, _other_side(entry.element, amount), " ".join(purpose), at)


def _day(element: Element, name: str, zone: ZoneInfo) -> date | None:
    """A day as stated; an instant with an offset is the day on the site's clock."""
    if plain := words(element, name, "Dt"):
        return numbers.day(plain[:10])
    stamp = words(element, name, "DtTm")
    exact = numbers.moment(stamp, "", zone) if stamp[19:] else None
    return _local(exact, zone) if exact else numbers.day(stamp[:10])


def _local(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _purpose(entry: Element) -> Iterator[str]:
    for details in every(entry, "NtryDtls", "TxDtls"):
        yield from filter(None, (words(line) for line in every(details, "RmtInf", "Ustrd")))
        reference = words(details, "RmtInf", "Strd", "CdtrRefInf", "Ref")
        numbers_ = (words(d) for d in every(details, "RmtInf", "Strd", "RfrdDocInf", "Nb"))
        yield from filter(None, (reference, *numbers_))
        end_to_end = words(details, "Refs", "EndToEndId")
        if end_to_end and end_to_end != "NOTPROVIDED":
            yield end_to_end
    if more := words(entry, "AddtlNtryInf"):
        yield more


def _other_side(entry: Element, amount: Money) -> str:
    """Who got the money of a debit, who sent that of a credit; each name once."""
    roles = ("Cdtr|UltmtCdtr", "Dbtr|UltmtDbtr") if amount.cents < 0 else ("Dbtr|UltmtDbtr", "Cdtr|UltmtCdtr")
    for role in roles:
        parties = [
            party for d in every(entry, "NtryDtls", "TxDtls", "RltdPties") for party in children(d, role)
        ]
        names = [words(party, "Nm") or words(party, "Pty", "Nm") for party in parties]
        if any(names):
            return ", ".join(dict.fromkeys(filter(None, names)))
    return ""
