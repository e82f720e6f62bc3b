"""The changes of a case from its entries, for the other side to see: what, when, why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from heller.casefile.counting import NOTED, RESTORED, WITHDRAWN
from heller.casefile.formats import UnknownRecord, record_of
from heller.journal.entry import Entry
from heller.journal.erasure import HANDED
from heller.journal.joined import ELSEWHERE, JOINED
from heller.model.case_change import CaseChange, ChangeKind
from heller.model.kinds import kind_of
from heller.model.kinds.lost_original import LostOriginal
from heller.model.kinds.row_change import RowChange
from heller.model.text import Text, text

LENT = "lent"  # the kind of entry that says that a copy for additions was handed over


def changes_of(entries: Sequence[Entry], numbers: dict[int, int]) -> tuple[CaseChange, ...]:
    """Every change in the order of the journal; `numbers` are those of the exhibits by entry."""
    return tuple(
        change for entry in entries if entry.body for change in _changes(entry, entry.body, entries, numbers)
    )


def _changes(
    entry: Entry, body: dict[str, Any], entries: Sequence[Entry], numbers: dict[int, int]
) -> Iterator[CaseChange]:
    at = datetime.fromisoformat(entry.wall)
    why = str(body.get("why", ""))
    for kind, key, change in (
        (WITHDRAWN, "corrects", ChangeKind.WITHDRAWN),
        (RESTORED, "restores", ChangeKind.RESTORED),
        ("erased", "entry", ChangeKind.ERASED),
    ):
        if entry.kind == kind and type(about := body.get(key)) is int:
            yield CaseChange(
                entry.seq, at, change, _about(about, entries, numbers), why, numbers.get(about, 0)
            )
    if entry.kind == HANDED:
        said = text("Dossier no. {n} of {day}", n=str(body.get("number", "")), day=str(body.get("as_of", "")))
        yield CaseChange(entry.seq, at, ChangeKind.HANDED, said, str(body.get("to", "")))
    if entry.kind == JOINED:
        count = sum((e.body or {}).get(ELSEWHERE, {}).get("joined") == entry.seq for e in entries)
        said = text("{n} entries written in another copy", "One entry written in another copy", n=count)
        yield CaseChange(entry.seq, at, ChangeKind.JOINED, said, str(body.get("by", "")))
    if entry.kind in NOTED:
        if type(before := body.get("replaces")) is int:
            yield CaseChange(entry.seq, at, ChangeKind.REPLACED, _about(before, entries, numbers))
        yield from _changes_by_note(entry, body, at)


def _changes_by_note(entry: Entry, body: dict[str, Any], at: datetime) -> Iterator[CaseChange]:
    try:
        record = record_of(body)
    except UnknownRecord:
        return
    if isinstance(record, RowChange):
        said = text(
            "{exhibit}, {row}: {change}", exhibit=record.exhibit, row=record.row, change=record.change
        )
        yield CaseChange(entry.seq, at, ChangeKind.ROW, said, record.why)
    if isinstance(record, LostOriginal):
        yield CaseChange(
            entry.seq, at, ChangeKind.LOST, text("Exhibit {name}", name=record.exhibit), record.why
        )


def _about(number: int, entries: Sequence[Entry], numbers: dict[int, int]) -> Text:
    """What an entry is, without what it says."""
    entry = entries[number] if 0 <= number < len(entries) else None
    if number in numbers:
        return text("Exhibit K {n}", n=numbers[number])
    if entry is not None and entry.kind in NOTED and entry.body is not None:
        try:
            return text("{kind}, entry {n}", kind=kind_of(record_of(entry.body)).name, n=number)
        except UnknownRecord:
            pass
    return text("Entry {n}", n=number)
