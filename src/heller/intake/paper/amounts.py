"""The amounts and the rates of tax on a sheet, each with its place, its unit and the words that name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.paper.layout import Cell, Sheet, Word, fold
from heller.intake.paper.vocabulary import book, hits
from heller.intake.written import numbers

UNITS = {word: code for code, words in book("units").items() for word in words}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[.,'’ ]\d{3}){1,6}[.,]\d{2}|\d{1,15}[.,]\d{2}|\d{1,15},-{1,2}|\.\d{2}"  # '.02' on slips
_WHOLE = r"\d{1,3}(?:[.,'’ ]\d{3}){1,6}|\d{1,15}"
_MINUS = r"[-+\N{MINUS SIGN}\N{EN DASH}]"
_AMOUNT = re.compile(
    rf"(?<![\w.,/:'’\-])(?P<open>\()?(?P<sign>{_MINUS})?\s?(?:(?P<before>{_UNIT})\s?)?(?P<late>{_MINUS})?\s?"
    rf"(?P<number>{_NUMBER})(?P<trail>-(?!\d))?(?P<close>\))?(?:\s?(?P<after>{_UNIT})(?![^\W\d_]))?(?![\d%]|[.,:/]\d|\s?%|-\d)",
    re.IGNORECASE,
)
_ROUND = re.compile(
    rf"(?<![\w.,/:'’\-])(?P<open>\()?(?P<sign>{_MINUS})?\s?(?:(?P<before>{_UNIT})\s?(?P<late>{_MINUS})?(?P<a>{_WHOLE})"
    rf"|(?P<b>{_WHOLE})\s?(?P<after>{_UNIT})(?![^\W\d_]))(?P<close>\))?(?![\w%]|[.,:/]\d|\s?%|\s\d{{3}}(?:[.,\s]|$))",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?<![\w.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
CENT = Decimal("0.01")
HEADER = 40  # lines above which a heading of a column may stand


class Amount(Struct, frozen=True):
    """An amount as printed. `senses` are what its line says it is, `heading` what its column says."""

    value: Decimal
    raw: str
    words: tuple[Word, ...]
    line: int
    unit: str = ""
    senses: frozenset[str] = frozenset()
    heading: frozenset[str] = frozenset()
    rates: frozenset[Decimal] = frozenset()  # of the line it stands in

    @property
    def x1(self) -> float:
        """Right edge, by which columns of figures are set."""
        return self.words[-1].x1

    @property
    def named(self) -> frozenset[str]:
        """What its line says it is and, where that is silent or says no more than 'total', its column."""
        return self.senses | self.heading if self.senses <= LOOSE else self.senses

    def means(self, *senses: str) -> bool:
        """Whether words give it one of these senses."""
        return bool(self.named.intersection(senses))


LOOSE = frozenset({"total", "part"})  # of which sums, the column says


class Figures(Struct, frozen=True):
    """All amounts and rates, and the units that the sheet names beside them or in words."""

    amounts: tuple[Amount, ...]
    rates: frozenset[Decimal]
    units: frozenset[str]
    free: bool = False  # whether it says that no VAT is due
    coupons: frozenset[Decimal] = frozenset()  # what a coupon or voucher takes off or pays


def figures(sheet: Sheet) -> Figures:
    """The figures of a sheet."""
    mark = decimal_mark(sheet)
    found: list[Amount] = []
    rates: set[Decimal] = set()
    for line in sheet.lines:
        here = frozenset(rate for cell in line for rate in (*_rates(cell.text), *_bare_rates(sheet, cell)))
        rates |= here
        for at, cell in enumerate(line):
            for amount in _amounts(cell, mark):
                found.append(replace(amount, senses=_senses(line, at, amount), rates=here))
    named = tuple(
        replace(amount, heading=_heading(sheet, amount)) for amount in found if not _is_rate(sheet, amount)
    )
    named = tuple(_contained(amount, named) for amount in named)
    units = {amount.unit for amount in named if amount.unit} | _units_in_words(sheet)
    return Figures(named, frozenset(rates), frozenset(units), _free(sheet), _coupons(sheet, named))


def _contained(amount: Amount, named: Sequence[Amount]) -> Amount:
    """The amount; behind 'inkl. MwSt 7 %' it is the tax where it is that of a total above it, else the total."""
    if "gross" not in amount.senses or not amount.rates or amount.value <= 0:
        return amount
    totals = (a.value for a in named if a.line < amount.line and a.means("total", "due", "gross"))
    shares = {
        (total * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)
        for total in totals
        for rate in amount.rates
    }
    return replace(amount, senses=amount.senses - {"gross"} | {"vat"}) if amount.value in shares else amount


def decimal_mark(sheet: Sheet) -> str:
    """The decimal mark that all amounts with cents have, '' where they differ."""
    seen = Counter(
        match["number"].rstrip("-")[-3:][0]
        for cell in sheet.cells()
        for match in _with_cents(cell.text)
        if "-" not in match["number"]
    )
    (first, most), *rest = seen.most_common(2) or [("", 0)]
    return first if most and (not rest or rest[0][1] * 4 <= most) else ""


def _amounts(cell: Cell, mark: str) -> Iterator[Amount]:
    said = cell.text
    taken: list[tuple[int, int]] = []
    if not cell.figured:
        return
    for match in (*_with_cents(said), *_ROUND.finditer(said)):
        if any(match.start() < end and match.end() > start for start, end in taken):
            continue
        amount = _amount(match, cell, mark)
        if amount is not None:
            taken.append(match.span())
            yield amount


@lru_cache(4096)
def _with_cents(said: str) -> tuple[re.Match[str], ...]:
    """The amounts with cents in a text; a paper's cells are asked twice."""
    return tuple(_AMOUNT.finditer(said))


def _amount(match: re.Match[str], cell: Cell, mark: str) -> Amount | None:
    parts = match.groupdict()
    digits = parts.get("number") or parts.get("a") or parts["b"]
    unit = parts["before"] or parts["after"] or ""
    if " " in digits and not _close(match, cell):
        return None
    value = _value(digits, mark)
    if value is None or (mark == "," and not unit and re.fullmatch(r"[0-3]?\d\.[01]\d", digits)):
        return None  # '19.01' between amounts with a comma is a day
    minus = any(parts.get(name) not in (None, "+") for name in ("sign", "late", "trail"))
    enclosed = bool(parts["open"] and parts["close"]) and not cell.text[: match.start()].strip()
    value = -value if minus or enclosed else value
    return Amount(
        value, match[0].strip(), cell.words_at(*match.span()), cell.line, UNITS.get(unit.lower(), "")
    )


def _value(digits: str, mark: str) -> Decimal | None:
    """The number, None where a point or comma may be either mark."""
    bare = re.sub(r",-{1,2}$", ",00", digits).replace("’", "'")
    if re.search(r"[.,]\d{2}$", bare):
        return numbers.decimal(bare, bare[-3])
    if re.search(r"[.,]", bare):
        return numbers.decimal(bare, mark) if mark else None
    return numbers.decimal(bare)


def _close(match: re.Match[str], cell: Cell) -> bool:
    """Whether blanks inside a number are those of a group, not of a column."""
    words = cell.words_at(*match.span())
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    return all(gap < 0.5 * cell.height for gap in gaps)


def _rates(said: str) -> Iterator[Decimal]:
    for match in _RATE.finditer(said):
        yield Decimal(match[1].replace(",", ".")).normalize()


_BARE = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_AFTER_SIGN = re.compile(r"%\]?\s?:?\s?(\d{1,2}[.,]\d{1,2})(?!\d)")


def _bare_rates(sheet: Sheet, cell: Cell) -> Iterator[Decimal]:
    """Rates whose sign stands in the heading of their column or before them ('MwSt.-% 19,0')."""
    for match in _AFTER_SIGN.finditer(cell.text):
        yield Decimal(match[1].replace(",", ".")).normalize()
    for word in cell.words:
        if _BARE.fullmatch(word.text) and _under_percent(sheet, word, cell.line):
            yield Decimal(word.text.replace(",", ".")).normalize()


def _under_percent(sheet: Sheet, word: Word, line: int) -> bool:
    """Whether the nearest heading over a figure holds a percent sign."""
    cell = next(iter(sheet.labels_above(word.page, line, word.x0, word.x1, HEADER)), None)
    return cell is not None and "%" in _over(cell, word.x0, word.x1)


def _is_rate(sheet: Sheet, amount: Amount) -> bool:
    """Whether a figure is a rate by the heading of its column; what its line names as a sum is none."""
    if amount.unit or len(amount.words) != 1 or amount.senses - {"vat", "base"}:
        return False
    return _under_percent(sheet, amount.words[0], amount.line)


def _senses(line: tuple[Cell, ...], at: int, amount: Amount) -> frozenset[str]:
    """What the words left of an amount say it is; the words behind it in its own cell count as well."""
    cell = line[at]
    start = next(n for n, word in enumerate(cell.words) if word is amount.words[0])
    end = next(n for n, word in enumerate(cell.words) if word is amount.words[-1])
    own = " ".join(word.text for word in cell.words[:start])
    tail = " ".join(word.text for word in cell.words[end + 1 :])
    said = _said(own)
    if not said:
        before = (other.text for other in reversed(line[:at]))
        said = next((found for text in before if (found := _said(text))), frozenset())
    return said | (_said(tail) if len(tail) < 20 else frozenset())


@lru_cache(4096)
def _said(said: str) -> frozenset[str]:
    """The senses that a label has; the words of a sentence are no label."""
    return frozenset(hit.sense for hit in hits("sum", said)) if len(said) < 90 else frozenset()


def _heading(sheet: Sheet, amount: Amount) -> frozenset[str]:
    """What the nearest heading over a column says. A line of figures is no heading."""
    x0, x1 = amount.words[0].x0, amount.x1
    for cell in sheet.labels_above(amount.words[0].page, amount.line, x0, x1, HEADER):
        if len(cell.text) > 40:
            continue
        words = _over(cell, x0, x1)
        if found := _said(words):
            return found
    return frozenset()


def _over(cell: Cell, x0: float, x1: float) -> str:
    """The words of a cell that stand over a stretch, with the word on either side."""
    wide = 0.6 * (x1 - x0)
    return " ".join(word.text for word in cell.words if word.x0 < x1 + wide and word.x1 > x0 - wide)


_NAMED = ("eur", "usd", "gbp", "chf", "pln", "czk", "sek", "nok", "dkk", "huf", "cad", "aud", "inr", "dem")
_IN_WORDS = re.compile(
    r"(?:beträge?|preise|währung|currency|amounts?|montants?|devise|valuta|moneda|divisa|importes?|bedragen|waluta)\b"
    rf"[^\n]{{0,25}}?\b(euro|{'|'.join(_NAMED)})\b",
    re.IGNORECASE,
)


def _units_in_words(sheet: Sheet) -> set[str]:
    """Units named in words: 'Beträge in EUR', 'Rechnungswährung : EUR', a heading 'EUR', 'Summe EUR'."""
    found = set()
    for line in sheet.lines:
        said = " ".join(cell.text for cell in line)
        if any(code in said.lower() for code in _NAMED):
            found |= {UNITS[match[1].lower()] for match in _IN_WORDS.finditer(said)}
        for cell in line:
            short = len(cell.text) < 40 and (_said(cell.text) or len(cell.text) <= 6)
            if short:
                found |= {
                    UNITS[w] for w in re.findall(r"[^\W\d_]{3,5}|[€£$₹]", fold(cell.text)) if w in _CODES
                }
    return found


_SHARED = frozenset(
    {"kr", "kr.", "rs", "rs.", "ft", "fr.", "lei", "try", "zl", "kc"}
)  # words as well as units
_CODES = frozenset(UNITS) - _SHARED


def _coupons(sheet: Sheet, named: Iterable[Amount]) -> frozenset[Decimal]:
    lines = {cell.line for cell in sheet.cells() if hits("coupon", cell.text)}
    return frozenset(abs(amount.value) for amount in named if amount.line in lines and amount.value)


def _free(sheet: Sheet) -> bool:
    return any(hits("free", cell.text) for cell in sheet.cells())


def column(amounts: Iterable[Amount], of: Amount) -> list[Amount]:
    """The amounts over another one in its column, from top to bottom: right edges within three points."""
    near = 0.35 * max(of.words[0].height, 1)
    return [a for a in amounts if a.line < of.line and abs(a.x1 - of.x1) <= near]
