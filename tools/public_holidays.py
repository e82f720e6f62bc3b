"""Writes the public holidays that the rules count with, from the library: those of every German state, of all Austria.

`python tools/public_holidays.py` renews `feiertage.json` in the folder of each country. The days are kept as data so
that an answer is there at once, and so that a later version of the library cannot alter an old claim; a test
compares them with the library that is installed.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays

LAW = Path(__file__).parents[1] / "src" / "heller" / "law"
FILE, AUSTRIA = LAW / "de" / "feiertage.json", LAW / "at" / "feiertage.json"
YEARS = range(1991, 2101)


def days(state: str, year: int, *categories: str) -> set[date]:
    """The public holidays of a state; '' gives those of all Germany."""
    return set(holidays.country_holidays("DE", subdiv=state or None, years=year, categories=categories))


def table() -> dict[str, object]:
    """By state and year what goes beyond all of Germany, and what the Catholic parts have besides."""
    states = sorted(holidays.country_holidays("DE").subdivisions)
    return {
        "library": f"holidays {version('holidays')}",
        "everywhere": {str(year): _written(days("", year, "public")) for year in YEARS},
        "states": {state: _more(state, ("public",), ("",)) for state in states},
        "catholic": {
            state: more for state in states if (more := _more(state, ("public", "catholic"), ("", state)))
        },
    }


def austria() -> dict[str, object]:
    """By year the days of all Austria; no Land has more."""
    days_of = {str(year): _written(set(holidays.country_holidays("AT", years=year))) for year in YEARS}
    return {"library": f"holidays {version('holidays')}", "everywhere": days_of}


def _more(state: str, categories: tuple[str, ...], known: tuple[str, ...]) -> dict[str, list[str]]:
    out = {}
    for year in YEARS:
        more = days(state, year, *categories).difference(*(days(one, year, "public") for one in known))
        if more:
            out[str(year)] = _written(more)
    return out


def _written(found: set[date]) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(found)]


if __name__ == "__main__":
    for file, made in ((FILE, table()), (AUSTRIA, austria())):
        file.write_text(json.dumps(made, indent=0, separators=(",", ":")) + "\n")
