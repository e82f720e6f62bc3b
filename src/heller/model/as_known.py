"""A case as it was known at the end of a day: nothing in it is of a later day, where more came in since.

What of a record was there says its kind. An exhibit of which nothing is left is not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.model.case import Case, Exhibit
from heller.model.kinds import kinds
from heller.model.record import Record
from heller.model.sample import SampleHeader

if TYPE_CHECKING:
    from polars import LazyFrame

MICRO = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_known(case: Case, last: date) -> Case:
    """The case as a case that ends on a day; the very same where nothing in it is later."""
    if last == date.max or _ended_by(case, last):
        return case
    end = datetime.combine(last + timedelta(1), time(), case.tz).astimezone(UTC)
    exhibits = tuple(_exhibits(case.exhibits, end, last))
    noted = list(_records_by_hand(case, end, last))
    samples = tuple(_samples(case.samples, end))
    same = (
        len(exhibits) == len(case.exhibits)
        and all(one is other for one, other in zip(exhibits, case.exhibits, strict=True))
        and len(noted) == len(case.noted)
        and all(record is other for (record, _), other in zip(noted, case.noted, strict=True))
        and samples == case.samples
    )
    if same:
        return case
    return replace(
        case,
        exhibits=exhibits,
        noted=tuple(record for record, _ in noted),
        noted_in=tuple(entry for _, entry in noted if entry is not None),
        samples=samples,
    )


def _ended_by(case: Case, last: date) -> bool:
    """Whether the journal took in nothing after a day. Then nobody looks back, and a paper that bears a later day, as
    one that was misread, is there to be asked about like any other."""
    if not case.brackets:
        return False
    walls = (case.brackets[entry].wall for entry in case.noted_in if 0 <= entry < len(case.brackets))
    written = [one.taken_in for one in case.exhibits] + [wall for wall in walls if wall is not None]
    return bool(written) and max(written).astimezone(case.tz).date() <= last


def _left(records: Iterable[Record], end: datetime, last: date) -> Iterator[Record]:
    of = kinds()
    for record in records:
        found = of[type(record)].before(record, end, last)
        if found is not None:
            yield found


def _exhibits(exhibits: Iterable[Exhibit], end: datetime, last: date) -> Iterator[Exhibit]:
    for exhibit in exhibits:
        records = exhibit.reading.records
        kept = tuple(_left(records, end, last))
        if len(kept) == len(records) and all(one is other for one, other in zip(kept, records, strict=True)):
            yield exhibit
        elif kept:
            yield replace(exhibit, reading=replace(exhibit.reading, records=kept))


def _records_by_hand(case: Case, end: datetime, last: date) -> Iterator[tuple[Record, int | None]]:
    """The records that were written by hand, each with its entry as far as one holds it."""
    for n, record in enumerate(case.noted):
        for kept in _left((record,), end, last):
            yield kept, case.noted_in[n] if n < len(case.noted_in) else None


def _samples(
    samples: Iterable[tuple[SampleHeader, LazyFrame]], end: datetime
) -> Iterator[tuple[SampleHeader, LazyFrame]]:
    """What a watch measured before an instant, and the spans in which it ran until then."""
    limit = (end - EPOCH) // MICRO
    for header, frame in samples:
        if all(last <= limit for _, last in header.watched):
            yield header, frame
            continue
        watched = tuple((first, min(last, limit)) for first, last in header.watched if first < limit)
        if watched:
            from polars import col

            yield replace(header, watched=watched), frame.filter(col("at") < limit)
