"""In which country a line lies: as it is stated, or proposed from an address or a time zone. It knows no law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from msgspec import Struct

from heller.model.case import Case
from heller.model.countries import code_of
from heller.model.facts import firm, line
from heller.model.text import Text, text

DEFAULT_ZONE = "Europe/Berlin"  # of a case that was opened without one: it says less than an address
# Letters before a postal code, as post and licence plates have them.
PREFIXES = {
    "A": "AT", "AT": "AT", "B": "BE", "BE": "BE", "CH": "CH", "D": "DE", "DE": "DE", "DK": "DK", "E": "ES",
    "ES": "ES", "F": "FR", "FR": "FR", "FL": "LI", "LI": "LI", "I": "IT", "IT": "IT", "L": "LU", "LU": "LU",
    "NL": "NL", "PL": "PL", "CZ": "CZ", "S": "SE", "SE": "SE", "GB": "GB", "UK": "GB",
}  # fmt: skip
DIGITS = {"DE": 5, "AT": 4, "CH": 4, "LI": 4, "LU": 4, "BE": 4, "DK": 4, "FR": 5, "IT": 5, "ES": 5}
_PREFIXED = re.compile(r"^\W*([A-Z]{1,2})\s?[-–]\s?(\d{4,5})\b", re.MULTILINE)
_BARE = re.compile(r"^\W{0,40}(\d{4,5})\s{1,20}[^\W\d]", re.MULTILINE)


class Seat(Struct, frozen=True):
    """The country as two letters ('': not known), whether a person stated it, and why it is assumed."""

    code: str
    stated: bool
    why: Text


def seat(case: Case) -> Seat:
    """The country of a case's line: stated, else by the address of the firm, else by the time zone."""
    said = case.facts[line.COUNTRY]
    if said:
        return Seat(said, True, text("It is stated."))
    return proposed(case.zone, case.facts[firm.ADDRESS] or "")


def proposed(zone: str, address: str = "") -> Seat:
    """What an address and a time zone speak for. Where they contradict each other nothing is assumed.

    >>> proposed("Europe/Vienna").code, proposed("Europe/Berlin", "Ring 1\\nA-1010 Wien").code
    ('AT', 'AT')
    >>> proposed("Europe/Berlin", "Ring 1\\n1010 Wien").code
    ''
    """
    there, here = of_zone(zone), of_address(address)
    if here and (here == there or zone == DEFAULT_ZONE or not there):
        return Seat(here, False, text("the address of the firm lies there"))
    if here or not _fits(address, there):
        return Seat(
            "",
            False,
            text("the address and the time zone {zone} contradict each other", zone=zone),
        )
    if there:
        return Seat(there, False, text("the time zone {zone} lies there", zone=zone))
    if _digits(address) == DIGITS["DE"]:
        return Seat("DE", False, text("the postal code has five digits"))
    return Seat("", False, text("neither an address nor the time zone {zone} says it", zone=zone))


def of_address(address: str) -> str:
    """The country that an address names itself: letters before the postal code, or its last line; '' if none."""
    prefixed = _PREFIXED.search(address)
    if prefixed and prefixed[1] in PREFIXES:
        return PREFIXES[prefixed[1]]
    last = address.strip().rsplit("\n", 1)[-1].strip()
    return "" if any(map(str.isdigit, last)) else code_of(last)


def of_zone(zone: str) -> str:
    """The country in which a time zone of the IANA database lies; '' for UTC and the like.

    >>> of_zone("Europe/Busingen"), of_zone("Asia/Calcutta"), of_zone("UTC")
    ('DE', 'IN', '')
    """
    return _zones().get(zone) or _older_names().get(zone, "")


def zones_of(code: str) -> tuple[str, ...]:
    """The time zones of the IANA database that lie in a country; none for what is no country.

    >>> zones_of("DE"), zones_of("XX")
    (('Europe/Berlin', 'Europe/Busingen'), ())
    """
    return tuple(zone for zone, country in _zones().items() if country == code)


@cache
def _zones() -> dict[str, str]:
    """By `zone.tab` of the package tzdata."""
    return dict(_rows((resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")))


@cache
def _older_names() -> dict[str, str]:
    """By the links of the same database."""
    said = (resources.files("tzdata") / "zoneinfo" / "tzdata.zi").read_text("utf-8")
    links = (entry.split(" ")[1:3] for entry in said.splitlines() if entry.startswith("L "))
    return {older: code for name, older in links if (code := _zones().get(name))}


def _rows(table: str) -> Iterator[tuple[str, str]]:
    for row in table.splitlines():
        if row and not row.startswith("#"):
            code, _, zone, *_ = row.split("\t")
            yield zone, code


def _digits(address: str) -> int:
    """How many digits the postal code of an address has; 0 where it shows none."""
    found = _BARE.search(address)
    return len(found[1]) if found else 0


def _fits(address: str, code: str) -> bool:
    """Whether a postal code may be one of a country: a German one has five digits, an Austrian one four."""
    found = _digits(address)
    return not found or not code or DIGITS.get(code, found) == found
