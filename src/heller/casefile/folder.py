"""Reads a case folder: entries, originals, the folded case, and the claim on a day.

What was read and worked out before is taken from what is kept (`derived`), so the rooms that read and work out
are imported only where they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.casefile.counting import NOTED
from heller.casefile.derived.claims import Claims
from heller.casefile.derived.originals import originals
from heller.casefile.derived.premises import premises_of
from heller.casefile.derived.readings import Readings
from heller.casefile.fold import ZONE, digests, exhibit_numbers, fold, zone_of
from heller.casefile.formats import UnknownRecord, record_of
from heller.casefile.lost import lost_originals
from heller.journal import store
from heller.journal.brackets import NOTHING_PROVEN, Proofs
from heller.journal.checking.check import Checked
from heller.journal.entry import Entry
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.errors import HellerError, OriginalMissing
from heller.model.record import Reading, Record
from heller.model.text import text
from heller.model.worked_out import WorkedOut

SEALING = ("dossier", "closed", "stamp", "renewal", "anchor")  # entries that change nothing of the case
Told = Callable[[str], None]  # is told the name of each file that is read


def _nobody(name: str) -> None:
    """For whom no progress is shown."""


def entries(folder: Path) -> Checked:
    """The journal, checked."""
    return store.load(folder)


def written(folder: Path, entry: int) -> Record | None:
    """The record that an entry holds; None where it holds none that this version knows."""
    entries = store.load(folder).entries
    body = entries[entry].body if 0 <= entry < len(entries) and entries[entry].kind in NOTED else None
    try:
        return record_of(body) if body else None
    except UnknownRecord:
        return None


def original(folder: Path, digest: str) -> bytes:
    """An original exactly as received, checked against its digest."""
    return store.get_object(folder, digest)


def cases_in(folder: Path) -> tuple[Path, ...]:
    """The case folders that lie in a folder, by name; none where it is a case itself or does not exist."""
    if (folder / store.JOURNAL).exists() or not folder.is_dir():
        return ()
    return tuple(sorted(path.parent for path in folder.glob(f"*/{store.JOURNAL}")))


def zone(folder: Path) -> ZoneInfo:
    """The zone of the site, which the first entry states; the case is not loaded."""
    return ZoneInfo(zone_of(store.load(folder).entries))


def today(folder: Path) -> date:
    """The day that it is now at the site; where no case says where that is, the day here."""
    try:
        return datetime.now(zone(folder)).date()
    except HellerError:
        return date.today()


def without_seals(checked: Checked) -> Checked:
    """The journal without what was only sealed since: dossiers at its end, and stamps after them.

    So a dossier that is made twice says the same, and is the same bytes.
    """
    kinds = [entry.kind for entry in checked.entries]
    after = max((n for n, kind in enumerate(kinds, 1) if kind not in SEALING), default=0)
    cut = next((n for n in range(after, len(kinds)) if kinds[n] in ("dossier", "closed")), len(kinds))
    return replace(checked, entries=checked.entries[:cut], lines=checked.lines[:cut])


def readings(folder: Path, entries: Sequence[Entry], progress: Told = _nobody) -> Readings:
    """What the originals of a case say, as it is kept."""
    return Readings(folder, premises_of(entries), fetching(folder, entries), progress)


def reading_of(folder: Path, digest: str) -> Reading:
    """What the original of an exhibit says as it was read, before anybody decided anything of it."""
    entries = store.load(folder).entries
    wanted = [one for one in originals(digests(entries)) if one.digest == digest]
    return readings(folder, entries)(wanted)[digest]


def fetching(folder: Path, entries: Sequence[Entry]) -> Callable[[str], bytes]:
    """Fetches originals by digest; one that is missing or changed is named by its exhibit and file."""

    def get(digest: str) -> bytes:
        try:
            return store.get_object(folder, digest)
        except OriginalMissing as error:
            raise _missing_original(folder, entries, digest) or error from error

    return get


def _missing_original(folder: Path, entries: Sequence[Entry], digest: str) -> OriginalMissing | None:
    """The error for an original of an exhibit; None where no exhibit holds it."""
    numbers = exhibit_numbers(entries)
    found = next((e for e in entries if e.seq in numbers and (e.body or {}).get("digest") == digest), None)
    if found is None or found.body is None:
        return None
    said = {"n": numbers[found.seq], "name": found.body["name"]}
    path, size = store.object_path(folder, digest), found.body["size"]
    there = path.stat().st_size if path.is_file() else None
    if there is None:
        what = text("The file of exhibit K {n} ({name}) is missing.", **said)
    elif there < size:
        what = text(
            "The file of exhibit K {n} ({name}) is not whole: {there} of {size} bytes. Its copy may not be finished.",
            there=there,
            size=size,
            **said,
        )
    else:
        what = text("The file of exhibit K {n} ({name}) has other bytes than were taken in.", **said)
    return store.lacking(what, folder)


def load(folder: Path, progress: Told = _nobody, left: frozenset[str] = frozenset()) -> Case:
    """The case as its journal leaves it; originals that are `left` out of a bundle are not read."""
    checked = without_seals(store.load(folder))
    _require_originals(folder, checked)
    return _case(folder, checked, progress, left)


def _case(folder: Path, checked: Checked, progress: Told, left: frozenset[str] = frozenset()) -> Case:
    from heller.casefile import watching
    from heller.casefile.assembled import case_of

    return case_of(
        checked,
        fetching(folder, checked.entries),
        lambda name, digest: watching.segment_of(folder, name, digest),
        readings(folder, checked.entries, progress),
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


def _require_originals(folder: Path, checked: Checked) -> None:
    """Raises OriginalMissing where an original is missing or of another size: it is read only once."""
    lost = lost_originals(checked.entries, fold(checked.entries, {}))
    for entry in checked.entries:
        if entry.kind == "exhibit" and entry.body is not None and entry.body["digest"] not in lost:
            path = store.object_path(folder, entry.body["digest"])
            if not path.is_file() or path.stat().st_size != entry.body["size"]:
                fetching(folder, checked.entries)(entry.body["digest"])


def worked_out(folder: Path, progress: Told = _nobody) -> WorkedOut:
    """What follows from the case whatever the day; kept until the journal grows."""
    checked = without_seals(store.load(folder))
    _require_originals(folder, checked)
    return _worked_out(folder, checked, progress, _claims_of(folder, checked))


def claim(folder: Path, as_of: date, progress: Told = _nobody, left: frozenset[str] = frozenset()) -> Claim:
    """What is owed on a day; kept until the journal grows. With originals `left` out it is worked out anew."""
    if left:
        from heller import pipeline

        return pipeline.claim(load(folder, progress, left), as_of)
    return _claim(folder, without_seals(store.load(folder)), as_of, progress)


def _claim(folder: Path, checked: Checked, as_of: date, progress: Told) -> Claim:
    _require_originals(folder, checked)
    kept = _claims_of(folder, checked)
    if claimed := kept.claim(as_of):
        return claimed
    from heller import pipeline

    known = _worked_out(folder, checked, progress, kept)
    if pipeline.is_whole(known, as_of):
        return kept.keep_claim(pipeline.owed(known, as_of))
    return kept.keep_cut_claim(pipeline.claim(_case(folder, checked, progress), as_of))


def claim_before(folder: Path, entry: int, as_of: date, progress: Told = _nobody) -> Claim:
    """What was owed on a day before an entry was written; kept as every claim is."""
    checked = store.load(folder)
    cut = replace(checked, entries=checked.entries[:entry], lines=checked.lines[:entry])
    return _claim(folder, without_seals(cut), as_of, progress)


def claim_in_zone(folder: Path, zone: str, as_of: date) -> Claim:
    """What would be owed if one more entry corrected the zone; nothing is written or kept."""
    from heller import pipeline

    checked = without_seals(store.load(folder))
    moved = replace(checked.entries[-1], seq=len(checked.entries), kind=ZONE, body={"zone": zone})
    return pipeline.claim(_case(folder, replace(checked, entries=(*checked.entries, moved)), _nobody), as_of)


def _worked_out(folder: Path, checked: Checked, progress: Told, kept: Claims) -> WorkedOut:
    if found := kept.worked_out():
        return found
    from heller import pipeline

    return kept.keep_worked_out(pipeline.work_out(_case(folder, checked, progress)))


def _claims_of(folder: Path, checked: Checked) -> Claims:
    return Claims(folder, checked.head, readings(folder, checked.entries))


def supposing(folder: Path, as_of: date, facts: Mapping[str, str], progress: Told = _nobody) -> Claim:
    """What would be owed if some facts were stated too, in canonical form; nothing is written or kept."""
    if not facts:
        return claim(folder, as_of, progress)
    from heller import pipeline

    return pipeline.claim(pipeline.suppose(load(folder, progress), facts), as_of)
