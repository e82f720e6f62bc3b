"""Times of day as people say them: '7:50', '8 Uhr', '8pm', 'halb acht', 'Viertel nach 8', 'abends um 8', 'noon'."""

from __future__ import annotations

import re
from datetime import timedelta

from heller.intake.written import numbers
from heller.intake.written.number_words import number_in

LEAD = re.compile(
    r"^(?:um|gegen|ab|kurz (?:vor|nach)|at|around|about|ca\.?|etwa|so)\s+|(?<!\s)\s+(?:herum|o'?clock)$",
    re.IGNORECASE,
)
SIDE = re.compile(
    r"(?<!\s)\s*\b(CET|CEST|MEZ|MESZ|Winterzeit|Sommerzeit|winter time|summer time)\b\s*", re.IGNORECASE
)
SUMMER = frozenset({"cest", "mesz", "sommerzeit", "summer time"})
LATE = re.compile(
    r"\b(?:abends|abend|nachmittags|nachmittag|nachts?|in the evening|in the afternoon|tonight)\b", re.I
)
EARLY = re.compile(
    r"\b(?:früh|frühs|morgens|morgen|vormittags|vormittag|in the morning|this morning)\b", re.I
)
TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\.?", re.IGNORECASE)
BARE = re.compile(r"(\d{1,2})(?:\s*(?:uhr|h))?", re.IGNORECASE)
SPLIT = re.compile(r"(\d{1,2})\s*(?:uhr|h)\s*(\d{2})|(\d{2})(\d{2})(?:\s*uhr)?", re.IGNORECASE)
PARTS = {
    "halb": -30, "viertel nach": 15, "viertel vor": -15, "dreiviertel": -15, "half past": 30, "quarter past": 15,
    "quarter to": -15,
}  # fmt: skip
MINUTES = re.compile(r"(\S{1,12})(?: minuten?| minutes?)? (vor|nach|to|past) (halb )?(.+)", re.IGNORECASE)
# what only the part of a day leaves open: the hours between which it is asked
PART_HOURS = {
    "früh": (6, 7, 8, 9), "morgen": (6, 7, 8, 9), "morning": (6, 7, 8, 9), "vormittag": (9, 10, 11),
    "nachmittag": (13, 14, 15, 16, 17), "afternoon": (13, 14, 15, 16, 17), "abend": (18, 19, 20, 21),
    "evening": (18, 19, 20, 21), "nacht": (22, 23), "night": (22, 23),
}  # fmt: skip
NAMES = {"mittags": 12, "mittag": 12, "noon": 12, "mitternacht": 0, "midnight": 0}


def clock_in(raw: str) -> timedelta | None:
    """The time since midnight; None where no time of day is said.

    >>> [str(clock_in(one)) for one in ("7:50", "8 Uhr", "8", "8pm", "halb acht", "8 Uhr 15", "abends um 8")]
    ['7:50:00', '8:00:00', '8:00:00', '20:00:00', '7:30:00', '8:15:00', '20:00:00']
    """
    said = SIDE.sub(" ", raw).strip()
    late, early = bool(LATE.search(said)), bool(EARLY.search(said))
    bare = EARLY.sub("", LATE.sub("", said)).strip(" ,")
    bare = LEAD.sub("", LEAD.sub("", bare)).strip(" ,")
    found = _plain(bare)
    if found is not None and late and not early and found <= timedelta(hours=11, minutes=59):
        found += timedelta(hours=12)
    return found if found is None or timedelta(0) <= found <= timedelta(hours=24) else None


def _plain(said: str) -> timedelta | None:
    word = said.casefold()
    if word in NAMES:
        return timedelta(hours=NAMES[word])
    if (clear := numbers.clock(said)) is not None:
        return clear
    if match := TWELVE.fullmatch(said):
        hours, minutes = int(match[1]), int(match[2] or 0)
        if not 1 <= hours <= 12 or minutes > 59:
            return None
        return timedelta(hours=hours % 12 + (12 if match[3].casefold() == "p" else 0), minutes=minutes)
    for lead, minutes in PARTS.items():
        if word.startswith(f"{lead} ") and (hour := _hour(word[len(lead) :].strip())) is not None:
            return timedelta(hours=hour, minutes=minutes)
    if (match := MINUTES.fullmatch(said)) and (many := _number(match[1])) is not None and many < 30:
        side = -many if match[2].casefold() in ("vor", "to") else many
        hour = _hour(match[4].casefold())
        half = 30 if match[3] else 0
        return None if hour is None else timedelta(hours=hour, minutes=side - half)
    if match := SPLIT.fullmatch(said):
        hours, minutes = int(match[1] or match[3]), int(match[2] or match[4])
        return timedelta(hours=hours, minutes=minutes) if hours < 24 and minutes < 60 else None
    hour = _hour(word)
    return None if hour is None else timedelta(hours=hour)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() else number_in(word)


def hours_of(part: str) -> tuple[int, ...]:
    """The hours of a part of the day ('Abend', 'früh', 'morning'), empty where it is none."""
    word = part.strip().casefold().removeprefix("in the ").removeprefix("am ")
    return PART_HOURS.get(word, PART_HOURS.get(word.removesuffix("s"), ()))


def _hour(word: str) -> int | None:
    if match := BARE.fullmatch(word):
        return int(match[1]) if int(match[1]) <= 24 else None
    hour = number_in(re.sub(r"(?<!\s)\s*uhr$", "", word))
    return hour if hour is not None and hour <= 24 else None


def side_in(raw: str) -> str:
    """'s' or 'w' where summer or winter time is said, else ''."""
    match = SIDE.search(raw)
    return "" if match is None else "s" if match[1].casefold() in SUMMER else "w"
