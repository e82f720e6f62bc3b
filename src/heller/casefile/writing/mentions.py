"""Where a case names a person: what an erasure has to reach. It walks the fields of every record as its kind describes
them; nothing is changed, and nothing is looked for outside of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from heller.intake.personal import KnownValues, parts, strings
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.kinds import fields_of
from heller.model.record import Record
from heller.model.record_field import RecordField
from heller.model.text import Text, text


class Mention(Struct, frozen=True):
    """An entry that names somebody, in which field of how many records; `own` where the field is there for a name."""

    entry: int
    field: Text
    own: bool
    times: int = 1


def mentions(case: Case, name: str) -> tuple[Mention, ...]:
    """Every entry that names a person, by the whole name or a word of it, in order. Raises InputRefused for a name
    that says nothing."""
    known = KnownValues(dict.fromkeys(parts(name.strip(), frozenset()), "X"))
    if not list(known.find(name)):
        raise InputRefused(
            text("'{name}' is no name that can be looked for.", name=name),
            text("Nothing was looked for, and nothing was erased."),
            text("Write it as it stands in the papers: --person 'Erika Muster'."),
        )
    found: dict[tuple[int, str], Mention] = {}
    for entry, record in _records(case):
        for field in _naming(record, known):
            at = (entry, field.label.id)
            before = found[at].times if at in found else 0
            found[at] = Mention(entry, field.label, field.personal is not None, before + 1)
    return tuple(sorted(found.values(), key=lambda one: (one.entry, not one.own)))


def persons_in(case: Case, entry: int) -> tuple[tuple[Text, str], ...]:
    """What an entry says in fields that are there for a person's name: the field, the name; each once."""
    said = {
        (field.label.id, name): (field.label, name)
        for number, record in _records(case)
        if number == entry
        for field, name in fields_of(record)
        if field.personal is not None and name
    }
    return tuple(said.values())


def _records(case: Case) -> Iterator[tuple[int, Record]]:
    """Every record with the entry that it came from."""
    for exhibit in case.exhibits:
        yield from ((exhibit.entry, record) for record in exhibit.reading.records)
    yield from zip(case.noted_in, case.noted, strict=False)


def _naming(record: Record, known: KnownValues) -> Iterable[RecordField]:
    """The fields of a record in which the name stands."""
    for field, said in fields_of(record):
        if any(next(known.find(one), None) for one in strings(said)):
            yield field
