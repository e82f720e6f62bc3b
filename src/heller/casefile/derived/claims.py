"""What was worked out of a case and what is owed on a day, kept by the head of the journal and the program.

It is kept without the tables of a watch and with the columns of logs where the readings keep them. What is
handed out is always what would be handed out again, also when it was just worked out.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

from msgspec.structs import asdict

from heller.casefile.derived import program
from heller.casefile.derived.readings import DAMAGED, KeptColumn, Readings
from heller.casefile.derived.shelf import Shelf
from heller.model.claim import Claim, WorkedOut
from heller.model.column import Column

ROOM = "claims"
MOST = 24  # files: the heads and days that were looked at last
OWED = [name for name in Claim.__struct_fields__ if name not in WorkedOut.__struct_fields__]


class NotKept(ValueError):
    """A column lies on no shelf, so what holds it cannot be kept either."""


class Claims:
    """What follows from one head of a journal."""

    def __init__(self, case: Path, head: str, readings: Readings) -> None:
        self._head, self._readings = head, readings
        self._shelf = Shelf(case, ROOM, program.working_out())
        self._nouns = readings.nouns(_place)

    def worked_out(self) -> WorkedOut | None:
        """What is kept; None where nothing is."""
        found: WorkedOut | None = self._get(self._head, WorkedOut)
        return found

    def keep(self, found: WorkedOut) -> WorkedOut:
        """Keep it, and hand it out as it is kept."""
        kept: WorkedOut = self._put(self._head, found, WorkedOut) or found
        return kept

    def claim(self, found: WorkedOut, as_of: date) -> Claim | None:
        """What is owed on a day, as it is kept; None where it is not."""
        rest = self._get(self._name(as_of), _owed())
        return None if rest is None else _claim(found, rest)

    def keep_claim(self, found: WorkedOut, claimed: Claim) -> Claim:
        """Keep it, and hand it out as it is kept."""
        rest = tuple(getattr(claimed, name) for name in OWED)
        kept = self._put(self._name(claimed.waterfall.as_of), rest, _owed())
        return _claim(found, kept) if kept else claimed

    def _name(self, as_of: date) -> str:
        return f"{self._head}-{as_of.isoformat()}"

    def _get(self, name: str, kind: Any) -> Any:
        data = self._shelf.get(name)
        try:
            return None if data is None else self._nouns.decode(data, kind)
        except DAMAGED:
            return None

    def _put(self, name: str, value: Any, kind: Any) -> Any:
        try:
            data = self._nouns.encode(value, kind)
        except NotKept:
            return None
        self._shelf.put(name, data, most=MOST)
        return self._nouns.decode(data, kind)


def _owed() -> Any:
    """The kind of what a claim holds beside what was worked out."""
    hints = get_type_hints(Claim)
    return tuple[tuple(hints[name] for name in OWED)]  # type: ignore[misc]


def _claim(found: WorkedOut, rest: tuple[Any, ...]) -> Claim:
    worked = {name: value for name, value in asdict(found).items() if name in Claim.__struct_fields__}
    return Claim(**worked, **dict(zip(OWED, rest, strict=True)))


def _place(column: Column) -> Any:
    if not isinstance(column, KeptColumn):
        raise NotKept
    return column.place
