"""The words of `words.toml` as patterns that find the longest phrase at every place of a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from heller.intake.paper.layout import fold

SPELLED = (  # stems of words of the book, with their umlauts
    "rück", "fällig", "gebühr", "übertrag", "überweis", "zuzüglich", "abzüglich", "bestätig", "stück", "gültig",
    "käuf", "empfäng", "händler", "beträge", "geräte", "ermäßig", "verkäuf", "erhöh", "prüf", "eingänge",
    "säumnis",
)  # fmt: skip
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
TRAIL = r"[\s.:/\-\N{EN DASH}_]*"
LEAD = 5  # letters by which phrases are told apart before one is looked at
_STARTS = re.compile(r"(?<!\w)\S")  # where a phrase may begin


class Hit(NamedTuple):
    """A phrase that was found: its sense and where it stands in the text."""

    sense: str
    start: int
    end: int


@cache
def _book() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("heller.intake.paper") / "words.toml").read_text("utf-8"))


class Phrase(NamedTuple):
    """A phrase as written in the book and the letters that have to stand in a text that holds it."""

    written: str
    first: str  # what it begins with, as far as that is fixed
    letters: tuple[str, ...]


@cache
def _phrases(part: str) -> tuple[tuple[Phrase, ...], dict[str, str]]:
    """The phrases of a part of the book, the longest first; phrase without blanks -> sense."""
    phrases = sorted(
        (
            (one, sense)
            for sense, words in _book()[part].items()
            for phrase in words
            for one in _spellings(fold(phrase))
        ),
        key=lambda pair: -len(pair[0]),
    )
    senses: dict[str, str] = {}
    for phrase, sense in phrases:
        senses.setdefault(_bare(phrase), sense)
    return tuple(_phrase(phrase) for phrase, _ in phrases), senses


def _spellings(phrase: str) -> Iterator[str]:
    """A phrase, and as tills and old printers spell its umlauts: 'RUECKGELD', 'FAELLIG'."""
    yield phrase
    for stem in SPELLED:
        if (plain := fold(stem)) in phrase:
            yield phrase.replace(plain, stem.translate(_LETTERS))


def _phrase(written: str) -> Phrase:
    letters = written.replace("*", " ").split()
    return Phrase(written, "" if written.startswith("*") else letters[0], tuple(letters))


@lru_cache(4096)
def _pattern(written: str) -> re.Pattern[str]:
    """The pattern of one phrase. Compiling the few that a text may hold is far faster than the whole book."""
    words = (re.escape(word).replace(r"\*", r"[^\W\d]*") for word in written.split())
    return re.compile(rf"{TRAIL.join(words)}(?![^\W\d_])")


def _bare(said: str) -> str:
    return re.sub(r"[\s.:/\-\N{EN DASH}_]+", "", said)


def hits(part: str, said: str) -> tuple[Hit, ...]:
    """The phrases of a part of the book in a text, from left to right, none inside another.

    >>> [hit.sense for hit in hits("sum", "Summe netto")], [hit.sense for hit in hits("date", "Lieferdatum")]
    (['net'], ['other'])
    """
    return _hits(part, fold(said))


@lru_cache(8192)
def _hits(part: str, plain: str) -> tuple[Hit, ...]:
    """The same in a text without capitals and accents; a paper's cells are asked by many."""
    end = 0
    found: list[Hit] = []
    anywhere = tuple(p for p in _starred(part) if _has_letters(p, plain))
    for start in (_STARTS if anywhere else _starts(part)).finditer(plain):
        at = start.start()
        if at < end:
            continue
        able = _able(part, plain[at : at + LEAD])
        for phrase in sorted((*able, *anywhere), key=_rank(part)) if anywhere else able:
            if plain.startswith(phrase.first, at) and _has_letters(phrase, plain):
                match = _pattern(phrase.written).match(plain, at)
                if match:
                    end = match.end()
                    found.append(Hit(_sense(part, match[0]), at, end))
                    break
    return tuple(found)


@cache
def _starts(part: str) -> re.Pattern[str]:
    """Where a phrase with a fixed beginning may begin, by its first two letters: most words are passed over."""
    twos: dict[str, set[str]] = {}
    for phrase in _phrases(part)[0]:
        if phrase.first:
            twos.setdefault(phrase.first[0], set()).add(phrase.first[1:2])
    ways = (
        re.escape(one) + ("" if "" in seconds else f"[{''.join(map(re.escape, sorted(seconds)))}]")
        for one, seconds in sorted(twos.items())
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})")


@cache
def _starred(part: str) -> tuple[Phrase, ...]:
    """The phrases that may begin with any letters."""
    return tuple(p for p in _phrases(part)[0] if not p.first)


@cache
def _rank(part: str) -> Callable[[Phrase], int]:
    """The place of a phrase in its part: the longest first."""
    return {phrase: n for n, phrase in enumerate(_phrases(part)[0])}.__getitem__


@lru_cache(16384)
def _able(part: str, lead: str) -> tuple[Phrase, ...]:
    """The phrases that begin with these letters, the longest first."""
    phrases, _ = _phrases(part)
    return tuple(p for p in phrases if p.first and (p.first.startswith(lead) or lead.startswith(p.first)))


def _has_letters(phrase: Phrase, plain: str) -> bool:
    """Whether all letters of a phrase are in a text; only then its pattern is asked."""
    return all(map(plain.__contains__, phrase.letters))


@cache
def _sense(part: str, found: str) -> str:
    _, senses = _phrases(part)
    bare = _bare(found)
    if bare in senses:
        return senses[bare]
    for phrase, sense in senses.items():
        fixed, star, _ = phrase.partition("*")
        if (
            star
            and bare.startswith(fixed)
            and re.fullmatch(re.escape(phrase).replace(r"\*", r"[^\W\d]*"), bare)
        ):
            return sense
    return ""


def has_part(part: str) -> bool:
    """Whether the book has such a part."""
    return part in _book()


def book(part: str) -> dict[str, list[str]]:
    """A part of the book as it stands."""
    return _book()[part]


def words_of(part: str, sense: str) -> frozenset[str]:
    """The words of one sense as they stand in the book."""
    return frozenset(_book()[part][sense])
