"""Account statements in OFX (and QFX): its older form as SGML without closing tags, and XML.

The file states the balance at its end and none at its beginning, so its entries prove nothing by themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from heller.intake.bank.marks import unreadable
from heller.intake.bank.statement import Statement, no_currency, reading, row_refusal
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY, Money
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ofx"

_STATEMENT = re.compile(r"<(CC)?STMTRS>(.*?)(?=<(?:CC)?STMTRS>|\Z)", re.DOTALL | re.IGNORECASE)
_ENTRY = re.compile(
    r"<STMTTRN>(.*?)(?=</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|<LEDGERBAL>|\Z)", re.DOTALL | re.IGNORECASE
)
_LATER = ("PENDING", "HOLD")


def identify(head: bytes, name: str) -> Confidence:
    """By its header, or its root element."""
    said = numbers.head_text(head)[:4096].upper()
    if said.lstrip().startswith("OFXHEADER:") or "<OFX>" in said or "<?OFX" in said:
        return Confidence(95, text("It has the header or the root of OFX."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All entries of all accounts in the file."""
    try:
        content = numbers.decode(blob.data)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    found = tuple(
        _statement(m[2], blob, content[: m.start()].count("\n")) for m in _STATEMENT.finditer(content)
    )
    if not found:
        refused = InputRefused(
            text("The OFX file holds no account statement."),
            text("Payments are proven by booked entries only."),
            text("Export the statement of the account, as OFX, camt.053 or CSV."),
        )
        return reading_of_error(NAME, blob, refused)
    return reading(NAME, blob.name, found)


def _statement(body: str, blob: Blob, above: int) -> Statement:
    unit = _value(body, "CURDEF").upper()
    account = "/".join(filter(None, (_value(body, "BANKID"), _value(body, "ACCTID"))))
    entries, rejected = list[BankEntry](), list[Finding]()
    for match in _ENTRY.finditer(body):
        row = above + body[: match.start()].count("\n") + 1
        at = Locator(blob.digest, f"row {row}", _value(match[1], "TRNAMT"))
        entry = _entry(match[1], account, unit or NO_CURRENCY, at)
        if entry is None:
            rejected.append(row_refusal(at))
        else:
            entries.append(entry)
    notes = list(_notes(body, unit, bool(entries), blob))
    closing = _money(_value(_part(body, "LEDGERBAL"), "BALAMT"), unit or NO_CURRENCY)
    where = Locator(blob.digest, f"row {above + 1}")
    return Statement(account, where, tuple(entries), None, closing, 0, tuple(rejected), tuple(notes))


def _notes(body: str, unit: str, moved: bool, blob: Blob) -> Iterator[Finding]:
    raw = _value(_part(body, "LEDGERBAL"), "BALAMT")
    if raw and _money(raw, unit or NO_CURRENCY) is None:
        yield unreadable("balance", Locator(blob.digest, "LEDGERBAL", raw))
    if moved and not unit:
        yield no_currency(Locator(blob.digest))


def _entry(body: str, account: str, unit: str, at: Locator) -> BankEntry | None:
    amount, booked = _money(_value(body, "TRNAMT"), _own_unit(body) or unit), _day(_value(body, "DTPOSTED"))
    if amount is None or booked is None:
        return None
    partner = _value(body, "NAME") or _value(_part(body, "PAYEE"), "NAME")
    purpose = " ".join(filter(None, (_value(body, "MEMO"), _value(body, "CHECKNUM"), _value(body, "REFNUM"))))
    return BankEntry(account, booked, amount, partner, purpose, at)


def _own_unit(body: str) -> str:
    """The currency of an entry where it is another one than that of the account."""
    return _value(_part(body, "CURRENCY"), "CURSYM").upper()


def _part(body: str, tag: str) -> str:
    match = re.search(rf"<{tag}>(.*?)(?=</{tag}>|<AVAILBAL>|\Z)", body, re.DOTALL | re.IGNORECASE)
    return match[1] if match else ""


def _value(body: str, tag: str) -> str:
    """What stands behind a tag, up to the next one: SGML needs no closing tag."""
    match = re.search(rf"<{tag}>\s*([^<\r\n]*)", body, re.IGNORECASE)
    return html.unescape(match[1].strip()) if match else ""


def _money(raw: str, unit: str) -> Money | None:
    """OFX leaves the decimal mark to the writer; a mark that could part thousands is not guessed."""
    mark = re.search(r"([.,])\d{1,2}$", raw)
    return numbers.amount(raw, unit, mark[1] if mark else "")


def _day(raw: str) -> date | None:
    """'20260205', '20260205120000[+1:CET]': the day that is written."""
    return numbers.day(raw[:8]) if re.match(r"\d{8}", raw) else None
