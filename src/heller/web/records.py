"""How records of an exhibit are said in a line: their kind, their count, what each one says."""

from __future__ import annotations

from collections import Counter

from heller.dossier.wording import Words
from heller.model.finding import Locator
from heller.model.kinds import kind_of, kinds
from heller.model.record import Record
from heller.model.text import Text


def count(records: tuple[Record, ...]) -> list[tuple[Text, int]]:
    """The kinds of records and how many of each."""
    return [(kinds()[kind].name, n) for kind, n in Counter(map(type, records)).items()]


def line(record: Record, words: Words) -> str:
    """What a record says, in a line."""
    return " · ".join(words.value(part) for part in kind_of(record).line(record) if part != "")


def places(record: Record) -> tuple[Locator, ...]:
    """Where a record stands."""
    return (record.source,) if record.source is not None else ()
