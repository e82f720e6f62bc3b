"""One file per kind of record: its noun and its KIND. Put a file here and it is found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from heller.model.record_field import RecordField
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.scan import modules


@cache
def kinds() -> dict[type[Any], RecordKind]:
    """Every kind by its noun, in the order of the files."""
    found: list[RecordKind] = [module.KIND for module in modules(__name__)]
    return {kind.of: kind for kind in found}


def kind_of(record: object) -> RecordKind:
    """What is known of a record's kind; raises LookupError for one that no file describes."""
    if (kind := kinds().get(type(record))) is None:
        raise LookupError(f"no file in heller.model.kinds describes {type(record).__name__}")
    return kind


def fields_of(record: object) -> Iterator[tuple[RecordField, Any]]:
    """What a record says, field by field; of one that wraps another what that one says. LookupError as above."""
    for field in kind_of(record).fields:
        found = field.of(record)
        if isinstance(found, RecordNoun):
            yield from fields_of(found)
        else:
            yield field, found
