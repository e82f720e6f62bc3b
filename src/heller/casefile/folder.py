"""Reads a case folder: entries, originals, the folded case, and the claim on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from heller import pipeline
from heller.casefile.fold import digests, fold
from heller.intake.paper import ocr
from heller.journal import store
from heller.journal.check import Checked
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.paper import Decided
from heller.model.record import Blob, Reading

# Readings and claims follow from the journal alone, so they are kept by digest and by head.
_readings: dict[tuple[str, str], Reading] = {}
_claims: dict[tuple[str, date], Claim] = {}
SHELF = Path("derived") / "ocr"  # what was recognised on pictures; may be deleted
KEPT = 8  # claims kept in memory


def entries(folder: Path) -> Checked:
    """The journal, checked."""
    return store.load(folder)


def original(folder: Path, digest: str) -> bytes:
    """An original exactly as received, checked against its digest."""
    return store.get_object(folder, digest)


def load(folder: Path, progress: Callable[[str], None] = lambda name: None) -> Case:
    """The case as its journal leaves it."""
    checked = store.load(folder)
    with ocr.shelf(folder / SHELF):
        return case_of(checked, lambda digest: store.get_object(folder, digest), progress)


def case_of(
    checked: Checked, get: Callable[[str], bytes], progress: Callable[[str], None] = lambda name: None
) -> Case:
    """The fold over a checked journal, originals fetched by `get`."""
    empty = fold(checked.entries, {})
    named = digests(checked.entries)
    missing = {digest: name for digest, name in named.items() if (digest, empty.zone) not in _readings}
    blobs = (Blob(name, get(digest), digest) for digest, name in missing.items())
    for digest, reading in pipeline.read(blobs, empty.tz, progress).items():
        _readings[digest, empty.zone] = reading
    readings = {digest: _readings[digest, empty.zone] for digest in named}
    decided = pipeline.settled(readings, empty.records(Decided))
    return fold(checked.entries, pipeline.corroborate(decided))


def claim(folder: Path, as_of: date, progress: Callable[[str], None] = lambda name: None) -> Claim:
    """What is owed on a day; kept in memory until the journal grows."""
    case = load(folder, progress)
    key = (case.head, as_of)
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
