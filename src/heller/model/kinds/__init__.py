"""One file per kind of record: its noun and its KIND. Put a file here and it is found."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from heller.model.record_kind import RecordKind


@cache
def kinds() -> dict[type[Any], RecordKind]:
    """Every kind by its noun, in the order of the files."""
    names = sorted(module.name for module in iter_modules(__path__))
    found: list[RecordKind] = [import_module(f"{__name__}.{name}").KIND for name in names]
    return {kind.of: kind for kind in found}


def kind_of(record: object) -> RecordKind:
    """What is known of a record's kind; raises LookupError for one that no file describes."""
    if (kind := kinds().get(type(record))) is None:
        raise LookupError(f"no file in heller.model.kinds describes {type(record).__name__}")
    return kind
