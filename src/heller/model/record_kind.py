"""What every room needs to know of a kind of record: one file per kind under `kinds/` says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.text import Text


class RecordNoun(Struct, frozen=True):
    """What every noun of a kind inherits from: all that a type checker knows of a record of any kind.

    `source` is where it stands; None where a person wrote it down.
    """

    @property
    def source(self) -> Locator | None:
        """Each noun has a field of this name."""
        raise NotImplementedError


class ChronologyEvent(Struct, frozen=True):
    """Something that happened, for the chronology. `at` is a day where the hour is not known; `tone` is its colour.

    `quoted` are words as somebody said them. A receipt is `printed` in the dossier only where it serves a head;
    what is not printed is shown on the screen.
    """

    at: datetime | date
    tone: str
    title: Text
    who: str = ""
    ours: bool = False  # we said it to `who`
    by: str = ""
    quoted: str = ""
    more: tuple[Text, ...] = ()
    amount: Money | Text | None = None
    sources: tuple[Locator, ...] = ()
    printed: bool = True
    receipt: str = ""


def _no_event(_: Any) -> ChronologyEvent | None:
    return None


class RecordKind(Struct, frozen=True):
    """`name` is said of many; `document` is what a file of such records is called (None: the record says it), and
    `alone` that each record is a document of its own. `line` is what one says in a line, part by part; `persons`
    the names that it holds in fields of their own, to be closed: a kind that holds none says NOBODY; `event` is
    its place in the chronology, None where it has none."""

    of: type[Any]
    name: Text
    document: str | None
    line: Callable[[Any], tuple[object, ...]]
    persons: Callable[[Any], Iterable[str]]
    alone: bool = False
    event: Callable[[Any], ChronologyEvent | None] = _no_event


def NOBODY(record: Any) -> tuple[str, ...]:  # noqa: N802 - a value, used as one
    """For a kind that has no field for a person's name."""
    del record
    return ()
