"""How records are said in a line: their kind, their count, what each one says; and the forms that ask for them."""

from __future__ import annotations

from collections import Counter

from heller.dossier.wording import Words
from heller.intake.written.typed_record import forms
from heller.model.finding import Locator
from heller.model.kinds import kind_of, kinds
from heller.model.record import Record
from heller.model.record_field import RecordForm
from heller.model.record_kind import RecordKind
from heller.model.text import Text


def count(records: tuple[Record, ...]) -> list[tuple[Text, int]]:
    """The kinds of records and how many of each."""
    return [(kinds()[kind].name, n) for kind, n in Counter(map(type, records)).items()]


def line(record: Record, words: Words) -> str:
    """What a record says, in a line."""
    return words.line(kind_of(record).line(record))


def places(record: Record) -> tuple[Locator, ...]:
    """Where a record stands."""
    return (record.source,) if record.source is not None else ()


def form_of(name: str) -> tuple[RecordKind, RecordForm]:
    """A form of a record by its name; LookupError where there is none."""
    return {form.name: (kind, form) for kind, form in all_forms()}[name]


def all_forms() -> tuple[tuple[RecordKind, RecordForm], ...]:
    """Every form with its kind, in the order of their places."""
    return forms(tuple(kinds().values()))
