"""A case from a checked journal and what its originals say: folded, settled, corroborated, with its samples.

It opens no case folder: originals, readings and segments are handed in, from a folder or from a bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from heller import pipeline
from heller.casefile.derived.originals import Read, originals
from heller.casefile.derived.stated_reading import weakened
from heller.casefile.fold import digests, fold, number_of, unread
from heller.casefile.lost import lost_originals
from heller.casefile.watching import doubts, samples
from heller.casefile.zone_doubt import zone_doubts
from heller.intake.readers import segment
from heller.journal.brackets import NOTHING_PROVEN, Proofs
from heller.journal.checking.check import Checked
from heller.journal.checking.originals import segments
from heller.model.case import Case
from heller.model.finding import Finding, Weight
from heller.model.kinds.decided import Decided
from heller.model.kinds.row_change import RowChange
from heller.model.record import Reading
from heller.model.text import text


def case_of(
    checked: Checked,
    get: Callable[[str], bytes],
    sealed: Callable[[str, str], Path | bytes],
    read: Read,
    left: Collection[str] = (),
    shut: Mapping[str, Reading] = MappingProxyType({}),
    proofs: Proofs = NOTHING_PROVEN,
) -> Case:
    """The fold over a checked journal, originals fetched by `get` and read by `read`, segments of samples fetched
    by `sealed` (name, digest); originals `left` out say nothing, what closed ones say is `shut`;
    `proofs` of third parties bound when entries were written."""
    named, by_people = digests(checked.entries), fold(checked.entries, {})
    lost = lost_originals(checked.entries, by_people)
    apart = {*left, *shut, *lost}
    there = {d: name for d, name in named.items() if d not in apart}
    said = read(originals(there, unread(checked.entries)))
    known = {**{d: _left_out(named[d]) for d in left if d in named}, **lost, **shut, **said}
    readings = pipeline.settle({digest: known[digest] for digest in named}, by_people.records(Decided))
    rows = {
        e.digest: [c for c in by_people.records(RowChange) if number_of(c.exhibit) == e.number]
        for e in by_people.exhibits
    }
    settled = pipeline.corroborate(pipeline.correct_rows(readings, rows, by_people.tz))
    case = fold(checked.entries, {**settled, **{d: weakened(settled[d]) for d in lost}}, proofs)
    named_by_entry = segments(checked.entries)
    own = [samples(sealed(name, digest), name, digest) for name, digest in named_by_entry.items()]
    brought = [
        samples(get(e.digest), e.name, e.digest)
        for e in case.exhibits
        if e.reading.records and e.reading.reader == segment.NAME and e.digest not in named_by_entry.values()
    ]
    told = doubts(checked.entries, [head for head, _ in (*own, *brought)])
    return replace(case, samples=(*own, *brought), findings=(*case.findings, *told, *zone_doubts(case)))


def _left_out(name: str) -> Reading:
    """What an original that is not in the bundle says: nothing."""
    said = text("{name} is not in the bundle; only its digest is.", name=name)
    return Reading("none", name, findings=(Finding("exhibit-left-out", said, weight=Weight.NOTE),))
