"""What letters, contracts and mails of a provider state, proposed as facts, promises, offers and contacts.

Pure: lines with their places in, proposals out. Nothing counts before a person confirms it. Only papers that speak of a
line are asked; a sentence says one thing at most, and what is said twice is proposed once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from heller.intake.paper.days import DayOrder, days
from heller.intake.paper.layout import Cell, Sheet
from heller.intake.paper.placing import Pen
from heller.intake.written import numbers
from heller.model.facts import line as facts_of_line
from heller.model.facts import provider
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.proposed import Proposed
from heller.model.money import Money
from heller.model.terms import Terms

GAP = 0.9  # heights of a line between two paragraphs
MOST = 12  # proposals of one paper
LONGEST = 300  # characters of a sentence that are kept
_AMOUNT = re.compile(
    r"(?:€|EUR|Euro)\s?(\d[\d.,']{0,20}\d|\d)"
    r"|(\d{1,3}(?:[.' ]\d{3}){0,6},\d{2}|\d{1,15}[.,]\d{2}|\d{1,15})\s?(?:€|EUR\b|Euro\b)"
)
_TIME = re.compile(
    r"\d{1,9}\s?(?:stunden|std\.?|h\b|hours|tage?n?|days|werktag|working day|minuten|minutes)", re.IGNORECASE
)
_CREDIT = re.compile(r"gutschr|schreiben .{0,80} gut|credit|rechnung|bill|invoice", re.IGNORECASE)
_LABELLED = re.compile(r"\s*[^\W\d][^.:!?]{2,40}:\s+\S")  # 'Entstörfrist: 8 Stunden' is a line for itself
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])|\n\s*\n")


class Rule(NamedTuple):
    """A kind of contact, and what a sentence says that is one; `dated`: with a day or a length of time."""

    kind: ContactKind
    all_of: tuple[re.Pattern[str], ...]
    dated: bool


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads((resources.files("heller.intake.paper") / "proposals.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


@cache
def _fee_words(name: str) -> re.Pattern[str]:
    return _any(_book()["fee"][name])


@cache
def _of_a_line() -> re.Pattern[str]:
    return _any(_book()["of_a_line"])


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(ContactKind(row["kind"]), tuple(map(_any, row["all_of"])), row.get("dated", False))
        for row in _book()["rule"]
    )


class LetterLine(NamedTuple):
    """A line of a paper or mail with its place."""

    said: str
    at: Locator


class Letter(NamedTuple):
    """What is asked: its lines, who wrote it, when, and whether it is an agreement rather than a letter."""

    lines: Sequence[LetterLine]
    who: str
    written: datetime
    channel: str
    contract: bool = False


def lines_of(sheet: Sheet, pen: Pen) -> list[LetterLine]:
    """The lines of pages, a blank one where a wide gap parts paragraphs."""
    found: list[LetterLine] = []
    last: Cell | None = None
    for row in sheet.lines:
        words = [word for cell in row for word in cell.words]
        gap = last is not None and (row[0].page != last.page or row[0].y0 - last.y1 > GAP * last.height)
        said = "  ".join(cell.text for cell in row)
        found += [LetterLine("", pen.source)] * gap + [LetterLine(said, pen.at(words, said[:LONGEST]))]
        last = row[0]
    return found


def noon(day: date) -> datetime:
    """The instant by which a letter that has only a day is dated."""
    return datetime.combine(day, time(12), UTC)


def proposals(letter: Letter) -> tuple[Proposed, ...]:
    """What the letter states, each once; nothing where it does not speak of a line."""
    whole = "\n".join(line.said for line in letter.lines)
    if not _of_a_line().search(whole):
        return ()
    found: dict[tuple[str, str], Proposed] = {}
    for one in (*_facts(letter, whole), *_contacts(letter)):
        record = one.record
        said = "" if isinstance(record, Fact) else str(record.until or record.said)
        key = (record.key if isinstance(record, Fact) else record.kind.value, said)
        found.setdefault(key, one)
    return tuple(found.values())[:MOST]


def _facts(letter: Letter, whole: str) -> Iterator[Proposed]:
    for key, pattern in _book()["labels"].items():
        for line in letter.lines:
            if match := re.search(pattern, line.said, re.IGNORECASE):
                yield Proposed(Fact(key, " ".join(match[1].split()), source=line.at), line.at)
                break
    if fee := _fee(letter, whole):
        yield fee
    if letter.contract and letter.who and letter.lines:
        at = letter.lines[0].at
        yield Proposed(Fact(provider.NAME.key, letter.who, source=at), at)


def _fee(letter: Letter, whole: str) -> Proposed | None:
    """The monthly fee where the line or else the paper says that it is net; a gross one is no fact of the case."""
    for line in letter.lines:
        if not (_fee_words("monthly").search(line.said) and _fee_words("price").search(line.said)):
            continue
        sum_, net_ = _money(line.said), _fee_words("net")
        net = net_.search(line.said) or (not _fee_words("gross").search(line.said) and net_.search(whole))
        if sum_ and net:
            return Proposed(Fact(facts_of_line.MONTHLY_FEE.key, str(sum_.decimal), source=line.at), line.at)
    return None


def _money(said: str) -> Money | None:
    match = _AMOUNT.search(said)
    raw = (match[1] or match[2]).rstrip(".,") if match else ""
    if not raw:
        return None
    if raw.isdecimal():
        return Money.of(raw)
    return numbers.amount(raw) or numbers.money(numbers.plain(raw))


def _contacts(letter: Letter) -> Iterator[Proposed]:
    sentences = list(_sentences(letter.lines))
    for n, sentence in enumerate(sentences):
        rule = next((rule for rule in _rules() if _is(rule, sentence.said)), None)
        if rule is None:
            continue
        after = sentences[n + 1].said if n + 1 < len(sentences) else ""
        yield Proposed(_contact(rule.kind, letter, sentence, after), sentence.at)


def _is(rule: Rule, said: str) -> bool:
    if rule.dated and not (_TIME.search(said) or _day(said)):
        return False
    return all(pattern.search(said) for pattern in rule.all_of)


def _contact(kind: ContactKind, letter: Letter, sentence: LetterLine, after: str) -> Contact:
    """The contact of a sentence; of an offer the sum is cash or a credit on the bill, as it says."""
    offer = kind is ContactKind.OFFER
    sum_ = _money(sentence.said) if offer else None
    on_the_bill = offer and _CREDIT.search(sentence.said)
    until = None if kind is ContactKind.FAULT_REPORT else _day(sentence.said)
    if (
        offer
        and until is None
        and re.search(
            r"angebot|offer|bestätigen|annehmen|annahme|gültig|einverstanden|zustimm|rückmeldung|accept|confirm|valid|agree",
            after,
            re.IGNORECASE,
        )
    ):
        until = _day(after)
    return Contact(
        letter.written,
        kind,
        letter.channel,
        letter.who,
        sentence.said[:LONGEST],
        incoming=kind is not ContactKind.FAULT_REPORT,
        until=until,
        amount=None if on_the_bill else sum_,
        source=sentence.at,
        terms=Terms(credit=sum_) if on_the_bill and sum_ else None,
    )


def _day(said: str) -> date | None:
    """The last day that a sentence names: that of 'Ihre Meldung vom ... wird bis ... behoben'."""
    found = [day.value for day in days(said, DayOrder(True)) if day.value]
    return found[-1] if found else None


def _sentences(lines: Sequence[LetterLine]) -> Iterator[LetterLine]:
    """Sentences over line ends, each with the place of the line in which it begins; a blank line ends one."""
    for block in _blocks(lines):
        whole = " ".join(line.said.strip() for line in block)
        starts, at = list[int](), 0
        for line in block:
            starts.append(at)
            at += len(line.said.strip()) + 1
        begin = 0
        for piece in _END.split(whole):
            begin = whole.index(piece, begin)
            first = max(n for n, start in enumerate(starts) if start <= begin)
            if piece.strip():
                yield LetterLine(piece.strip(), block[first].at)
            begin += len(piece)


def _blocks(lines: Iterable[LetterLine]) -> Iterator[list[LetterLine]]:
    block: list[LetterLine] = []
    for line in lines:
        if _LABELLED.match(line.said):
            if block:
                yield block
            block = [line]
        elif line.said.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
