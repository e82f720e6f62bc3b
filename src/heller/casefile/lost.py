"""Originals that are lost for good: what is stated of them stands in the place of what they say."""

from __future__ import annotations

from collections.abc import Sequence

from heller.casefile.derived.stated_reading import stated
from heller.casefile.fold import number_of
from heller.journal.entry import Entry
from heller.model.case import Case
from heller.model.kinds.lost_original import LostOriginal
from heller.model.record import Reading

LOST = "lost"  # the reader of what is stated of them


def lost_originals(entries: Sequence[Entry], case: Case) -> dict[str, Reading]:
    """What is stated of originals that are lost, by digest; the same file handed in again ends it."""
    exhibits, found = {e.number: e for e in case.exhibits}, {}
    for record, entry in zip(case.noted, case.noted_in, strict=True):
        if not isinstance(record, LostOriginal):
            continue
        exhibit = exhibits.get(number_of(record.exhibit))
        if exhibit is not None and not _came_back(entries, entry, exhibit.digest):
            found[exhibit.digest] = stated(record.says, exhibit.name)
    return found


def _came_back(entries: Sequence[Entry], since: int, digest: str) -> bool:
    later = (e.body for e in entries[since:] if e.kind == "double" and e.body is not None)
    return any(body.get("digest") == digest for body in later)
