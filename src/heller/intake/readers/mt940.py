"""Account statements as SWIFT MT940 (and booked entries of MT942), as German banks write them.

Deviations of real files are known: lines broken inside an entry, balances without a currency,
value dates that the calendar does not have, fields of `:86:` with any separator.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.bank.marks import unreadable
from heller.intake.bank.statement import Statement, no_currency, reading, row_refusal
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY, Money
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "mt940"

LIMIT = 20 * 1024 * 1024
_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)", re.DOTALL)
_SPLIT_TAG = re.compile(r"^:\s*\n(?=\d{2}[A-Z]?:)", re.MULTILINE)  # ':' and '86:' on two lines
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})?([\d.,]*\d[.,]?)", re.ASCII)
_CURRENCY = re.compile(r"[CD]\d{6}([A-Z]{3})", re.ASCII)  # it holds where the sum behind it is blackened
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4}|\s{4})?\s*(?P<way>R?[CD]|E[CD])(?P<funds>[A-Z])?\s*"
    r"(?P<amount>[\d.,]*\d[.,]?)(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_FLOOR = re.compile(r"([A-Z]{3})[CD]?\d", re.ASCII)
_NOTE = re.compile(r"(\d{3})(\D)(.*)", re.DOTALL)
SIGNS = {"C": 1, "RD": 1, "D": -1, "RC": -1}  # a reversed credit takes the money away again
PURPOSE = frozenset(str(n) for n in (*range(20, 30), *range(60, 64)))
PARTNER = ("32", "33")


class Field(Struct, frozen=True):
    """One tagged field with the number of its first line."""

    tag: str
    body: str
    row: int


def identify(head: bytes, name: str) -> Confidence:
    """By its tags at the starts of lines: a statement line, and a reference or a balance."""
    found = set(re.findall(r"^:(20|25|60[FM]|61|62[FM]|28C?):", numbers.head_text(head), re.MULTILINE))
    if "61" in found or {"60F", "60M"} & found:
        return Confidence(92 if len(found) > 1 else 60, text("It has lines with the tags of MT940."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All booked entries, with the proof of the balances."""
    try:
        return reading(NAME, blob.name, statements(blob))
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)


def statements(blob: Blob) -> tuple[Statement, ...]:
    """The statements of the file, one for each page that has balances of its own."""
    if len(blob.data) > LIMIT:
        raise InputRefused(
            text("The account statement is too large ({size} bytes).", size=len(blob.data)),
            text("A year of a busy account has a few megabytes."),
            text("Export a shorter period."),
        )
    groups: list[list[Field]] = []
    for field in _fields(numbers.decode(blob.data)):
        if field.tag == "20" or not groups:
            groups.append([])
        groups[-1].append(field)
    return tuple(_statement(group, blob) for group in groups)


def _fields(said: str) -> Iterator[Field]:
    """The tagged fields; a line without a tag continues the field before it."""
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    tag, body, start = "", list[str](), 0
    for row, line in enumerate(_SPLIT_TAG.sub(":", said).split("\n"), 1):
        match = _TAG.match(line)
        if match or line.strip() in ("-", "-}"):
            if tag:
                yield Field(tag, "\n".join(body).rstrip(), start)
            tag, body, start = (match[1], [match[2]], row) if match else ("", [], row)
        else:
            body.append(line)
    if tag:
        yield Field(tag, "\n".join(body).rstrip(), start)


def _statement(fields: list[Field], blob: Blob) -> Statement:
    one = {field.tag: field for field in reversed(fields)}
    account = one["25"].body.strip() if "25" in one else ""
    floor = _FLOOR.match(one["34F"].body) if "34F" in one else None
    currency = next(
        (c for c in (_unit(one, "60F", "60M"), _unit(one, "62F", "62M"), floor and floor[1]) if c), ""
    )
    unit = currency or NO_CURRENCY
    opening, closing = _balance(one, unit, "60F", "60M"), _balance(one, unit, "62F", "62M")
    entries: list[BankEntry] = []
    rejected, notes, pending = [], [], 0
    for field, note in _with_notes(fields):
        match = _ENTRY.match(field.body)
        if match and match["way"].startswith("E"):
            pending += 1
            continue
        entry = (
            _entry(match, note, account, unit, Locator(blob.digest, f"row {field.row}", field.body))
            if match
            else None
        )
        if entry is None:
            rejected.append(row_refusal(Locator(blob.digest, f"row {field.row}", field.body)))
            continue
        entries.append(entry)
        if match and _day(match["value"]) is None:
            notes.append(_odd_day(entry))
    notes += _unread_balances(one, opening, closing, blob)
    if entries and not currency:
        notes.append(no_currency(Locator(blob.digest)))
    return Statement(
        account,
        Locator(blob.digest, f"row {fields[0].row}"),
        tuple(entries),
        opening,
        closing,
        pending,
        tuple(rejected),
        tuple(notes),
        begins="60M" not in one,
        ends="62M" not in one,
    )


def _unread_balances(
    one: dict[str, Field], opening: Money | None, closing: Money | None, blob: Blob
) -> Iterator[Finding]:
    """The doubt about a balance that is there and cannot be read."""
    for tags, value in ((("60F", "60M"), opening), (("62F", "62M"), closing)):
        field = next((one[tag] for tag in tags if tag in one), None)
        if field is not None and value is None:
            yield unreadable("balance", Locator(blob.digest, f"row {field.row}", field.body))


def _with_notes(fields: list[Field]) -> Iterator[tuple[Field, Field | None]]:
    """Each statement line with the note (`:86:` or `:NS:`) that follows it."""
    for at, field in enumerate(fields):
        if field.tag == "61":
            after = fields[at + 1] if at + 1 < len(fields) else None
            yield field, after if after and after.tag in ("86", "NS", "25") else None


def _unit(one: dict[str, Field], *tags: str) -> str:
    match = next((m for tag in tags if tag in one and (m := _CURRENCY.match(one[tag].body))), None)
    return match[1] if match else ""


def _balance(one: dict[str, Field], currency: str, *tags: str) -> Money | None:
    match = next((m for tag in tags if tag in one and (m := _BALANCE.match(one[tag].body))), None)
    if not match:
        return None
    value = _amount(match[4], match[3] or currency)
    return None if value is None else value if match[1] == "C" else -value


def _amount(raw: str, currency: str) -> Money | None:
    """The format fixes the comma; '300,' and '380115,1' are whole amounts. Some programs write a point instead.

    >>> [_amount(raw, "EUR").cents for raw in ("119.00", "1.119,00", "1,119.00")]
    [11900, 111900, 111900]
    """
    point = re.fullmatch(r"\d+\.\d{1,2}", raw) or raw.rfind(".") > raw.rfind(",") >= 0
    return numbers.money(numbers.decimal(raw.rstrip(",."), "." if point else ","), currency)


def _entry(
    match: re.Match[str], note: Field | None, account: str, currency: str, at: Locator
) -> BankEntry | None:
    amount = _amount(match["amount"], currency)
    booked = _booking_day(match["value"], (match["booked"] or "").strip())
    if amount is None or booked is None:
        return None
    partner, purpose = _note(note)
    return BankEntry(
        account,
        booked,
        amount if SIGNS[match["way"]] > 0 else -amount,
        partner,
        " ".join(filter(None, (purpose, _reference(match["rest"])))),
        at,
    )


def _booking_day(value: str, entry: str) -> date | None:
    """The day of booking; without one the value date, whose year it has, but for New Year."""
    valued = _day(value) or _last_of_month(value)
    if not entry or valued is None:
        return valued
    near = [day for year in (-1, 0, 1) if (day := _day(f"{(valued.year + year) % 100:02}{entry}"))]
    return min(near, key=lambda day: abs(day - valued), default=valued)


def _day(raw: str) -> date | None:
    return numbers.day(f"20{raw}")


def _last_of_month(raw: str) -> date | None:
    """30 February: banks that reckon 30 days a month write it as a value date."""
    year, month, day = 2000 + int(raw[:2]), int(raw[2:4]), int(raw[4:])
    if not 1 <= month <= 12 or not 28 < day <= 31:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _reference(rest: str) -> str:
    """The customer's reference behind the type code, and what the bank adds in a second line."""
    first, _, more = rest.partition("\n")
    reference = re.sub(r"^[A-Z][A-Z0-9]{3}", "", first.strip()).partition("//")[0].strip()
    known = "" if reference in ("NONREF", "") else reference
    return " ".join(filter(None, (known, " ".join(more.split()))))


def _note(field: Field | None) -> tuple[str, str]:
    """Partner and purpose. German banks number the parts: '?20'..'?29' purpose, '?32?33' name."""
    if field is None:
        return "", ""
    if field.tag == "NS":
        parts = [(line[:2], line[2:]) for line in field.body.split("\n")]
        name = "".join(body for number, body in parts if number in ("15", "16"))
        return name.strip(), " ".join(
            body.strip() for number, body in parts if number.isdecimal() and int(number) < 15
        )
    body = _unwrap(field.body)
    match = _NOTE.match(body)
    if not match or not {f"{match[2]}{n}" for n in ("00", "20")} & set(re.findall(r"\D\d\d", body[3:])):
        return "", " ".join(body.split())
    parts = [(part[:2], part[2:]) for part in match[3].split(match[2])]
    purpose = "".join(text_ for number, text_ in parts if number in PURPOSE)
    name = "".join(text_ for number, text_ in parts if number in PARTNER)
    kind = "".join(text_ for number, text_ in parts if number == "00")
    return " ".join(name.split()), " ".join(f"{kind} {purpose}".split())


def _unwrap(body: str) -> str:
    """Lines of 60 and more characters were cut by the width, shorter ones end with a blank."""
    return "".join(line if len(line) >= 60 else f"{line} " for line in body.split("\n")).strip()


def _odd_day(entry: BankEntry) -> Finding:
    return Finding(
        "odd-value-date",
        text(
            "An entry has a value date that the calendar does not have; it counts as of {day}.",
            day=entry.booked,
        ),
        None,
        Weight.NOTE,
        entry.source,
    )
