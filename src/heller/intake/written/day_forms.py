"""The forms in which programs write days, and which of them a column proves; what it leaves open stays open."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from heller.intake.written.numbers import MONTHS

_FORMS = {
    "dd.mm.yyyy": (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", 0),
    "dd.mm.yy": (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{2})", 2000),
    "yyyy-mm-dd": (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", 0),
    "dd/mm/yyyy": (r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", 0),
    "mm/dd/yyyy": (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", 0),
    "dd-mm-yyyy": (r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})", 0),
    "yyyy/mm/dd": (r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})", 0),
    "dd/mm/yy": (r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{2})", 2000),
    "mm/dd/yy": (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{2})", 2000),
    "dd-mm-yy": (r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{2})", 2000),
    "yyyymmdd": (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", 0),
    "dd mon yyyy": (r"(?P<d>\d{1,2})[ .-]{1,2}(?P<m>[A-Za-zäÄ]{3,9})\.?[ .,-]{1,2}(?P<y>\d{4})", 0),
    "mon dd yyyy": (r"(?P<m>[A-Za-zäÄ]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})", 0),
}
DATE_FORMS = tuple(_FORMS)
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_FORMS[form][0] + _TIME, re.ASCII)


def day(raw: str, forms: tuple[str, ...]) -> date | None:
    """The day that a cell states in one of the forms, None where it does in none."""
    for form in forms:
        if match := _pattern(form).fullmatch(raw):
            try:
                found = date(int(match["y"]) + _FORMS[form][1], _month(match["m"]), int(match["d"]))
            except ValueError:
                continue
            return found if 1990 <= found.year < 2100 else None
    return None


def _month(said: str) -> int:
    """Its number, by figures or name; 0, which is none, for another word."""
    return int(said) if said.isdecimal() else MONTHS.get(said[:3].lower(), 0)


def proven_forms(cells: list[str]) -> tuple[str, ...]:
    """The one form that all cells have; several or none where they leave it open."""
    return tuple(form for form in DATE_FORMS if cells and all(day(cell, (form,)) for cell in cells))
