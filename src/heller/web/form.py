"""Forms: fields with a label, a hint, a value and the fault in it; those of records are made of what their kinds say.
German and English input is read by `heller.intake`; what cannot be read is shown again with a sentence at its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

from heller.intake.written import numbers, typed_record
from heller.model.kinds import kind_of
from heller.model.money import Money
from heller.model.record_field import NOW, AnswerSet, RecordField, RecordForm
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text
from heller.model.value_form import HOW, ValueKind

LONGEST = 20_000  # characters of one field
T = TypeVar("T")

DAY_HINT = text("For example 04.02.2015 or 2015-02-04")
AMOUNT_HINT = text("For example 3.000,00")
HINTS = {
    ValueKind.DATE: DAY_HINT,
    ValueKind.MOMENT: DAY_HINT,
    ValueKind.MONEY: AMOUNT_HINT,
    ValueKind.SHARE: HOW[ValueKind.SHARE],
    ValueKind.NUMBER: HOW[ValueKind.NUMBER],
}


class Field(Struct, frozen=True):
    """One field. `kind` is line, area, choice or check; `options` are value and name pairs, `near`
    are words that are offered while typing."""

    name: str
    label: Text
    kind: str = "line"
    hint: Text | None = None
    options: tuple[tuple[str, Text], ...] = ()
    near: tuple[Text, ...] = ()
    required: bool = False
    value: str = ""
    fault: Text | None = None
    wide: bool = False


class Form:
    """What was sent, and the faults that were found in it."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self._data = data
        self.faults: dict[str, Text] = {}

    def said(self, name: str, missing: Text | None = None) -> str:
        """A line as typed; a fault where it is empty and `missing` says that it must not be."""
        value = (self._data.get(name) or "").replace("\r\n", "\n").strip()
        if not value and missing is not None:
            self.faults[name] = missing
        if len(value) > LONGEST:
            self.faults[name] = text("That is longer than {n} characters.", n=LONGEST)
        return value

    def read(self, name: str, value: T | None, fault: Text) -> T | None:
        """What reading a field gave; a fault where something was typed and nothing could be read."""
        if value is None and self.said(name):
            self.faults.setdefault(name, fault)
        return value

    def shown(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """The fields again with what was typed and what is wrong with it."""
        return tuple(replace(f, value=self.said(f.name), fault=self.faults.get(f.name)) for f in fields)


UNSAID = (("", text("not stated")), ("yes", text("yes")), ("no", text("no")))
TIME = "-time"  # the second input of a moment


class Typed(NamedTuple):
    """What a form of a record gave: the record, None where a field is wrong, and its fields to be shown again."""

    record: RecordNoun | None
    fields: tuple[Field, ...]


def record_fields(kind: RecordKind, form: RecordForm, now: datetime) -> tuple[Field, ...]:
    """The fields of a form of a record, empty but for what is proposed; `now` is the present on the site's clock."""
    return tuple(
        made for field in typed_record.asked(kind, form) for made in _inputs(kind, field, now, noon=form.noon)
    )


def typed(kind: RecordKind, form: RecordForm, data: Mapping[str, str], now: datetime) -> Typed:
    """The record that was sent. A moment comes as a day and a time of day."""
    sent, fields = Form(data), record_fields(kind, form, now)
    said = {f.name: sent.said(f.name) for f in fields}
    whole = {name: f"{raw} {said.get(name + TIME, '')}".strip() for name, raw in said.items()}
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    result = typed_record.typed_record(kind, form, whole, zone, now)
    for name, fault in result.faults.items():
        of_time = f"{name}{TIME}" in said and numbers.day(said[name]) is not None
        sent.faults.setdefault(f"{name}{TIME}" if of_time else name, fault.do or fault.what)
    return Typed(None if sent.faults else result.record, sent.shown(fields))


def filled(fields: tuple[Field, ...], record: RecordNoun, zone: object) -> tuple[Field, ...]:
    """The fields of a form with what a record says, as a person types it."""
    assert isinstance(zone, ZoneInfo)
    kind = kind_of(record)
    said = {field.typed_as: _typed(field.of(record), zone) for field in kind.fields}
    times = {
        field.typed_as + TIME: f"{at.astimezone(zone):%H:%M}"
        for field in kind.fields
        if isinstance(at := field.of(record), datetime)
    }
    return tuple(replace(field, value=(said | times).get(field.name, field.value)) for field in fields)


def _typed(value: object, zone: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(zone):%d.%m.%Y}"
        case date():
            return f"{value:%d.%m.%Y}"
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{(value * 100).normalize():f} %".replace(".", ",")
        case Money():
            return str(value.decimal).replace(".", ",")
        case tuple():
            return ", ".join(map(str, value))
        case Enum():
            return typed_record.token(value)
    return str(value)


def _inputs(kind: RecordKind, field: RecordField, now: datetime, *, noon: bool) -> Iterator[Field]:
    """The inputs of one field: two for a moment."""
    needed = typed_record.needed(kind, field)
    made = Field(
        field.typed_as,
        field.label,
        "area" if field.prose else "line",
        field.hint or HINTS.get(field.kind),
        near=field.near,
        required=needed,
        value=f"{now:%d.%m.%Y}" if field.default == NOW else field.default,
        wide=field.prose and needed,
    )
    if field.answers is not None:
        yield replace(
            made, kind="choice", options=_options(kind, field, field.answers), value=_first(kind, field)
        )
    elif field.kind is ValueKind.YES_NO:
        yield replace(made, kind="choice", options=UNSAID)
    elif field.kind is ValueKind.MOMENT:
        yield replace(made, required=needed or field.default == NOW)
        if not noon:
            hint = text("For example 08:35")
            yield Field(
                field.typed_as + TIME, text("Time"), hint=hint, required=needed or field.default == NOW
            )
    else:
        yield made


def _options(kind: RecordKind, field: RecordField, answers: AnswerSet) -> tuple[tuple[str, Text], ...]:
    """The answers, after none where none need be given and none is proposed."""
    shown = tuple((typed_record.token(value), name) for value, name in answers.names.items())
    return shown if typed_record.needed(kind, field) or _first(kind, field) else (UNSAID[0], *shown)


def _first(kind: RecordKind, field: RecordField) -> str:
    """The answer that is proposed."""
    noun = typed_record.default(kind, field)
    return field.default or ("" if noun in (None, NODEFAULT) else typed_record.token(noun))
