"""The words of `words.toml` as patterns that find the longest phrase at every place of a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from heller.intake.paper.layout import folded

TRAIL = r"[\s.:/\-\N{EN DASH}_]*"


class Hit(NamedTuple):
    """A phrase that was found: its sense and where it stands in the text."""

    sense: str
    start: int
    end: int


@cache
def _book() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("heller.intake.paper") / "words.toml").read_text("utf-8"))


@cache
def _compiled(part: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for a whole part of the book, its longest phrases first; phrase as written -> sense."""
    phrases = sorted(
        ((folded(phrase), sense) for sense, words in _book()[part].items() for phrase in words),
        key=lambda pair: -len(pair[0]),
    )
    senses: dict[str, str] = {}
    for phrase, sense in phrases:
        senses.setdefault(_bare(phrase), sense)
    body = "|".join(_pattern(phrase) for phrase, _ in phrases)
    return re.compile(rf"(?<!\w)(?:{body})(?![^\W\d_])"), senses


def _pattern(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"[^\W\d]*") for word in phrase.split())
    return TRAIL.join(words)


def _bare(said: str) -> str:
    return re.sub(r"[\s.:/\-\N{EN DASH}_]+", "", said)


def hits(part: str, said: str) -> Iterator[Hit]:
    """The phrases of a part of the book in a text, from left to right, none inside another.

    >>> [hit.sense for hit in hits("sum", "Summe netto")], [hit.sense for hit in hits("date", "Lieferdatum")]
    (['net'], ['other'])
    """
    pattern, _ = _compiled(part)
    plain = folded(said)
    for match in pattern.finditer(plain):
        yield Hit(_sense(part, match[0]), *match.span())


@cache
def _sense(part: str, found: str) -> str:
    _, senses = _compiled(part)
    bare = _bare(found)
    if bare in senses:
        return senses[bare]
    for phrase, sense in senses.items():
        if "*" in phrase and re.fullmatch(re.escape(phrase).replace(r"\*", r"[^\W\d]*"), bare):
            return sense
    return ""


def book(part: str) -> dict[str, list[str]]:
    """A part of the book as it stands."""
    return _book()[part]


def listed(part: str, sense: str) -> frozenset[str]:
    """The words of one sense as they stand in the book."""
    return frozenset(_book()[part][sense])
