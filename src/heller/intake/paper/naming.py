"""The number, the type, the currency of a paper, by the words beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from heller.intake.paper.amounts import Amount, Figures
from heller.intake.paper.days import DayOrder, days
from heller.intake.paper.layout import Cell, Sheet, Word
from heller.intake.paper.vocabulary import Hit, hits

_TOKEN = re.compile(r"[A-Za-z0-9ÄÖÜ][\w\-/.#]*[\w]|\d")
_PREFIX = re.compile(
    r"\)?(?:\s?\([^()]{1,40}\)(?=\s?(?:nr|no|n°|nº)\b))?[\s:#№°º.|]*(?:(?:nr|no|n°|nº|num|nummer|number|numero)\b\.?)?[\s:#№°º.|]*",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"(?: \d{2,6})+(?![\w.,/%])")
RANKS = {"sure": 3, "title": 2, "weak": 1}
LONGEST = 40
HEADLINE = 60  # characters of a cell that may be a title


class NamedValue(Struct, frozen=True):
    """A value with the words it stands in and how well it is named."""

    value: str
    words: tuple[Word, ...]
    rank: int = 1


def numbers_of(sheet: Sheet) -> list[NamedValue]:
    """All candidates for the number of the paper."""
    found: list[NamedValue] = []
    for cell in sheet.cells():
        labels = list(hits("number", cell.text))
        for n, label in enumerate(labels):
            if label.sense == "other" or any(_precedes(other, label) for other in labels[:n]):
                continue
            end = labels[n + 1].start if n + 1 < len(labels) else len(cell.text)
            found += values_after(sheet, cell, label, end)
    return found


def _precedes(other: Hit, label: Hit) -> bool:
    """'Lieferschein zur Rechnung': the first word names the number that follows."""
    return other.sense == "other" and label.start - other.end < 6 and label.sense != "sure"


def values_after(sheet: Sheet, cell: Cell, label: Hit, end: int) -> Iterator[NamedValue]:
    """The number that a label names: behind it in its cell up to `end`, else to its right or below."""
    rank = RANKS[label.sense]
    own = _token(cell.text, label.end, end, short=label.sense == "sure")
    if own:
        yield NamedValue(own[0], cell.words_at(own[1], own[2]), rank)
        return
    rest = cell.text[label.end :].strip(" :.#")
    if rest and (label.sense != "sure" or len(rest) > 12):
        return
    if label.sense == "title" and label.start > 3:
        return
    places: list[Cell] = []
    right = sheet.right_of(cell)
    while right and not right.text.strip(" :"):
        right = sheet.right_of(right)
    if right and not _is_label(right):
        places.append(right)
    below = next((c for c in sheet.below(cell) if c.text.strip(" :")), None)
    places += [below] if below and not _is_label(below) else []
    for other in places:
        token = _token(other.text, 0, len(other.text), short=label.sense == "sure")
        if token and not other.text[: token[1]].strip(" :#"):
            yield NamedValue(token[0], other.words_at(token[1], token[2]), rank)
            return


def _is_label(cell: Cell) -> bool:
    """Whether a cell begins with a word that names something, or is an amount or a day."""
    said = cell.text
    first = next(iter(hits("number", said)), None) or next(iter(hits("date", said)), None)
    return bool(first and first.start < 2 and not any(c.isdigit() for c in said[: first.end + 8])) or bool(
        first and first.start < 2 and first.sense in ("other", "sure")
    )


def _token(said: str, start: int, end: int, *, short: bool) -> tuple[str, int, int] | None:
    """The first token with a digit behind a label that is no day, no amount and no part of a sentence; where it is
    `short`, also one of one or two figures that stands alone."""
    at = start + len(_PREFIX.match(said[start:end])[0])  # type: ignore[index]
    match = _TOKEN.match(said, at, end)
    if match is None:
        return None
    token, stop = match[0], match.end()
    if not any(c.isdigit() for c in token):
        follow = _TOKEN.match(said, stop + 1, end) if said[stop : stop + 1] in (" ", ":") else None
        short = len(token) <= 4 and token.upper() == token
        if not (short and follow and follow[0][0].isdigit()):
            return None
        token, stop = f"{token} {follow[0]}", follow.end()
    if token.isdecimal() and (more := _GROUPS.match(said, stop, end)):
        token, stop = token + more[0], more.end()  # '722 391 5465': one number in groups
    while (more := re.match(r"\s?([-/])\s?(\w*\d\w*)", said[stop:end])) and len(token) < LONGEST:
        token, stop = token + said[stop : stop + more.end()].replace(" ", ""), stop + more.end()
    if short and token.isdecimal() and len(token) < 3:
        return (token, at, stop) if not said[stop:end].strip(" .,;") else None
    if len(token) > LONGEST or _is_other_thing(token, said[at:end]):
        return None
    return token.rstrip("."), at, stop


def _is_other_thing(token: str, rest: str) -> bool:
    """A day, an amount, a year or a share is no number of an invoice."""
    if next((d for d in days(rest[:24], DayOrder(True)) if d.start < 2), None):
        return True
    return bool(re.fullmatch(r"\d+[.,]\d{2}|\d{1,2}", token)) or bool(re.match(r"[\w.,]+\s?[%€$£]", rest))


def choose(found: Iterable[NamedValue]) -> tuple[NamedValue | None, bool]:
    """The candidate named best, and whether another one is named as well and differs."""
    told = list(found)
    if not told:
        return None, False
    rank = max(t.rank for t in told)
    best = [t for t in told if t.rank == rank]
    count = Counter(_plain(t.value) for t in best)
    if len(count) == 1:
        return best[0], False
    elsewhere = Counter(_plain(t.value) for t in told)
    (first, most), (_, second) = elsewhere.most_common(2)
    if most > second and first in count:
        return next(t for t in best if _plain(t.value) == first), False
    return None, True


def _plain(value: str) -> str:
    return "".join(value.split()).casefold()


def kind(sheet: Sheet) -> tuple[NamedValue | None, bool]:
    """The type code (UNTDID 1001) by the title; none and True where the title may mean several."""
    strong: list[tuple[str, Cell, Hit]] = []
    weak: list[tuple[str, Cell, Hit]] = []
    for cell in sheet.cells():
        if cell.page > 1 and strong:
            break
        for hit in hits("type", _closed(cell.text)):
            title = hit.start < 4 and len(cell.text) <= HEADLINE
            (strong if title and hit.sense != "380" else weak if hit.sense == "380" else []).append(
                (hit.sense, cell, hit)
            )
    senses = {sense for sense, _, _ in strong}
    if own := _inside(sheet, "389"):
        return NamedValue("389", own), False
    told = senses
    if told & {"0", "384", "325"} or len(told) > 1:
        return None, True
    for sense, cell, hit in strong or weak:
        if sense in told or not told:
            return NamedValue(sense if told else "380", cell.words_at(hit.start, hit.end)), False
    return None, False


def _closed(said: str) -> str:
    """A title in spaced letters ('R E C H N U N G') as one word."""
    letters = said.split()
    return "".join(letters) if len(letters) > 4 and all(len(word) == 1 for word in letters) else said


def _inside(sheet: Sheet, sense: str) -> tuple[Word, ...] | None:
    found = ((c, hit) for c in sheet.cells() for hit in hits("type", c.text) if hit.sense == sense)
    return next((cell.words_at(hit.start, hit.end) for cell, hit in found), None)


_DOLLARS = re.compile(
    r"\b(canada|australia|singapore|new zealand|hong kong|mexico|hst|pst|abn|acn|qst|a\.?b\.?n)\b",
    re.IGNORECASE,
)
_INDIA = re.compile(r"\b(india|gstin|ifsc|new delhi|mumbai|chennai|bengaluru|bangalore)\b", re.IGNORECASE)
_STATED = re.compile(
    r"(?:währung|currency|devise|valuta|moneda|divisa|waluta)\s{0,20}(?:\(bt-5\))?\s{0,20}:?\s{0,20}"
    r"(EUR|USD|GBP|CHF|PLN|CZK|SEK|NOK|DKK|HUF|CAD|AUD|INR)\b",
    re.IGNORECASE,
)


def currency(sheet: Sheet, found: Figures, gross: Amount | None) -> tuple[str, bool]:
    """The code of the currency, '' where none is printed; and whether several are."""
    stated = {m[1].upper() for line in sheet.lines for m in _STATED.finditer(" ".join(c.text for c in line))}
    if len(stated) == 1:
        return stated.pop(), False
    units = {_code(unit, sheet) for unit in found.units} - {""}
    if gross and gross.unit and (own := _code(gross.unit, sheet)):
        return (own, False) if len(units) < 3 else ("", True)
    beside = {_code(a.unit, sheet) for a in found.amounts if a.unit} - {""}
    if len(units) == 1:
        return units.pop(), False
    if len(beside) == 1 and not units - beside:
        return beside.pop(), False
    return "", bool(units)


def _code(unit: str, sheet: Sheet) -> str:
    """The code of a unit; a sign that several currencies share counts where the paper settles it."""
    if unit == "$":
        return "" if any(_DOLLARS.search(cell.text) for cell in sheet.cells()) else "USD"
    if unit == "rs":
        return "INR" if any(_INDIA.search(cell.text) for cell in sheet.cells()) else ""
    return "" if unit == "kr" else unit
