"""What was worked out of a case and what is owed on a day, kept by the head of the journal and the program.

It is kept without the tables of a watch and with the columns of logs where the readings keep them. What is
handed out is always what would be handed out again, also when it was just worked out.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from msgspec import Struct

from heller.casefile.derived import program
from heller.casefile.derived.readings import DAMAGED, KeptColumn, Readings
from heller.casefile.derived.shelf import Shelf
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.column import Column
from heller.model.worked_out import WorkedOut

ROOM = "claims"
MOST = 24  # files: the heads and days that were looked at last
Follows = TypeVar("Follows", WorkedOut, Claim)


class NotKept(ValueError):
    """A column lies on no shelf, so what holds it cannot be kept either."""


class Claims:
    """What follows from one head of a journal: the case, which all of it holds, in a file of its own. A claim of a day
    on which not all of the case was there yet is kept with the case of that day."""

    def __init__(self, case: Path, head: str, readings: Readings) -> None:
        self._head = head
        self._case: Case | None = None  # as it is kept
        self._shelf = Shelf(case, ROOM, program.working_out())
        self._nouns = readings.nouns(_place)

    def worked_out(self) -> WorkedOut | None:
        """What is kept whatever the day; None where nothing is."""
        return self._follows(WorkedOut, self._head)

    def claim(self, as_of: date) -> Claim | None:
        """What is owed on a day, as it is kept; None where it is not."""
        return self._follows(Claim, self._name(as_of)) or self._follows_cut(self._cut_name(as_of))

    def keep_worked_out(self, found: WorkedOut) -> WorkedOut:
        """Keep it, and hand it out as it is kept."""
        return self._keep(found, self._head)

    def keep_claim(self, found: Claim) -> Claim:
        """Keep it, and hand it out as it is kept."""
        return self._keep(found, self._name(found.waterfall.as_of))

    def keep_cut_claim(self, found: Claim) -> Claim:
        """Keep what was owed on a day after which more became known: its case is less than that of the head, so it
        lies in a file of its own."""
        name = self._cut_name(found.waterfall.as_of)
        values = tuple(getattr(found, field) for field in found.__struct_fields__[1:])
        try:
            case = self._put(f"{name}-case", found.case, Case)
            return Claim(case, *self._put(name, values, _rest(Claim)))
        except NotKept:
            return found

    def _follows_cut(self, name: str) -> Claim | None:
        rest = self._get(name, _rest(Claim))
        case = None if rest is None else self._get(f"{name}-case", Case)
        return None if case is None else Claim(case, *rest)

    def _name(self, as_of: date) -> str:
        return f"{self._head}-{as_of.isoformat()}"

    def _cut_name(self, as_of: date) -> str:
        return f"{self._name(as_of)}-cut"

    def _follows(self, kind: type[Follows], name: str) -> Follows | None:
        rest = self._get(name, _rest(kind))
        if rest is not None and self._case is None:
            self._case = self._get(f"{self._head}-case", Case)
        return None if rest is None or self._case is None else kind(self._case, *rest)

    def _keep(self, found: Follows, name: str) -> Follows:
        values = tuple(getattr(found, field) for field in found.__struct_fields__[1:])
        try:
            if self._case is None or found.case is not self._case:
                self._case = self._put(f"{self._head}-case", found.case, Case)
            return type(found)(self._case, *self._put(name, values, _rest(type(found))))
        except NotKept:
            return found

    def _get(self, name: str, kind: Any) -> Any:
        data = self._shelf.get(name)
        try:
            return None if data is None else self._nouns.decode(data, kind)
        except DAMAGED:
            return None

    def _put(self, name: str, value: Any, kind: Any) -> Any:
        data = self._nouns.encode(value, kind)
        self._shelf.put(name, data, most=MOST)
        return self._nouns.decode(data, kind)


def _rest(kind: type[Struct]) -> Any:
    """What a noun holds beside the case, which comes first."""
    hints = get_type_hints(kind)
    return tuple[tuple(hints[name] for name in kind.__struct_fields__[1:])]  # type: ignore[misc]


def _place(column: Column) -> Any:
    if not isinstance(column, KeptColumn):
        raise NotKept
    return column.place
