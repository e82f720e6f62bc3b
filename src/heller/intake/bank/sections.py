"""The tables of banks inside a file: where their headings stand, and which column has which role.

How the rows of one table are read is the business of `sheet`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from heller.intake.bank.profile import Profile, heading
from heller.intake.tables.cells import CellRow

SEARCH = 60  # rows among which the headings are looked for


class RoleColumns(Struct, frozen=True):
    """Which column has which role, from which row of headings."""

    roles: dict[str, int]
    head: CellRow


class Section(Struct, frozen=True):
    """A table inside the file: what stands above its headings, its headings, the rows below."""

    above: tuple[CellRow, ...]
    place: RoleColumns
    rows: tuple[CellRow, ...]


def locate(profile: Profile, line: CellRow) -> RoleColumns | None:
    """The roles of the columns of a heading row, None where it is not the row of this profile."""
    cells = [heading(cell) for cell in line.cells]
    if not profile.head or not {heading(word) for word in profile.head} <= set(cells):
        return None
    roles = {}
    for role, words in profile.columns.items():
        at = next((found for word in words if (found := _index(cells, line.cells, word)) is not None), None)
        if at is not None:
            roles[role] = at
    return RoleColumns(roles, line) if _whole(roles) else None


def _index(cells: list[str], raw: Sequence[str], word: str) -> int | None:
    """The place of a heading; 'Buchungsdatum#2' is the second of that name, '*' at the end means the last.

    '#2' is the second column without a heading.
    """
    name, _, nth = word.partition("#")
    places = [n for n, cell in enumerate(cells) if cell == heading(name) and (cell or raw[n] == name)]
    wanted = -1 if nth == "last" else int(nth or 1) - 1 if re.fullmatch(r"\d{0,3}", nth) else len(places)
    return places[wanted] if places and wanted < len(places) else None


def _whole(roles: dict[str, int]) -> bool:
    money = "amount" in roles or {"credit", "debit"} <= roles.keys()
    return money and "booked" in roles


def sections(rows: Sequence[CellRow], profile: Profile) -> list[Section]:
    """The tables of the file that have the profile's headings, or the one without headings."""
    if not profile.head:
        roles = {role: n - 1 for role, n in profile.places.items()}
        return [Section((), RoleColumns(roles, CellRow(0, ())), tuple(rows))]
    heads = [
        (n, place) for n, line in enumerate(rows) if line.filled > 1 and (place := locate(profile, line))
    ]
    ends = [n for n, _ in heads[1:]] + [len(rows)]
    begin, found = 0, []
    for (at, place), end in zip(heads, ends, strict=True):
        found.append(Section(tuple(rows[begin:at]), place, tuple(rows[at + 1 : end])))
        begin = at + 1
    return found
