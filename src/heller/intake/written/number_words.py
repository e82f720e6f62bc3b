"""Whole numbers below a million as words, German and English: 'achttausend', 'fünfundzwanzig', 'twenty-five', 'eight
thousand'."""

from __future__ import annotations

import re

SMALL = {
    "null": 0, "zero": 0, "ein": 1, "eins": 1, "eine": 1, "einer": 1, "one": 1, "zwei": 2, "two": 2, "drei": 3,
    "three": 3, "vier": 4, "four": 4, "fünf": 5, "five": 5, "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8,
    "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10, "elf": 11, "eleven": 11, "zwölf": 12, "twelve": 12,
    "dreizehn": 13, "thirteen": 13, "vierzehn": 14, "fourteen": 14, "fünfzehn": 15, "fifteen": 15, "sechzehn": 16,
    "sixteen": 16, "siebzehn": 17, "seventeen": 17, "achtzehn": 18, "eighteen": 18, "neunzehn": 19, "nineteen": 19,
    "dutzend": 12, "dozen": 12,
}  # fmt: skip
TENS = {
    "zwanzig": 20, "twenty": 20, "dreißig": 30, "dreissig": 30, "thirty": 30, "vierzig": 40, "forty": 40,
    "fünfzig": 50, "fifty": 50, "sechzig": 60, "sixty": 60, "siebzig": 70, "seventy": 70, "achtzig": 80, "eighty": 80,
    "neunzig": 90, "ninety": 90,
}  # fmt: skip
LARGE = (("tausend", 1000), ("thousand", 1000), ("hundert", 100), ("hundred", 100))
LONGEST = 60  # characters


def number_in(raw: str) -> int | None:
    """The number that words say, None where they say none.

    >>> said = ("achttausendfünfhundert", "fünfundzwanzig", "twenty-five", "eight thousand", "viel")
    >>> [number_in(one) for one in said]
    [8500, 25, 25, 8000, None]
    """
    word = re.sub(r"[\s-]+", "", raw.strip().casefold())
    word = re.sub(r"^an?(?=hundred|thousand|dozen)", "", word)
    word = re.sub(r"^eine?[nm]?(?=dutzend)", "", word)
    return _number(word) if len(word) <= LONGEST else None


def _number(word: str) -> int | None:
    for name, worth in LARGE:
        before, found, after = word.partition(name)
        if found:
            many = _number(before) if before else 1
            more = _number(re.sub(r"^(?:und|and)", "", after)) if after else 0
            if many is None or more is None or not 0 < many < 1000 or more >= worth:
                return None
            return many * worth + more
    if word in SMALL or word in TENS:
        return {**SMALL, **TENS}[word]
    for ten, worth in TENS.items():
        rest = word.removesuffix(f"und{ten}") if word.endswith(f"und{ten}") else word.removeprefix(ten)
        if rest != word and 0 < SMALL.get(rest, 0) < 10:
            return worth + SMALL[rest]
    return None
