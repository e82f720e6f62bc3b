"""Profiles of tables that programs export: which heading has which role. Data, not code: one YAML file for each layout.

`bank.profile` has those of banks, whose rows need more. A profile that a person confirmed lies in the same folder of
the user, by the fingerprint of its headings, and holds no rows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from heller.intake.tables import cells
from heller.intake.tables.confirmed import fingerprint, folder
from heller.intake.tables.export import SEARCH, Listing, find
from heller.intake.written.canonical import fold

HOME = Path(__file__).parent / "profiles"
LEAST = 3  # columns that every profile needs


class TableProfile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A layout of orders, hours, calls or units of business.

    `columns`: role -> headings, the first one that is there counts; `needed`: the roles without which it is another
    layout; a table without headings has `places` (role -> number of its column from 1) and its `width`.
    `decimal`, `dates`: how numbers and days are written, '' and () where the column must prove it; `zone`: of times
    without an offset, where it is not the site's. `senses`: what the words of a role mean, sense -> words. `rows`: how
    the rows of one number belong together: 'one' (a row is an order), 'first' (values stand in the first of its rows),
    'sum' (each row adds), 'same' (the same again for each rate of tax). `plus`, `minus`, `tax`: headings of amounts
    that add up in 'sum'. `rate`: per cent of VAT in a list of gross amounts,
    and `currency`, where the list names none: said by a person.

    Of units of business: `unit` is what a row is, `either` are groups of roles of which one each must be there, `never`
    roles that make it another table; `fate` is what became of a row whose list has no word for it.
    """

    kind: str
    name: str
    title: str
    source: str
    columns: dict[str, tuple[str, ...]] = {}
    needed: tuple[str, ...] = ()
    places: dict[str, int] = {}
    width: int = 0
    decimal: str = ""
    dates: tuple[str, ...] = ()
    zone: str = ""
    senses: dict[str, tuple[str, ...]] = {}
    rows: str = "one"
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    tax: tuple[str, ...] = ()
    rate: str = ""
    currency: str = ""
    channel: str = ""
    unit: str = ""
    either: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    fate: str = ""


def load(path: Path) -> TableProfile:
    """A profile from its file; raises msgspec.ValidationError where it is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(path.read_bytes(), loader), TableProfile)


def dump(profile: TableProfile) -> str:
    """A profile as YAML."""
    import yaml

    said = {k: v for k, v in msgspec.to_builtins(profile).items() if v}
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False)


@cache
def built_in(kind: str) -> tuple[TableProfile, ...]:
    """The profiles of a kind that come with Heller, by name."""
    return tuple(load(path) for path in sorted((HOME / kind).glob("*.yaml")))


def of_table(content: str, kind: str) -> tuple[TableProfile, ...]:
    """The profiles that come with Heller, for what may be a table; none for a text without a row of enough cells, so
    that nothing is loaded for a log or a letter."""
    rows = (row for d in cells.delimiters(content) for row in cells.first_lines(content, d)[:SEARCH])
    return built_in(kind) if any(row.filled >= LEAST for row in rows) else ()


class Found(Struct, frozen=True):
    """The profile of a table, where its headings stand, and whether a person confirmed it."""

    profile: TableProfile
    listing: Listing
    confirmed: bool = False


def look(content: str, kind: str) -> Found | None:
    """The layout of a table: a confirmed one, else the shipped one that knows the most of its headings."""
    if not content:
        return None
    if own := _confirmed(content, kind):
        return own
    known = (p for p in of_table(content, kind) if p.columns)
    found = [Found(p, listing) for p in known if (listing := _listing(content, p))]
    return max(found, key=lambda one: (len(one.profile.needed), len(one.listing.places)), default=None)


def _listing(content: str, profile: TableProfile) -> Listing | None:
    return find(content, profile.columns, profile.needed)


def _confirmed(content: str, kind: str) -> Found | None:
    home = folder()
    if not home.is_dir():
        return None
    for delimiter in cells.delimiters(content):
        for line in cells.first_lines(content, delimiter)[:SEARCH]:
            path = home / f"{kind}-{fingerprint(line.cells)}.yaml"
            if line.filled < 2 or not path.is_file():
                continue
            try:
                own = load(path)
            except Exception:  # a spoilt profile is none; the file shows as unknown again
                continue
            if listing := _listing(content, own):
                return Found(own, listing, confirmed=True)
    return None


def save(profile: TableProfile, head: tuple[str, ...]) -> Path:
    """Keep a profile that a person confirmed; returns where. Raises OSError."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{profile.kind}-{fingerprint(head)}.yaml"
    fresh = path.with_suffix(".new")
    fresh.write_text(dump(profile), encoding="utf-8")
    fresh.replace(path)
    return path


def sense(profile: TableProfile, word: str) -> str:
    """What a word of a role means, '' where the profile does not say; longer words first."""
    said = fold(word)
    for name, words in profile.senses.items():
        if any(said == fold(one) for one in words):
            return name
    return ""
