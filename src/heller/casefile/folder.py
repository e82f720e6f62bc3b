"""Reads a case folder: entries, originals, the folded case, and the claim on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from heller import pipeline
from heller.casefile import watching
from heller.casefile.fold import digests, fold
from heller.casefile.watching import doubts, samples
from heller.intake import from_disk
from heller.intake.paper import ocr
from heller.intake.readers import segment
from heller.journal import store
from heller.journal.brackets import NOTHING_PROVEN, Proofs
from heller.journal.checking.check import Checked
from heller.journal.checking.originals import segments
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.finding import Finding, Weight
from heller.model.paper import Decided
from heller.model.record import Blob, Reading
from heller.model.text import text

# Readings and claims follow from the journal alone, so they are kept by digest and by head.
_readings: dict[tuple[str, str, str], Reading] = {}  # file, zone, its write-ahead log
_claims: dict[tuple[str, date, frozenset[str]], Claim] = {}
SEALING = ("dossier", "closed", "stamp", "renewal", "anchor")  # entries that change nothing of the case
SHELF = Path("derived") / "ocr"  # what was recognised on pictures; may be deleted
KEPT = 8  # claims kept in memory


def entries(folder: Path) -> Checked:
    """The journal, checked."""
    return store.load(folder)


def original(folder: Path, digest: str) -> bytes:
    """An original exactly as received, checked against its digest."""
    return store.get_object(folder, digest)


def load(
    folder: Path, progress: Callable[[str], None] = lambda name: None, left: frozenset[str] = frozenset()
) -> Case:
    """The case as its journal leaves it; originals that are `left` out of a bundle are not read."""
    checked = without_seals(store.load(folder))
    with ocr.shelf(folder / SHELF):
        return case_of(
            checked,
            lambda digest: store.get_object(folder, digest),
            lambda name, digest: watching.segment_of(folder, name, digest),
            progress,
            left,
            proofs=proofs_in(folder, checked),
        )


def proofs_in(folder: Path, checked: Checked) -> Proofs:
    """What third parties prove of a journal, from the files that lie in the case."""
    if not any(entry.kind in ("stamp", "beacon") for entry in checked.entries):
        return NOTHING_PROVEN
    from heller.casefile.stamping import settings
    from heller.journal.checking.proofs import proofs

    answers = {f"data/anchors/{path.name}": path.read_bytes() for path in (folder / "anchors").glob("*.tsr")}
    return proofs(checked, answers, settings.trust_of(folder))


def without_seals(checked: Checked) -> Checked:
    """The journal without what was only sealed since: dossiers at its end, and stamps after them.

    So a dossier that is made twice says the same, and is the same bytes.
    """
    kinds = [entry.kind for entry in checked.entries]
    after = max((n for n, kind in enumerate(kinds, 1) if kind not in SEALING), default=0)
    cut = next((n for n in range(after, len(kinds)) if kinds[n] in ("dossier", "closed")), len(kinds))
    return replace(checked, entries=checked.entries[:cut], lines=checked.lines[:cut])


def case_of(
    checked: Checked,
    get: Callable[[str], bytes],
    sealed: Callable[[str, str], Path | bytes],
    progress: Callable[[str], None] = lambda name: None,
    left: Collection[str] = (),
    shut: Mapping[str, Reading] = MappingProxyType({}),
    proofs: Proofs = NOTHING_PROVEN,
) -> Case:
    """The fold over a checked journal, originals fetched by `get`, segments of samples by `sealed` (name,
    digest); originals `left` out say nothing, what closed ones say is `shut`."""
    empty = fold(checked.entries, {})
    named = digests(checked.entries)
    logs = from_disk.logs_among((d, name) for d, name in named.items() if d not in left and d not in shut)
    keys = {d: (d, empty.zone, logs.get(d, "")) for d in named}
    missing = [d for d in named if d not in left and d not in shut and keys[d] not in _readings]
    blobs = (_with_log(Blob(named[d], get(d), d), named, logs, get) for d in missing)
    for digest, reading in pipeline.read(blobs, empty.tz, progress).items():
        _readings[keys[digest]] = reading
    read = {d: _readings[keys[d]] for d in named if d not in left and d not in shut}
    readings = {d: _left_out(name) if d in left else shut.get(d) or read[d] for d, name in named.items()}
    decided = pipeline.settle(readings, empty.records(Decided))
    case = fold(checked.entries, pipeline.corroborate(decided), proofs)
    named_by_entry = segments(checked.entries)
    own = [samples(sealed(name, digest), name, digest) for name, digest in named_by_entry.items()]
    brought = [
        samples(get(e.digest), e.name, e.digest)
        for e in case.exhibits
        if e.reading.records and e.reading.reader == segment.NAME and e.digest not in named_by_entry.values()
    ]
    told = doubts(checked.entries, [head for head, _ in (*own, *brought)])
    return replace(case, samples=(*own, *brought), findings=(*case.findings, *told))


def read_before(digest: str, zone: str) -> Reading:
    """What an original says, before anybody decided about it; it was read when its case was."""
    return next(reading for (d, z, _), reading in _readings.items() if (d, z) == (digest, zone))


def _with_log(
    blob: Blob, named: Mapping[str, str], logs: Mapping[str, str], get: Callable[[str], bytes]
) -> Blob:
    """A database with its write-ahead log, any other file as it is."""
    log = logs.get(blob.digest)
    return replace(blob, beside=Blob(named[log], get(log), log)) if log else blob


def _left_out(name: str) -> Reading:
    """What an original that is not in the bundle says: nothing."""
    said = text("{name} is not in the bundle; only its digest is.", name=name)
    return Reading("none", name, findings=(Finding("exhibit-left-out", said, weight=Weight.NOTE),))


def claim(
    folder: Path,
    as_of: date,
    progress: Callable[[str], None] = lambda name: None,
    left: frozenset[str] = frozenset(),
) -> Claim:
    """What is owed on a day; kept in memory until the journal grows."""
    case = load(folder, progress, left)
    key = (case.head, as_of, left)
    if key not in _claims:
        while len(_claims) >= KEPT:
            _claims.pop(next(iter(_claims)))
        _claims[key] = pipeline.claim(case, as_of)
    return _claims[key]


def supposing(
    folder: Path, as_of: date, facts: Mapping[str, str], progress: Callable[[str], None] = lambda name: None
) -> Claim:
    """What would be owed if some facts were stated too, in canonical form; nothing is written or kept."""
    if not facts:
        return claim(folder, as_of, progress)
    return pipeline.claim(pipeline.suppose(load(folder, progress), facts), as_of)
