"""What every room needs to know of a kind of record: one file per kind under `kinds/` says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import RecordField, RecordForm
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


class RecordKind(Struct, frozen=True):
    """`name` is said of many; `document` is what a file of such records is called (None: the record says it), and
    `alone` that each record is a document of its own. `fields` describe what it holds, `forms` how a person writes one
    down (none: it comes from files only), and `faults` what is wrong with one that was typed, by field.

    `known_of` is the day or the moment from which it can be known, None where it always is; of a series `cut_of` gives
    what of it lies before an instant, the end of a day. A kind that has neither is `timeless`: what a person decided or
    stated of no day.

    `line` is what one says in a line, part by part, where that is more than its listed fields; `event` is its place
    in the chronology.
    """

    of: type[Any]
    name: Text
    document: str | None
    fields: tuple[RecordField, ...] = ()
    forms: tuple[RecordForm, ...] = ()
    alone: bool = False
    line_of: Callable[[Any], tuple[object, ...]] | None = None
    event_of: Callable[[Any], ChronologyEvent] | None = None
    faults: Callable[[Any], Iterable[tuple[str, Text]]] | None = None
    known_of: Callable[[Any], date | datetime | None] | None = None
    cut_of: Callable[[Any, datetime, date], Any] | None = None
    timeless: bool = False

    def before(self, record: Any, end: datetime, last: date) -> Any | None:
        """What of a record was there before an instant, the end of the day `last` at the site; None where it came
        later."""
        at = self.known_of(record) if self.known_of is not None else None
        if isinstance(at, datetime):
            if at >= end:
                return None
        elif at is not None and at > last:
            return None
        return self.cut_of(record, end, last) if self.cut_of is not None else record

    def line(self, record: Any) -> tuple[object, ...]:
        """What one says in a line, part by part; what it does not say is left out."""
        if self.line_of is not None:
            return self.line_of(record)
        return tuple(self._listed_values(record))

    def _listed_values(self, record: Any) -> Iterator[object]:
        for field in self.fields:
            found = field.of(record)
            if field.listed and found not in (None, "", ()):
                yield field.shown(found)

    def event(self, record: Any) -> ChronologyEvent | None:
        """Its place in the chronology; None where it has none."""
        return None if self.event_of is None else self.event_of(record)
