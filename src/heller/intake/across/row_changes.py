"""Rows of lists as people corrected or withdrew them: readings in, readings out. The files stay as they are. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.written import canonical, numbers, shares
from heller.model.finding import Finding, Weight
from heller.model.kinds import kind_of
from heller.model.kinds.row_change import WITHDRAWN, RowChange
from heller.model.money import Money
from heller.model.record import Reading, Record
from heller.model.text import Text, text

WITHDRAWING = frozenset({WITHDRAWN, "withdraw", "zurückgenommen", "entfällt", "weg"})


class OddChange(ValueError):
    """A change that cannot be made; `what` says why, `do` how it is written."""

    def __init__(self, what: Text, do: Text) -> None:
        super().__init__(str(what))
        self.what, self.do = what, do


def changed(reading: Reading, changes: Iterable[RowChange], zone: ZoneInfo) -> Reading:
    """The reading with some rows changed, the later change of a row on top of the earlier one."""
    records, findings = list(reading.records), list(reading.findings)
    for change in changes:
        try:
            at = row_of(reading.records, change.row)
            before = reading.records[at]
            index = next((n for n, one in enumerate(records) if one.source == before.source), None)
            after = with_values(records[index] if index is not None else before, change.change, zone)
        except OddChange as odd:
            findings.append(Finding("row-change-odd", odd.what, odd.do, Weight.WARNING))
            continue
        if index is not None:
            records[index : index + 1] = [after] if after is not None else []
        elif after is not None:
            records.append(after)
        findings.append(_change_finding(change, before))
    return replace(reading, records=tuple(records), findings=tuple(findings))


def row_of(records: tuple[Record, ...], row: str) -> int:
    """Which record stands in a row; raises OddChange where none or several do."""
    plain = " ".join(row.split()).casefold()
    wanted = f"row {plain}" if plain.isdecimal() else plain.replace("zeile ", "row ")
    found = [n for n, one in enumerate(records) if one.source is not None and _place(one) == wanted]
    if len(found) == 1:
        return found[0]
    what = (
        text("No row {row} was read from it.", row=row)
        if not found
        else text("Several rows are called {row}.", row=row)
    )
    raise OddChange(what, text("Its rows stand on the page of the exhibit, each with its place."))


def _place(record: Record) -> str:
    source = record.source
    assert source is not None
    return f"{source.member} {source.place}".strip().casefold()


def with_values(record: Record, change: str, zone: ZoneInfo) -> Record | None:
    """A record with values changed, None where it is withdrawn; raises OddChange."""
    if change.strip().casefold() in WITHDRAWING:
        return None
    hints, values = get_type_hints(type(record)), dict[str, Any]()
    names = [name for name in type(record).__struct_fields__ if name != "source"]
    for part in change.split(";"):
        name, equals, raw = (piece.strip() for piece in part.partition("="))
        if not equals or name not in names:
            raise OddChange(
                text("'{part}' names no value of this row.", part=part.strip()),
                text(
                    "Write 'withdrawn', or values such as {names}.",
                    names="; ".join(f"{n}=..." for n in names),
                ),
            )
        values[name] = _value(record, name, hints[name], raw, zone)
    return _formed(replace(record, **values), zone)


def _formed(record: Record, zone: ZoneInfo) -> Record:
    """The record with the values whose form hangs on another value in that form; raises OddChange where one has not."""
    for field in kind_of(record).fields:
        if field.form_of is None or (form := field.form_of(_named(record))) is None:
            continue
        raw = getattr(record, field.name)
        found = canonical.canonical(form, raw, zone)
        if found is None:
            raise OddChange(text("'{raw}' is no value for {name}.", raw=raw, name=field.name), form.how)
        record = replace(record, **{field.name: found})
    return record


def _named(record: Record) -> dict[str, str]:
    return {name: str(getattr(record, name)) for name in type(record).__struct_fields__}


def _value(record: Record, name: str, hint: Any, raw: str, zone: ZoneInfo) -> Any:
    """A value in the type of its field."""
    field = next((f for f in kind_of(record).fields if f.name == name), None)
    found: Any = raw
    if field is not None and field.answers is not None:
        found = canonical.chosen(field.answers, raw)
    elif hint is Money:
        found = numbers.amount(raw)
    elif hint is datetime:
        found = numbers.moment(raw, "", zone)
    elif hint is date:
        found = numbers.day(raw)
    elif hint is int:
        found = int(raw) if raw.isdecimal() else None
    elif hint is Decimal:
        found = shares.share(raw)
    elif hint is bool:
        found = {"ja": True, "yes": True, "nein": False, "no": False}.get(raw.casefold())
    elif isinstance(hint, type) and issubclass(hint, Enum):
        found = next((one for one in hint if str(one.value) == raw.casefold()), None)
    elif hint is not str:
        found = None
    if found is None:
        raise OddChange(
            text("'{raw}' is no value for {name}.", raw=raw, name=name),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    return found


def _change_finding(change: RowChange, before: Record) -> Finding:
    said = text(
        "A person changed {row}: {change}. Why: {why}", row=change.row, change=change.change, why=change.why
    )
    return Finding("row-changed", said, None, Weight.NOTE, before.source)
