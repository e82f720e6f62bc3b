"""Policies: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record_kind import NOBODY, RecordKind
from heller.model.terms import POLICIES, Policy
from heller.model.text import text


def _line(record: Policy) -> tuple[object, ...]:
    return (
        POLICIES[record.kind],
        record.insurer,
    )


KIND = RecordKind(Policy, text("Policies"), "policies", _line, NOBODY)
