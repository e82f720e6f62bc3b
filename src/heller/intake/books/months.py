"""Months as bookkeepers head their columns: 'Feb/2026', 'Februar 2026', '02/2026', '2026-02', 'Feb. 26'."""

from __future__ import annotations

import re
from datetime import date

from heller.intake.written.canonical import fold
from heller.intake.written.numbers import MONTHS

_NAMED = re.compile(r"([a-z]{3,9}) (\d{4}|\d{2})")
_NUMBERED = re.compile(r"(\d{1,2}) (\d{4})|(\d{4}) (\d{1,2})")


def month(heading: str) -> date | None:
    """The first day of the month that a heading names, None where it names none.

    >>> month("Feb/2026"), month("02/2026"), month("Mrz. 26"), month("kumuliert")
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 1), datetime.date(2026, 3, 1), None)
    """
    said = fold(heading)
    if match := _NAMED.fullmatch(said):
        number = {"maerz": 3, "mae": 3}.get(match[1][:5], MONTHS.get(match[1][:3], 0))
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
    elif match := _NUMBERED.fullmatch(said):
        number, year = (int(match[1]), int(match[2])) if match[1] else (int(match[4]), int(match[3]))
    else:
        return None
    return date(year, number, 1) if 1 <= number <= 12 and 1990 <= year < 2100 else None
