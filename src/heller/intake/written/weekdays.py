"""The names of the days of the week, and which of them stands before a day."""

from __future__ import annotations

import re

NAMES = (  # Monday first
    ("montag", "mo", "monday", "mon"),
    ("dienstag", "di", "tuesday", "tue", "tues"),
    ("mittwoch", "mi", "wednesday", "wed"),
    ("donnerstag", "do", "thursday", "thu", "thur", "thurs"),
    ("freitag", "fr", "friday", "fri"),
    ("samstag", "sa", "saturday", "sat", "sonnabend"),
    ("sonntag", "so", "sunday", "sun"),
)
_FIRST = re.compile(r"([A-Za-z]{2,10})\.?,?\s+(?=\S)", re.ASCII)


def number(word: str) -> int | None:
    """Which day of the week a word names, Monday is 0; None for another word."""
    return next((n for n, names in enumerate(NAMES) if word.casefold() in names), None)


def before(said: str) -> tuple[int | None, str]:
    """The day of the week that stands before something else, and what that is.

    >>> before("Do., 5. Februar 2026"), before("5. Februar 2026")
    ((3, '5. Februar 2026'), (None, '5. Februar 2026'))
    """
    first = _FIRST.match(said)
    named = number(first[1]) if first else None
    return (named, said[first.end() :]) if first and named is not None else (None, said)
