"""A record from what a person typed into a form, the same for both doors. What cannot be read is a fault at its field;
nothing is guessed, and nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import NODEFAULT, Struct

from heller.intake.written import canonical, numbers
from heller.model.record_field import NOW, AnswerSet, RecordField, RecordForm
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind

FEW = 12  # answers that are all named to who gave another one
CHANGED = text("On that day the clock was changed at that time; choose a minute beside it.")


class TypedFault(Struct, frozen=True):
    """What is wrong in a field, and how it is written; `missing` where nothing was typed."""

    what: Text
    do: Text | None = None
    missing: bool = False


class TypedRecord(Struct, frozen=True):
    """The record that a form describes, None where it has faults; these by the name of their field in the form."""

    record: RecordNoun | None
    faults: Mapping[str, TypedFault]


def forms(kinds: Sequence[RecordKind]) -> tuple[tuple[RecordKind, RecordForm], ...]:
    """All forms with their kinds, in the order of their places."""
    return tuple(
        sorted(((kind, form) for kind in kinds for form in kind.forms), key=lambda one: one[1].place)
    )


def asked(kind: RecordKind, form: RecordForm) -> tuple[RecordField, ...]:
    """The fields that a form asks for, in the order of the kind."""
    if form.options is None:
        return tuple(field for field in kind.fields if field.name not in form.preset)
    return tuple(field for field in kind.fields if field.name in (*form.words, *form.options))


def typed_record(
    kind: RecordKind, form: RecordForm, typed: Mapping[str, str], zone: ZoneInfo, now: datetime
) -> TypedRecord:
    """The record that was typed, by the names that its fields have in a form; times are those of the zone."""
    found, faults = dict[str, Any](form.preset), dict[str, TypedFault]()
    for field in asked(kind, form):
        raw = typed.get(field.typed_as, "").strip()
        if not raw and not field.default:
            if needed(kind, field):
                faults[field.typed_as] = TypedFault(text("This is needed."), missing=True)
            elif field.needed is False and default(kind, field) is NODEFAULT:
                found[field.name] = ""
        elif (value := _value(field, raw or field.default, found, zone, now, noon=form.noon)) is None:
            faults[field.typed_as] = _fault(field, raw, found)
        else:
            found[field.name] = value
    if faults:
        return TypedRecord(None, faults)
    try:
        record = _built(kind.of, found)
    except ValueError:
        odd = TypedFault(text("These values do not fit together."))
        return TypedRecord(None, {field.typed_as: odd for field in asked(kind, form) if "." in field.name})
    faults = {name: TypedFault(said) for name, said in (kind.faults(record) if kind.faults else ())}
    return TypedRecord(None if faults else record, faults)


def needed(kind: RecordKind, field: RecordField) -> bool:
    """Whether something has to be typed: where neither the field nor the noun has a default."""
    if field.needed is not None:
        return field.needed
    return not field.default and default(kind, field) is NODEFAULT


def default(kind: RecordKind, field: RecordField) -> Any:
    """What the noun says by itself; NODEFAULT where it says nothing."""
    noun: Any = kind.of
    for part in field.name.split("."):
        one = next(f for f in msgspec.structs.fields(noun) if f.name == part)
        if not one.required:
            return one.default
        noun = one.type
    return NODEFAULT


def token(value: object) -> str:
    """An answer as a form sends it."""
    return str(value.value if isinstance(value, Enum) else value).lower()


def _value(
    field: RecordField,
    raw: str,
    found: Mapping[str, Any],
    zone: ZoneInfo,
    now: datetime,
    *,
    noon: bool,
) -> Any | None:
    if field.answers is not None:
        return canonical.chosen(field.answers, raw)
    if field.many:
        return tuple(part.strip() for part in re.split("[,;\n]", raw) if part.strip())
    if field.form_of is not None:
        form = field.form_of(found)
        if canonical.unknown(raw):
            return None if form is None else ""
        return None if form is None else canonical.canonical(form, raw, zone)
    match field.kind:
        case ValueKind.TEXT:
            return raw
        case ValueKind.MOMENT if raw == NOW:
            return now
        case ValueKind.DATE if raw == NOW:
            return now.astimezone(zone).date()
        case ValueKind.MOMENT if noon and (on := numbers.day(raw)):
            return numbers.local(datetime(on.year, on.month, on.day, 12), zone)
        case ValueKind.DATE:
            return _day(raw)
    plain = canonical.canonical(field, raw, zone)
    value = None if plain is None else field.parse(plain)
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _day(raw: str) -> date | None:
    """A day, also with a time of day after it, which is not needed here."""
    on, _, clock = raw.rpartition(" ")
    return numbers.day(raw) or (numbers.day(on) if numbers.clock(clock) is not None else None)


def _fault(field: RecordField, raw: str, found: Mapping[str, Any]) -> TypedFault:
    """What is wrong with what was typed in a field."""
    form: ValueForm[Any] | None = field.form_of(found) if field.form_of is not None else field
    what = text("'{raw}' is no answer to: {question}", raw=raw, question=field.label)
    if field.answers is not None:
        return TypedFault(what, _expected(field.answers, raw))
    on, _, clock = raw.rpartition(" ")
    if field.kind is ValueKind.MOMENT and numbers.day(on) and numbers.clock(clock) is not None:
        return TypedFault(what, CHANGED)
    return TypedFault(what, form.how if form is not None else None)


def _expected(answers: AnswerSet, raw: str) -> Text:
    """What could have been typed: all answers where they are few, else the one that is spelt nearly like it."""
    printed = {value: token(value) for value in answers.names}
    for word, value in reversed(list(answers.words.items())):
        printed[value] = word
    if len(answers.names) <= FEW:
        return text("It is one of: {words}.", words=", ".join(printed[value] for value in answers.names))
    raw_keys = {str(token(value)) for value in answers.names}
    near = canonical.nearest(raw, [word for word in answers.words if word not in raw_keys])
    return (
        text("Did you mean {near}?", near=near)
        if near
        else text(
            "It is one of: {words}.",
            words=", ".join(dict.fromkeys(printed[value] for value in answers.names)),
        )
    )


def _built(noun: type[Any], found: Mapping[str, Any]) -> Any:
    """The noun with its values; those of a noun inside it are said as `inner.name`."""
    own = {name: value for name, value in found.items() if "." not in name}
    inner: dict[str, dict[str, Any]] = {}
    for name, value in found.items():
        head, point, rest = name.partition(".")
        if point:
            inner.setdefault(head, {})[rest] = value
    hints = get_type_hints(noun) if inner else {}
    return noun(**own, **{head: _built(_bare(hints[head]), values) for head, values in inner.items()})


def _bare(hint: Any) -> Any:
    """The type without None."""
    return next((kind for kind in get_args(hint) if kind is not type(None)), hint)
