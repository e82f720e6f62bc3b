"""Receipts on paper: what every room needs to know of them."""

from __future__ import annotations

from heller.model.paper import Paper
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Paper) -> tuple[object, ...]:
    said = (record.said(name) for name in ("number", "date", "seller", "gross", "currency"))
    return tuple(value for value in said if value)


KIND = RecordKind(Paper, text("Receipts on paper"), None, _line, NOBODY, alone=True)
