"""Acceptance tests: what every room needs to know of them."""

from __future__ import annotations

from heller.model.acceptance import Verdict
from heller.model.record import Acceptance
from heller.model.record_kind import RecordKind
from heller.model.text import Text, text

VERDICTS: dict[Verdict, Text] = {
    Verdict.ACCEPTED: text("accepted"),
    Verdict.REJECTED: text("rejected: the line does not work"),
    Verdict.OPEN: text("not accepted: points are open"),
}


def _line(record: Acceptance) -> tuple[object, ...]:
    return (
        record.started,
        VERDICTS[record.verdict],
        record.said.what if record.said else "",
    )


def _persons(record: Acceptance) -> tuple[str, ...]:
    return (record.said.who,) if record.said else ()


KIND = RecordKind(Acceptance, text("Acceptance tests"), "notes", _line, _persons)
