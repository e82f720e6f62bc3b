"""Verbs made of the forms of record kinds: `heller note CASE measure ...` asks what the kind says that it asks.

A verb is built when it is asked for, by the name of its form.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from heller import casefile
from heller.cli.note.written import refused, write
from heller.cli.options import CaseFolder, OfEvent, OfLine
from heller.cli.screen import tr, words
from heller.intake.written import typed_record
from heller.model.kinds import kinds
from heller.model.record_field import RecordField, RecordForm
from heller.model.record_kind import RecordKind
from heller.model.text import text
from heller.model.value_form import ValueKind

INSTEAD = Annotated[
    str | None, Parameter(help=tr("The entry in whose place it stands: a note that is edited."))
]
HOME = {"line": OfLine, "event": OfEvent}


def __getattr__(name: str) -> Callable[..., None]:
    for kind, form in found():
        if form.name.replace("-", "_") == name:
            return made(kind, form)
    raise AttributeError(name)


def found() -> tuple[tuple[RecordKind, RecordForm], ...]:
    """Every form with its kind."""
    return typed_record.forms(tuple(kinds().values()))


def made(kind: RecordKind, form: RecordForm) -> Callable[..., None]:
    """A function with the fields of a form as words and options, which reads them and writes the record."""
    fields = typed_record.asked(kind, form)
    by_name = {field.name: field for field in fields}
    in_order = [by_name[name] for name in form.words]
    options = [field for field in fields if field.name not in form.words]
    home = _home({field.typed_as for field in fields})

    def run(case: Path, said: list[str], instead: str | None = None, **more: Any) -> None:
        line, event = (more.pop(name, None) if name in home else None for name in HOME)
        typed = _words(in_order, said) | _options(options, more)
        result = typed_record.typed_record(kind, form, typed, casefile.zone(case), datetime.now(UTC))
        for field in fields:
            if fault := result.faults.get(field.typed_as):
                nothing = text("Nothing was said to: {question}", question=field.label)
                do = fault.do or text("See: heller note CASE {form} --help", form=form.name)
                raise refused(nothing if fault.missing else fault.what, do)
        if result.record is not None:
            replaces = casefile.target(case, instead) if instead else None
            write(case, result.record, line, event, replaces)

    parameters = [
        _parameter("case", inspect.Parameter.POSITIONAL_OR_KEYWORD, CaseFolder),
        _parameter("words", inspect.Parameter.POSITIONAL_OR_KEYWORD, _words_parameter(in_order)),
        *map(_option, options),
        inspect.Parameter("instead", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=INSTEAD),
        *home.values(),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    run.__doc__ = words()(form.what)
    return run


def _home(own: Container[str]) -> dict[str, inspect.Parameter]:
    """The line and the event that a record is about, where it holds them in no field of its own."""
    return {
        name: inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=typed)
        for name, typed in HOME.items()
        if name not in own
    }


def _words(in_order: list[RecordField], said: list[str]) -> dict[str, str]:
    """What was typed word by word; the last field takes the rest."""
    last = len(in_order) - 1
    parts = [*said[:last], " ".join(said[last:])]
    return {field.typed_as: part for field, part in zip(in_order, parts, strict=False)}


def _options(options: list[RecordField], more: Mapping[str, Any]) -> dict[str, str]:
    no = {field.typed_as: "no" if field.answers is None else typed_record.token(False) for field in options}
    flags = {field.typed_as: no[field.typed_as] for field in options if field.flag and more.get(field.flag)}
    return flags | {field.typed_as: raw for field in options if (raw := more.get(field.typed_as)) is not None}


def _parameter(name: str, kind: Any, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, kind, annotation=annotation)


def _words_parameter(in_order: list[RecordField]) -> Any:
    names = [field.typed_as.upper() for field in in_order]
    asked = "; ".join(words()(field.label) for field in in_order)
    return Annotated[list[str], Parameter(help=f"{' '.join(names)}: {asked}")]


def _option(field: RecordField) -> inspect.Parameter:
    help_ = words()(field.label)
    if field.flag:
        typed: Any = Annotated[bool, Parameter(help=help_, negative="")]
        return inspect.Parameter(field.flag, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=typed)
    if field.answers is None and field.kind is not ValueKind.TEXT:
        help_ = f"{help_}{'' if help_.endswith('?') else ':'} {words()(field.how)}"
    typed = Annotated[str | None, Parameter(help=help_, show_default=False)]
    return inspect.Parameter(
        field.typed_as, inspect.Parameter.KEYWORD_ONLY, default=field.default or None, annotation=typed
    )
