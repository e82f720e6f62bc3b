"""Numbers, days and moments as an office writes them, German or ISO.

It never guesses: what can be read in two ways is None, and the reader says so in a finding.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from heller.intake.written import weekdays
from heller.intake.written.encoding import PACKED
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import text

MOST_DIGITS = 15  # beyond it stands an account number, not an amount
SYMBOLS = {"€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "us$": "USD"}
MONTHS = {
    "jan": 1, "feb": 2, "mär": 3, "mar": 3, "mrz": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip

_BLANK = str.maketrans(
    "", "", " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
)
_SIGNED = re.compile(r"([+\-\N{MINUS SIGN}]?)\s*(\S.*?)\s*([+\-\N{MINUS SIGN}]?)", re.DOTALL)
_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII),
}
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DIGITS = re.compile(r"[0-9.,]+")
_UNIT = re.compile(
    r"(?P<before>[A-Za-z€£$]{0,40})\s{0,20}(?P<number>[^A-Za-z€£$]{1,80}?)\s{0,20}(?P<after>[A-Za-z€£$]{0,40})"
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})\.?\s?([A-Za-zä]{3,9})\.?\s(\d{4})", re.ASCII | re.IGNORECASE)
_NAMED_FIRST = re.compile(r"([A-Za-zä]{3,9})\.?\s(\d{1,2}),?\s(\d{4})", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)?\s*(uhr|h|[ap]\.?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$", re.ASCII)


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8 with or without BOM, else CP1252; UTF-16 where a BOM says so.

    A byte that CP1252 does not know becomes U+FFFD, which shows. Raises InputRefused for NUL characters.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = data.decode("utf-16", "replace")
    else:
        try:
            found = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = data.decode("cp1252", "replace")
    if "\x00" in found:
        raise InputRefused(
            text("The file is not text: it contains NUL characters."),
            text("A table, a log or a message has none; a program's own file has."),
            text("Export it again as text, CSV or PDF."),
        )
    return found


@lru_cache(maxsize=2)
def head_text(head: bytes) -> str:
    """The characters of the first bytes of a file, for recognising it; empty where it is no text.

    A PDF or an archive is none, though its bytes may be decoded.
    """
    if head.startswith(PACKED):
        return ""
    cut = head
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        for last in range(1, 4):  # a character of several bytes may be cut at the end
            if last <= len(head) and head[-last] >= 0xC0:
                cut = head[:-last]
                break
    try:
        return decode(cut)
    except InputRefused:
        return ""


@lru_cache(maxsize=2)
def tabular(head: bytes) -> str:
    """The characters of the first bytes of a file that may be a table; empty where it begins like XML or JSON
    or is no text, so that the readers of tables need not look for headings in it."""
    first = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "" if first[:1] in (b"<", b"{") else head_text(head)


def plain(raw: str) -> Decimal | None:
    """A number as machines write it (xs:decimal): a point, no grouping, no exponent."""
    found = raw.strip()
    if not _PLAIN.fullmatch(found) or len(found) > 40:
        return None
    return Decimal(found)


def decimal(raw: str, mark: str = "") -> Decimal | None:
    """A number with German or English marks; None where it is none or can be read in two ways.

    `mark` is the decimal mark ("," or ".") where the format fixes it; then "1.000" is no question.

    >>> decimal("1.234,56"), decimal("1,234.56"), decimal("-62,3"), decimal("1.234"), decimal("1.234", ",")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('-62.3'), None, Decimal('1234'))
    >>> decimal("(119.00)")  # as bookkeepers write what goes out
    Decimal('-119.00')
    """
    body = re.sub(r",-{1,2}$", ",00", raw.strip())  # '500,-' on a bill
    if body[:1] == "(" and body[-1:] == ")" and body[1:2].isdigit():
        body = f"-{body[1:-1]}"
    signed = _SIGNED.fullmatch(body.strip("\N{NO-BREAK SPACE}"))
    if not signed or (signed[1] and signed[3]):
        return None
    digits = signed[2].translate(_BLANK)
    if not _DIGITS.fullmatch(digits) or not _spaces_group(signed[2]):
        return None
    found = _unsigned(digits, mark)
    if found is None or len(digits) - digits.count(".") - digits.count(",") > MOST_DIGITS:
        return None
    return -found if (signed[1] or signed[3]) not in ("", "+") else found


def _spaces_group(body: str) -> bool:
    """Whether blanks and apostrophes, if there are any, separate groups of three digits."""
    whole = re.split(r"[.,]", re.sub(r"[\s'\N{RIGHT SINGLE QUOTATION MARK}]", "_", body))[0]
    return "_" not in body and ("_" not in whole or bool(re.fullmatch(r"[0-9]{1,3}(?:_[0-9]{3})+", whole)))


def _unsigned(digits: str, mark: str) -> Decimal | None:
    dots, commas = digits.count("."), digits.count(",")
    if not mark:
        mark = _mark(digits, dots, commas)
        if not mark:
            return None
    group = "," if mark == "." else "."
    whole, found, part = digits.partition(mark)
    if group in part or mark in part or (found and not part):
        return None
    if group in whole:
        if not _GROUPED[group].fullmatch(whole):
            return None
        whole = whole.replace(group, "")
    return Decimal(f"{whole or '0'}.{part or '0'}") if part else Decimal(whole) if whole else None


def _mark(digits: str, dots: int, commas: int) -> str:
    """Which character is the decimal mark, '' where that cannot be known."""
    if dots and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if dots > 1 or commas > 1:
        return "," if dots else "."
    if dots or commas:
        seen = "." if dots else ","
        whole, _, part = digits.partition(seen)
        may_group = len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
        return "" if may_group else seen
    return "."


def amount(raw: str, currency: str = "EUR", mark: str = "") -> Money | None:
    """Money in whole cents; a unit beside the number wins over `currency`. None for part cents.

    >>> amount("500,00 EUR"), amount("-62,3"), amount("1,005"), amount("12,345 €")
    (Money(cents=50000, currency='EUR'), Money(cents=-6230, currency='EUR'), None, None)
    """
    parts = _UNIT.fullmatch(raw.strip())
    if not parts or (parts["before"] and parts["after"]):
        return None
    unit = (parts["before"] or parts["after"]).strip()
    if unit:
        known = SYMBOLS.get(unit.lower(), unit if re.fullmatch("[A-Z]{3}", unit) else None)
        if known is None:
            return None
        currency = known
    return money(decimal(parts["number"], mark), currency)


def money(value: Decimal | None, currency: str = "EUR") -> Money | None:
    """Money from a decimal that is whole cents; None otherwise, so that nothing is rounded unseen."""
    if value is None or value != value.quantize(Decimal("0.01")):
        return None
    return Money.of(value, currency)


def day(raw: str) -> date | None:
    """A calendar day: 2015-02-04, 20150204, 04.02.2015, 4.2.15 (this century), 4. Februar 2015, Feb 4, 2015.

    '25/02/2015' is clear, '04/02/2015' is not and gives None; the name of a day of the week beside it decides, and one
    that contradicts gives None.

    >>> day("Thu 07/04/2024"), day("Sun, 07/04/2024"), day("Fri 07/04/2024")
    (datetime.date(2024, 7, 4), datetime.date(2024, 4, 7), None)
    """
    weekday, rest = weekdays.before(raw.strip())
    days = [on for on in _days(rest) if weekday in (None, on.weekday())]
    return days[0] if len(days) == 1 else None


def _days(found: str) -> list[date]:
    """The days that a writing may mean: two where day and month may change places."""
    if match := _SLASHED.fullmatch(found):
        either = {_day(match[3], match[2], match[1]), _day(match[3], match[1], match[2])}
        return sorted(on for on in either if on)
    only = _plain_day(found)
    return [only] if only else []


def _plain_day(found: str) -> date | None:
    if match := _ISO.fullmatch(found):
        return _day(match[1], match[3], match[4])
    if re.fullmatch(r"\d{8}", found, re.ASCII):
        return _day(found[:4], found[4:6], found[6:])
    if match := _GERMAN.fullmatch(found):
        return _day(match[3] if len(match[3]) == 4 else f"20{match[3]}", match[2], match[1])
    if match := _NAMED.fullmatch(found):
        return _day(match[3], str(MONTHS.get(match[2][:3].lower(), 0)), match[1])
    if match := _NAMED_FIRST.fullmatch(found):
        return _day(match[3], str(MONTHS.get(match[1][:3].lower(), 0)), match[2])
    return None


def _day(year: str, month: str, number: str) -> date | None:
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None


def clock(raw: str) -> timedelta | None:
    """A time of day as the time since midnight: 9:30, 09:30:15, 9.30 Uhr, 9 Uhr, 24:00, 9:30 PM."""
    match = _CLOCK.fullmatch(raw.strip())
    if not match or not (match[2] or match[4]):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if (half := (match[4] or "").lower()[:1]) in ("a", "p"):
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + 12 * (half == "p")
    found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return found if minutes < 60 and seconds < 60 and found <= timedelta(hours=24) else None


def moment(day_raw: str, time_raw: str, zone: ZoneInfo) -> datetime | None:
    """An instant in UTC from a day and a time of day on the zone's wall clock.

    With `time_raw` empty, `day_raw` holds both ('04.02.2015 09:30' or ISO 8601, with or without an
    offset). None where the wall clock shows that time never or twice (the nights of the clock change).
    """
    if not time_raw.strip():
        whole = day_raw.strip()
        if _OFFSET.search(whole) and (exact := _iso(whole)) and exact.tzinfo:
            return exact.astimezone(UTC)
        day_raw, _, time_raw = whole.partition("T") if _ISO.match(whole) and "T" in whole else _last(whole)
    on, since = day(day_raw.rstrip(",")), clock(time_raw)
    if on is None or since is None:
        return None
    try:
        return local(datetime.combine(on, time()) + since, zone)
    except OverflowError:
        return None


def local(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant at which a zone's clock shows a time; None where it does so never or twice, and at
    the ends of the calendar, where there is no such instant."""
    try:
        first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        return None
    return first if first == second else None


def _iso(raw: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None


def _last(whole: str) -> tuple[str, str, str]:
    """Day and time of '04.02.2015 09:30', '4. Februar 2015, 9:30 Uhr'."""
    match = re.fullmatch(
        r"(.*\d),?\s+(\d{1,2}(?:[:.]\d{2}){0,2}(?:[.,]\d+)?(?:\s*(?:uhr|h|[ap]\.?m\.?))?)",
        whole,
        re.IGNORECASE,
    )
    return (match[1], " ", match[2]) if match else (whole, "", "")
