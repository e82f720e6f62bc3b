"""Profiles: how the columns of a bank's table are read. Data, not code: one YAML file for each layout.

A profile that a person confirmed is recalled by the fingerprint of its headings. It holds no rows, so it can be
handed on. It lies in a folder of the user, to be at hand for other tables, and in the journal of each case whose
tables it read: what a case says follows from no machine. So a reading knows only those that it is `using`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from heller.intake.tables.confirmed import fingerprint, folder
from heller.intake.written.canonical import fold

ROLES = (
    "booked", "valued", "amount", "credit", "debit", "letter", "currency", "balance", "account", "status",
    "partner", "payer", "purpose", "fee", "effect",
)  # fmt: skip
_UNIT = re.compile(
    r"(?<!\s)\s*[(\[].{0,80}?[)\]]\s*|(?<!\s)\s+(?:in\s+)?(?:EUR|Euro|€|CHF|USD|GBP)\s*$", re.IGNORECASE
)


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A layout. `head` are the headings that must all be there; without any, `places` names the columns
    by number from 1 and the table has no headings.

    `columns`: role -> headings, the first one that is there counts. `decimal` and `dates` may be empty:
    then the whole column must prove one reading. `pending`: role -> words that mark an announced entry.
    `opening`, `closing`: first words of the lines that state a balance; `footer`: of lines without values.
    `partner` is the other side, of debits only where `payer` names that of credits. The column `letter` says which
    way money went; `out` and `into` are its words for that, where they are none of `directions`.
    """

    name: str
    title: str
    source: str
    head: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = {}
    places: dict[str, int] = {}
    width: int = 0
    delimiter: str = ""
    decimal: str = ""
    dates: tuple[str, ...] = ()
    currency: str = ""
    pending: dict[str, tuple[str, ...]] = {}
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def heading(cell: str) -> str:
    """A heading without its unit, for comparing."""
    return fold(_UNIT.sub(" ", cell)) or fold(cell)


@cache
def built_in() -> tuple[Profile, ...]:
    """The profiles that come with Heller, by name."""
    home = Path(__file__).parent / "profiles"
    return tuple(load(path) for path in sorted(home.glob("*.yaml")))


def load(path: Path) -> Profile:
    """A profile from its file; raises msgspec.ValidationError where it is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(path.read_bytes(), loader), Profile)


def dump(profile: Profile) -> str:
    """A profile as YAML."""
    import yaml

    return yaml.safe_dump(plain(profile), allow_unicode=True, sort_keys=False)


def of_user() -> dict[str, Profile]:
    """The profiles that this user confirmed, by fingerprint; a spoilt file is none, and its table unknown again."""
    found = {}
    for path in sorted(folder().glob("*.yaml")):
        with suppress(Exception):
            found[path.stem] = load(path)
    return found


class Confirmed:
    """Profiles by fingerprint, and which of them some table asked for."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles
        self.used: dict[str, Profile] = {}

    def get(self, cells: tuple[str, ...]) -> Profile | None:
        """The profile of these headings, None where nobody confirmed one."""
        key = fingerprint(cells)
        if (found := self._profiles.get(key)) is not None:
            self.used[key] = found
        return found


_CONFIRMED: ContextVar[Confirmed | None] = ContextVar("confirmed", default=None)


@contextmanager
def using(profiles: Mapping[str, Profile]) -> Iterator[Confirmed]:
    """Tables that are read meanwhile know these confirmed profiles and no others."""
    known = Confirmed(profiles)
    token = _CONFIRMED.set(known)
    try:
        yield known
    finally:
        _CONFIRMED.reset(token)


def confirmed(cells: tuple[str, ...]) -> Profile | None:
    """The profile that a person confirmed for these headings, None where there is none at hand."""
    known = _CONFIRMED.get()
    return known.get(cells) if known else None


def plain(profile: Profile) -> dict[str, Any]:
    """A profile as an entry of a journal holds it."""
    return {key: value for key, value in msgspec.to_builtins(profile).items() if value}


def read_plain(said: object) -> Profile:
    """A profile from an entry; raises msgspec.ValidationError where it is none."""
    return msgspec.convert(said, Profile)
