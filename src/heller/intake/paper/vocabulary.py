"""The words of `words.toml` as patterns that find the longest phrase at every place of a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from heller.intake.paper.layout import fold

TRAIL = r"[\s.:/\-\N{EN DASH}_]*"
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
        ((fold(phrase), sense) for sense, words in _book()[part].items() for phrase in words),
        key=lambda pair: -len(pair[0]),
    )
    senses: dict[str, str] = {}
    for phrase, sense in phrases:
        senses.setdefault(_bare(phrase), sense)
    return tuple(_phrase(phrase) for phrase, _ in phrases), senses


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


def hits(part: str, said: str) -> Iterator[Hit]:
    """The phrases of a part of the book in a text, from left to right, none inside another.

    >>> [hit.sense for hit in hits("sum", "Summe netto")], [hit.sense for hit in hits("date", "Lieferdatum")]
    (['net'], ['other'])
    """
    plain = fold(said)
    end = 0
    for start in _STARTS.finditer(plain):
        at = start.start()
        if at < end:
            continue
        able = _able(part, plain[at : at + 2])
        match = next((m for phrase in able if (m := _at(phrase, plain, at))), None)
        if match:
            end = match.end()
            yield Hit(_sense(part, match[0]), at, end)


@lru_cache(4096)
def _able(part: str, two: str) -> tuple[Phrase, ...]:
    """The phrases that may begin with these two letters, the longest first."""
    phrases, _ = _phrases(part)
    return tuple(p for p in phrases if p.first.startswith(two) or two.startswith(p.first))


def _at(phrase: Phrase, plain: str, at: int) -> re.Match[str] | None:
    """The phrase at this place; its pattern is asked only where all its letters are in the text."""
    if not plain.startswith(phrase.first, at) or not all(letters in plain for letters in phrase.letters):
        return None
    return _pattern(phrase.written).match(plain, at)


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
