"""Forms of records, made of what their kinds say: their fields, and the record that was sent, read as people type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import NODEFAULT
from msgspec.structs import replace

from heller.intake.written import canonical, spoken, spoken_times, typed_record
from heller.model.kinds import kind_of
from heller.model.money import Money
from heller.model.record_field import NOW, AnswerSet, RecordField, RecordForm
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind
from heller.web.form import DAY, HINTS, MODES, MOMENT, NO_TIME, UNSAID, Field, Form

TIME = "-time"  # the second input of a moment
READ = (
    ValueKind.MOMENT,
    ValueKind.DATE,
    ValueKind.MONEY,
    ValueKind.SHARE,
    ValueKind.NUMBER,
)  # as people type them


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
    """The record that was sent, read as people type. A moment comes as one line, or as a day and a time of day."""
    sent, fields = Form(data), record_fields(kind, form, now)
    said = {f.name: sent.said(f.name) for f in fields}
    whole = {name: f"{raw} {said.get(name + TIME, '')}".strip() for name, raw in said.items()}
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    heard = whole | _heard(kind, form, sent, said, now)
    result = typed_record.typed_record(kind, form, heard, zone, now)
    for name, fault in result.faults.items():
        if name + TIME in sent.faults:
            continue  # the day is right: what is missing is said at its own input
        sent.faults.setdefault(name, fault.do or fault.what)
    return Typed(None if sent.faults else result.record, sent.shown(fields))


def _heard(
    kind: RecordKind, form: RecordForm, sent: Form, said: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """The fields in which there is one reading, in canonical form; what is doubted is a fault at its field."""
    found: dict[str, str] = {}
    for field in typed_record.asked(kind, form):
        of: ValueForm[Any] | None = field if field.form_of is None else field.form_of(said)
        raw = said.get(field.typed_as, "")
        if of is None or field.answers is not None or field.many or not raw or canonical.unknown(raw):
            continue
        clock = said.get(field.typed_as + TIME, "")
        joined = f"{raw} {clock}".strip() if not spoken.readings(of, raw, now) or not clock else raw
        if of.kind is ValueKind.MOMENT and form.noon and (day := spoken.readings(DAY, raw, now)):
            found[field.typed_as] = spoken.noon(day[0], _zone(now))
        elif of.kind in READ:
            ahead, name = field.default != NOW, field.typed_as
            if of.kind is ValueKind.MOMENT and f"{name}{TIME}" in said and _no_time(raw, joined, now):
                sent.faults.setdefault(f"{name}{TIME}", NO_TIME)
                continue
            value = sent.heard(name, of, now, how=field.hint, ahead=ahead, raw=joined)
            if value is not None:
                found[field.typed_as] = f"{Decimal(value) * 100:f} %" if of.kind is ValueKind.SHARE else value
    return found


def _no_time(raw: str, joined: str, now: datetime) -> bool:
    """Whether the day can be read, and no time of day with it."""
    if spoken.readings(MOMENT, joined, now) or not spoken.readings(DAY, raw, now):
        return False
    return not spoken_times.left_out(joined, now)


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo


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
        mode=MODES.get(field.kind, ""),
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
