"""The lines of a printed account statement: a day, words, amounts in columns; and lines that state a balance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.intake.bank import directions
from heller.intake.paper.days import NAMES
from heller.intake.paper.layout import Sheet, Word, fold
from heller.intake.written import numbers

_NUMBER = re.compile(
    r"(?P<sign>[-+\N{MINUS SIGN}\N{EN DASH}])?"
    r"(?P<number>\d{1,3}(?:[.,'’\N{NO-BREAK SPACE}]\d{3})*[.,]\d{2}|\d+[.,]\d{2})(?P<after>[-+])?"
)
_LETTER = re.compile(r"(?:S|H|SOLL|HABEN|CR|DR|-|\+)\.?", re.IGNORECASE)
_DAY = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?|(\d{4})-(\d{2})-(\d{2})"
    r"|(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})|(\d{1,2})-(\d{1,2})-(\d{4})"
)
_UNIT = re.compile(r"\b(EUR|CHF|USD|GBP)\b|€")
OPENING = (
    "alter kontostand", "anfangssaldo", "alter saldo", "saldovortrag", "anfangsbestand", "anfangskontostand",
    "opening balance", "balance brought forward", "previous balance", "startsaldo", "kontostand alt", "vortrag",
    "starting balance", "beginning balance", "balance b f",
)  # fmt: skip
CLOSING = (
    "neuer kontostand", "endsaldo", "neuer saldo", "schlusssaldo", "schlusaldo", "endbestand", "endkontostand",
    "closing balance", "balance carried forward", "new balance", "kontostand neu", "ending balance", "schlussaldo",
    "balance c f",
)  # fmt: skip
EITHER = (
    "kontostand am",
    "kontostand per",
    "saldo per",
    "saldo am",
    "kontostand vom",
    "balance on",
    "balance as of",
    "kontostand in",
    "ihr kontostand",
)
BALANCES = ("saldo", "kontostand", "bestand", "balance", "vortrag")  # one of them is in each of the above
CARRIED = ("ubertrag", "zwischensaldo", "carried forward", "brought forward", "carry over")
COLUMNS = {
    "debit": (
        "soll", "belastung", "belastungen", "lastschrift", "lastschriften", "ausgang", "ausgange", "debit", "debits",
        "paid out", "money out", "zu ihren lasten", "abgang", "withdrawals", "auszahlung", "lasten", "ausgaben",
    ),
    "credit": (
        "haben", "gutschrift", "gutschriften", "eingang", "eingange", "credit", "credits", "paid in", "money in",
        "zu ihren gunsten", "zugang", "deposits", "einzahlung", "gunsten", "einnahmen",
    ),
    "amount": ("betrag", "umsatz", "umsatze", "amount", "betrag in eur", "betrag eur", "betrag euro"),
    "balance": ("saldo", "kontostand", "balance", "guthaben", "saldo in eur"),
}  # fmt: skip
_ROLE = {word: role for role, words in COLUMNS.items() for word in words}


class PrintedAmount(Struct, frozen=True):
    """An amount on the page without its sign, the sign where one stands beside it, and its right edge."""

    value: Decimal
    way: int
    x1: float
    raw: str


class PrintedLine(Struct, frozen=True):
    """A line: page, number, its day as day, month and year (0 where none stands there), words, amounts."""

    page: int
    number: int
    day: tuple[int, int, int] | None
    words: str
    amounts: tuple[PrintedAmount, ...]
    said: str

    def begins(self, words: Sequence[str]) -> bool:
        """Whether one of the words stands at its beginning, behind a day or not."""
        return fold(self.words).strip(" :*").startswith(tuple(words))


class Columns(Struct, frozen=True):
    """Right edges of the columns that headings name, by role."""

    edges: dict[str, float]

    def of(self, amount: PrintedAmount) -> str:
        """The role of the column in which an amount stands, '' where no heading names one."""
        return min(self.edges, key=lambda role: abs(self.edges[role] - amount.x1), default="")


def names_a_balance(sheet: Sheet) -> bool:
    """Whether a word of a balance stands anywhere: without one no line is the opening or closing one."""
    said = [fold(cell.text) for cell in sheet.cells()]
    return any(word in one for word in BALANCES for one in said)


def lines(sheet: Sheet, mark: str) -> Iterator[PrintedLine]:
    """The lines of the sheet."""
    for number, cells in enumerate(sheet.lines):
        words = [word for cell in cells for word in cell.words]
        day, used = _day(words)
        amounts, rest = _amounts(words[used:], mark)
        said = " ".join(word.text for word in rest)
        yield PrintedLine(
            words[0].page, number + 1, day, said, tuple(amounts), " ".join(word.text for word in words)
        )


def _day(words: Sequence[Word]) -> tuple[tuple[int, int, int] | None, int]:
    """The day at the beginning of a line and how many words it takes, a value date behind it included."""
    if not words:
        return None, 0
    found = _one_day(words[0].text)
    used = 1
    if found is None and len(words) > 1 and re.fullmatch(r"\d{1,2}\.?", words[0].text):
        month = NAMES.get(fold(words[1].text).strip(".,"))
        if month:
            year = (
                int(words[2].text) if len(words) > 2 and re.fullmatch(r"(?:19|20)\d{2}", words[2].text) else 0
            )
            found, used = (int(words[0].text.strip(".")), month, year), 3 if year else 2
    if found is None:
        return None, 0
    while used < len(words) and _one_day(words[used].text) is not None:
        used += 1
    return found, used


def _one_day(raw: str) -> tuple[int, int, int] | None:
    match = _DAY.fullmatch(raw.strip(",;"))
    if not match:
        return None
    if match[4]:
        return int(match[6]), int(match[5]), int(match[4])
    if not match[1] and not match[7] and not match[10]:
        return None
    day, month, year = next((match[n], match[n + 1], match[n + 2]) for n in (1, 7, 10) if match[n])
    number = int(year or 0)
    found = int(day), int(month), number + 2000 if year and number < 100 else number
    return found if 1 <= found[0] <= 31 and 1 <= found[1] <= 12 else None


def _amounts(words: Sequence[Word], mark: str) -> tuple[list[PrintedAmount], list[Word]]:
    """The amounts of a line with the letters behind them, and the words that are none."""
    found, rest = list[PrintedAmount](), list[Word]()
    for at, word in enumerate(words):
        before = words[at - 1].text if at else ""
        match = _NUMBER.fullmatch(word.text.strip("€"))
        value = numbers.decimal(match["number"], mark) if match else None
        if match is None or value is None:
            letter = found and at and _LETTER.fullmatch(word.text) and words[at - 1].x1 == found[-1].x1
            if letter and not found[-1].way:
                last = found.pop()
                found.append(
                    PrintedAmount(
                        last.value, directions.direction(word.text), word.x1, f"{last.raw} {word.text}"
                    )
                )
            elif not (_UNIT.fullmatch(word.text) or (word.text in "+-" and at + 1 < len(words))):
                rest.append(word)
            continue
        sign = match["sign"] or match["after"] or (before if before in ("-", "+", "\N{MINUS SIGN}") else "")
        found.append(PrintedAmount(value, 0 if not sign else 1 if sign == "+" else -1, word.x1, word.text))
    return found, rest


def columns(sheet: Sheet, first: int) -> Columns:
    """The columns of amounts by the last line of headings above the first row (and those of further pages)."""
    for line in reversed(sheet.lines[:first]):
        edges: dict[str, float] = {}
        for cell in line:
            for word in cell.words:
                if role := _ROLE.get(fold(word.text).strip(" .:*()/€")):
                    edges.setdefault(role, word.x1)
            if role := _ROLE.get(fold(cell.text).strip(" .:*()/€")):
                edges[role] = cell.x1
        if edges:
            return Columns(edges)
    return Columns({})


def unit(sheet: Sheet) -> str:
    """The one currency that the sheet names, '' where there is none or are several."""
    found = {m[1] or "EUR" for cell in sheet.cells() for m in _UNIT.finditer(cell.text)}
    found |= {"EUR" for cell in sheet.cells() if re.search(r"\bEuro?\b", cell.text)}
    return found.pop() if len(found) == 1 else ""


def years(sheet: Sheet) -> tuple[date, ...]:
    """The full days on the sheet, for rows that have no year of their own."""
    found = []
    for cell in sheet.cells():
        for match in re.finditer(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}", cell.text):
            if day := numbers.day(match[0]):
                found.append(day)
    return tuple(found)
