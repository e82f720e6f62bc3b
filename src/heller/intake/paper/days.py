"""Days on paper: their forms in nine languages, and which of two comes first where only digits stand.

'04/02/2015' is read only where the paper itself or its language settles the order; else it is no day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from heller.intake.paper.layout import Cell, Sheet, fold
from heller.intake.paper.vocabulary import hits

MONTHS = {
    1: "january januar janner janvier enero gennaio januari stycznia styczen janeiro jan janv ene gen sty leden ledna",
    2: "february februar fevrier febrero febbraio februari lutego luty fevereiro feb fev febr lut unora",
    3: "march marz mars marzo maart marca marzec marco mar mrz mrt maerz brezna",
    4: "april avril abril aprile kwietnia kwiecien apr avr abr kwi dubna",
    5: "may mai mayo maggio mei maja maj maio mag kvetna",
    6: "june juni juin junio giugno czerwca czerwiec junho jun giu cze cervna",
    7: "july juli juillet julio luglio lipca lipiec julho jul juil lug lip cervence",
    8: "august aout agosto augustus sierpnia sierpien aug ago sie srpna augusti",
    9: "september septembre septiembre settembre wrzesnia wrzesien setembro sep sept set wrz zari",
    10: "october oktober octobre octubre ottobre pazdziernika pazdziernik outubro oct okt ott paz rijna",
    11: "november novembre noviembre listopada listopad novembro nov lis listopadu",
    12: "december dezember decembre diciembre dicembre grudnia grudzien dezembro dec dez dic gru prosince",
}
NAMES = {word: month for month, words in MONTHS.items() for word in words.split()}
_NAME = "|".join(sorted(NAMES, key=len, reverse=True))
_FORMS = {
    "iso": r"(?<![\d.])(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)",
    "day name": rf"(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th|er|º|°)?[\s\-./]*(?:de\s+|of\s+)?({_NAME})\.?,?[\s\-./]*"
    rf"(?:de\s+|del\s+)?(\d{{4}}|'?\d{{2}}(?!\d))",
    "name day": rf"(?<![^\W\d_])({_NAME})\.?[\s\-]*(\d{{1,2}})(?:st|nd|rd|th)?,?\s*(\d{{4}})(?!\d)",
    "dotted": r"(?<![\d.,])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}(?=[0-2]\d:)|(?:\d{4}|\d{2})(?![\d.]\d|\d))",
    "stamp": r"(?<!\d)([0-3]\d)([01]\d)(20\d{2})(?=\s[0-2]?\d:\d\d)",  # 25032018 13:11
    "digits": r"(?<![\d/\-])(\d{1,2})([/\-])(\d{1,2})\2(\d{4}(?=[0-2]\d:)|(?:\d{4}|\d{2})(?![/\-]?\d))",
}
_IN_DIGITS = re.compile(r"\d[-./]\s?\d{1,2}[-./]\s?\d|\d{8}")  # what every way without a name has
_WITH_NAME = frozenset({"day name", "name day"})
_STEMS = frozenset(name[:3] for name in NAMES)
CONTINENT = frozenset({"de", "fr", "es", "it", "nl", "pl", "pt", "cs", "da", "sv"})
_TONGUES = {
    "de": "rechnung rechnungsnummer betrag mwst kundennummer steuer datum",
    "fr": "facture montant client tva total date numero adresse",
    "es": "factura importe cliente fecha iva numero",
    "it": "fattura importo cliente data iva totale",
    "nl": "factuur bedrag klant btw datum totaal",
    "pl": "faktura kwota nabywca sprzedawca razem data",
    "pt": "fatura valor cliente iva data",
    "cs": "faktura celkem dodavatel odberatel dph datum",
    "da": "faktura belob kunde moms dato",
    "sv": "faktura belopp kund moms datum",
    "en": "invoice amount customer vat total date number due bill tax",
}
_DAY_FIRST = re.compile(  # money and firms of countries that write the day before the month
    r"£|\b(?:RM(?: ?\d)?|MYR|GBP|AUD|NZD|SGD|INR|ZAR|SDN\.? ?BHD|PTE\.? LTD|PTY LTD|ABN|GST ?(?:ID|Reg))\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\s?[0-2]?\d:\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_TONGUE = {name: frozenset(words.split()) for name, words in _TONGUES.items()}


class WrittenDay(Struct, frozen=True):
    """A day and the characters that say it. `order` is 'dm', 'md' or '' where the digits do not settle it."""

    raw: str
    start: int
    end: int
    value: date | None  # None where the order of day and month is open
    swapped: date | None = None  # the day if the month came first


class DayOrder(Struct, frozen=True):
    """Whether the day comes first in 'digits/digits/year'; None where nothing settles it."""

    day_first: bool | None


def order(sheet: Sheet) -> DayOrder:
    """From the days that can be read in one way only, else from the language of the paper."""
    firsts, seconds = set(), set()
    for cell in sheet.cells():
        for match in _form("digits").finditer(cell.text):
            firsts.add(int(match[1]))
            seconds.add(int(match[3]))
    day, month = any(n > 12 for n in firsts), any(n > 12 for n in seconds)
    if day != month:
        return DayOrder(day)
    if day:  # the paper writes days in both ways
        return DayOrder(None)
    first = language(sheet) in CONTINENT or any(_DAY_FIRST.search(cell.text) for cell in sheet.cells())
    return DayOrder(first or None)


def language(sheet: Sheet) -> str:
    """The language whose everyday words stand on the paper most, '' where two are close."""
    words = Counter(w for cell in sheet.cells() for w in _LETTERS.findall(fold(cell.text)))
    count = {name: sum(words[w] for w in known) for name, known in _TONGUE.items()}
    best = sorted(count.items(), key=lambda pair: -pair[1])
    return best[0][0] if best[0][1] >= 2 and best[0][1] > best[1][1] else ""


def days(said: str, first: DayOrder) -> Iterator[WrittenDay]:
    """The days in a text, from left to right.

    >>> [str(d.value) for d in days("vom 11. Juli 2014, Jan 1, 2022, 31/12/2017", Order(None))]
    ['2014-07-11', '2022-01-01', '2017-12-31']
    """
    plain, found = fold(said), []
    taken: list[tuple[int, int]] = []
    named = any(stem in plain for stem in _STEMS)
    if not named and not _IN_DIGITS.search(plain):
        return
    for form in _FORMS:
        for match in _form(form).finditer(plain) if named or form not in _WITH_NAME else ():
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            taken.append(match.span())
            found.append(_dated(form, match, said, first))
    yield from sorted((d for d in found if d is not None), key=lambda d: d.start)


@cache
def _form(name: str) -> re.Pattern[str]:
    """The pattern of a way to write a day, made when it is first asked: those with names of months are long."""
    return re.compile(_FORMS[name])


def _dated(form: str, match: re.Match[str], said: str, first: DayOrder) -> WrittenDay | None:
    g, at = match.groups(), (said[match.start() : match.end()], match.start(), match.end())
    if form == "iso":
        return _day_of(at, g[0], g[1], g[2])
    if form == "day name":
        return _day_of(at, g[2], str(NAMES[g[1]]), g[0])
    if form == "name day":
        return _day_of(at, g[2], str(NAMES[g[0]]), g[1])
    if form in ("dotted", "stamp"):
        return _day_of(at, g[2], g[1], g[0])
    one, two = int(g[0]), int(g[2])
    if one > 12 or two > 12 or one == two:
        return _day_of(at, g[3], g[2], g[0]) if one > 12 or one == two else _day_of(at, g[3], g[0], g[2])
    if first.day_first is None:
        return WrittenDay(*at, None)
    return _day_of(at, g[3], g[2], g[0]) if first.day_first else _day_of(at, g[3], g[0], g[2])


def _day_of(at: tuple[str, int, int], year: str, month: str, day: str) -> WrittenDay | None:
    digits = year.strip("'")
    whole = int(digits) + (2000 if len(digits) == 2 else 0)
    try:
        value = date(whole, int(month), int(day))
    except ValueError:
        return None
    return WrittenDay(*at, value) if 1990 <= whole < 2100 else None


_PLACE = re.compile(r"[^\W\d][\w .\-/]{1,28},\s?(?:den|am|le|the)?\s?")


class NamedDay(Struct, frozen=True):
    """A day with the cell it stands in and how well words name it: 4 surely, 3 as a day, 2 loosely, 1 not at all."""

    dated: WrittenDay
    cell: Cell
    rank: int

    @property
    def timed(self) -> bool:
        """Whether a time of day follows: the stamp of a till, whatever stands before it."""
        return _TIME.match(self.cell.text, self.dated.end) is not None

    @property
    def alone(self) -> bool:
        """Whether nothing but a place stands beside it, as over a letter: 'Köln, den 05.04.2024'."""
        before, after = self.cell.text[: self.dated.start], self.cell.text[self.dated.end :]
        return not after.strip(" .") and (not before.strip() or _PLACE.fullmatch(before) is not None)


def days_on(sheet: Sheet) -> list[NamedDay]:
    """All days with their ranks; days that are named as another day (due, delivery) are left out."""
    first = order(sheet)
    found = []
    for cell in sheet.cells():
        for dated in days(cell.text, first):
            rank = _rank(sheet, cell, dated)
            if rank:
                found.append(NamedDay(dated, cell, rank))
    return found


def _rank(sheet: Sheet, cell: Cell, dated: WrittenDay) -> int:
    before = cell.text[: dated.start]
    if _PLACE.fullmatch(before) and not cell.text[dated.end :].strip(" ."):
        return 3  # 'Köln, den 05.04.2024' over a letter
    found = _last(before)
    if found is None and len(before.strip(" :.-")) < 3:
        found = _neighbour(sheet, cell)
    if found is None:
        return 0 if _inside(cell, dated) else 1
    return {"sure": 4, "plain": 3, "loose": 2, "other": 0}[found]


def _inside(cell: Cell, dated: WrittenDay) -> bool:
    """Whether a day is one end of a stretch ('01.01. - 31.01.2015') or part of a long sentence."""
    around = cell.text[max(0, dated.start - 4) : dated.start] + cell.text[dated.end : dated.end + 4]
    return bool(re.search(r"\s[-\N{EN DASH}]\s|bis|to\b|au\b", around)) or len(cell.text) > 100


def _last(before: str) -> str | None:
    """The sense of the last label before a day. 'Rechnung ... vom' makes a loose word sure."""
    labels = list(hits("date", before))
    if not labels:
        return None
    last = labels[-1]
    if len(before) - last.end > 14:
        return None
    if last.sense in ("loose", "plain"):
        if any(hit.sense == "other" for hit in labels):
            return "other"
        titled = [hit for hit in hits("number", before) if hit.sense in ("title", "sure")]
        foreign = [hit for hit in hits("number", before) if hit.sense == "other"]
        if titled and not foreign and titled[0].start < 24:
            return "sure"
        return last.sense if len(before) < 60 else None
    return last.sense


def _neighbour(sheet: Sheet, cell: Cell) -> str | None:
    """The label in the cell to the left, else in the nearest cell over it."""
    line = sheet.lines[cell.line]
    at = line.index(cell)
    for left in reversed(line[max(0, at - 2) : at]):
        if left.text.strip(" :") == "":
            continue
        if found := _last(left.text + " "):
            return found
        break
    heading = ""
    for n, over in enumerate(sheet.above(cell.page, cell.line, cell.x0, cell.x1)):
        if cell.y0 - over.y1 > 3.2 * cell.height or n > 1 or over.figured:
            break
        if over.text.rstrip().endswith(":") and sheet.right_of(over):
            break  # a label with its value beside it is no heading of what stands below
        heading = f"{over.text} {heading}"  # a heading may stand in two lines
        if found := _last(heading):
            return found
    return None


def choose(found: list[NamedDay]) -> tuple[NamedDay | None, bool]:
    """The day that words name best, and whether they name several, or one that can be read in two ways."""
    for rank in (4, 3, 2, 1):
        best = [n for n in found if n.rank == rank]
        if not best:
            continue
        if rank == 1 and len({n.dated.value for n in best}) > 1:
            best = [n for n in best if n.timed] or [n for n in best if n.alone] or best
        values = {n.dated.value for n in best}
        return (best[0], False) if len(values) == 1 and None not in values else (None, rank > 1)
    return None, False
