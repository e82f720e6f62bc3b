"""What closed originals say: the records with marks, compared, stated and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller.casefile.derived.premises import Premises
from heller.casefile.derived.reading_anew import anew
from heller.intake.personal import KnownValues
from heller.journal.closed_fields import ClosedEntry, as_shown
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading, Record
from heller.model.text import Text, text


def with_marks(value: Any, known: KnownValues) -> Any:
    """The same value with the mark of each name in every text of it."""
    if isinstance(value, str):
        return known.marked(value)
    if isinstance(value, Struct):
        names = value.__struct_fields__
        return replace(value, **{name: with_marks(getattr(value, name), known) for name in names})
    if isinstance(value, tuple):
        return tuple(with_marks(item, known) for item in value)
    if isinstance(value, dict):
        return {key: with_marks(item, known) for key, item in value.items()}
    return value


def bare(value: Any) -> Any:
    """A value without the raw characters of places, to compare what was read."""
    if isinstance(value, Locator):
        return (value.place, value.member)
    if isinstance(value, Struct):
        names = value.__struct_fields__
        return (type(value).__name__, *(bare(getattr(value, name)) for name in names))
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    return value


def said_records(said: str) -> tuple[Record, ...]:
    """The records of an original that is closed as a whole; raises msgspec.DecodeError."""
    return msgspec.json.decode(said, type=tuple[Record, ...])


def readings_of(
    shown: Iterable[ClosedEntry], premises: Premises, get: Callable[[str], bytes]
) -> dict[str, Reading]:
    """What closed originals say, by the digest that each goes by: read again from what is shown, or as stated.
    `shown` are exhibits; one of which only the name is closed is read as any other."""
    found = {}
    for one in shown:
        if not isinstance(one.body["digest"], dict):
            continue
        body = as_shown(one.body)
        name, digest = str(body["name"]), str(body["digest"])
        if one.original and one.encoding:
            read = anew(Blob(name, get(digest), digest), premises.zone, premises.layouts)
            said = text("Fields of it are redacted; what is open was read.")
            found[digest] = replace(read, findings=(_note("exhibit-closed", said),), rows_rejected=0)
        elif one.original:
            said = text("Its pages are shown blackened; what was read from what is open is stated.")
            records = said_records(one.says)
            found[digest] = Reading("blackened", name, records, (_note("exhibit-blackened", said),))
        else:
            said = text("It is redacted as a whole; what was read from it is only stated.")
            records = said_records(one.says) if one.says else ()
            found[digest] = Reading("closed", name, records, (_note("exhibit-closed-whole", said),))
    return found


def _note(code: str, said: Text) -> Finding:
    return Finding(code, said, weight=Weight.NOTE)
