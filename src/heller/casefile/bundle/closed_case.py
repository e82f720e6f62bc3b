"""The case as a closed bundle shows it: made when a bundle is closed, and made again when one is verified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller import pipeline
from heller.casefile import folder as casefolder
from heller.casefile import watching
from heller.casefile.assembled import case_of
from heller.casefile.bundle import extract
from heller.casefile.bundle.close import Closer, Source
from heller.casefile.bundle.closed_reading import readings_of
from heller.casefile.bundle.scope import locators
from heller.casefile.derived.originals import Read, originals
from heller.casefile.derived.premises import premises_of
from heller.casefile.derived.readings import Readings
from heller.casefile.fold import digests, unread
from heller.journal import store
from heller.journal.brackets import NOTHING_PROVEN, Proofs
from heller.journal.checking.check import Checked, split_lines
from heller.journal.closed_fields import ClosedEntry, fields_of, with_shown, write_closed
from heller.journal.entry import Entry, read_body
from heller.model.amount import ProofGrade
from heller.model.claim import Claim
from heller.model.closing import FIELDS, Closing, StatedSums
from heller.model.errors import InputRefused
from heller.model.kinds.bank_entry import BankEntry
from heller.model.record import Blob
from heller.model.text import text

AFTER = ("dossier", "anchor", "stamp", "renewal")  # what may follow where the list still fits


class Closed(Struct, frozen=True):
    """What a closed bundle holds beside what every bundle holds, and what it lacks.

    `data` is the list of closed entries, `given` the sums that are only stated, `entry` what the journal says of the
    list (None: it says so already), `objects` the originals with marks by digest, `hidden` the digests of those that
    stay with the firm.
    """

    data: bytes
    shown: tuple[ClosedEntry, ...]
    entry: dict[str, Any] | None
    objects: Mapping[str, bytes]
    hidden: frozenset[str]
    claim: Claim
    given: tuple[StatedSums, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 by which the journal names the list."""
        return sha256(self.data).hexdigest()


def close(
    folder: Path, open_: Claim, as_of: date, kinds: Collection[str], left: frozenset[str]
) -> Closed | None:
    """Close fields of a case: the kinds that are asked for, what is for the firm alone, bookings on which nothing
    rests; None where there is nothing of it. Raises InputRefused where the claim would come to other sums; where that
    is for want of a booking, all bookings stay open."""
    entries, cited = store.load(folder).entries, frozenset(_cited(open_, left))
    always = _always(entries, open_, left, cited)
    if not kinds and not always:
        return None
    made: list[Closed | None] = []
    for some in dict.fromkeys((always, always - {extract.BOOKINGS})):
        if kinds or some:
            made.append(_closed(folder, open_, as_of, {*kinds, *some}, left, cited))
            if made[-1] is not None and not made[-1].given:
                return made[-1]
    last = made[-1]
    best = next(
        (one for one in made if one is not None and last is not None and one.given == last.given), None
    )
    if best is None and (kinds or always != {extract.BOOKINGS}):
        raise _refused(as_of)
    return best


def _always(
    entries: Sequence[Entry], open_: Claim, left: Collection[str], cited: Collection[tuple[str, str, str]]
) -> frozenset[str]:
    """What is closed without being asked for."""
    records = [r for e in open_.case.exhibits for r in e.reading.records]
    out = [r for e in open_.case.exhibits if e.digest not in left for r in e.reading.records]
    noted = ((e.body or {}).get("record", {}) for e in entries)
    return frozenset(
        kind
        for kind, there in (
            (extract.PRIVATE, any(map(extract.is_private, records)) or any(map(extract.says_private, noted))),
            (extract.BOOKINGS, any(extract.is_foreign(r, cited) for r in out)),
        )
        if there
    )


def _cited(open_: Claim, left: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The places on which something rests: the claim, and every other document that goes out."""
    others = tuple(
        r
        for e in open_.case.exhibits
        if e.digest not in left
        for r in e.reading.records
        if not isinstance(r, BankEntry)
    )
    worked = (open_.assessment, open_.waterfall, open_.detection.outages, open_.by_event)
    for at in locators((others, worked, open_.case.noted)):
        yield at.object, at.member, at.place


def _closed(
    folder: Path,
    open_: Claim,
    as_of: date,
    kinds: Collection[str],
    left: frozenset[str],
    cited: Collection[tuple[str, str, str]],
) -> Closed | None:
    """The case with kinds of fields closed; None where the claim would come to other sums."""
    checked, wanted = store.load(folder), sorted(set(kinds))
    before = _list_entry(checked.entries, wanted)
    tries = [*([before] if before is not None else []), len(checked.entries)]
    for end in tries:
        base = checked.entries[:end]
        closer, shown = _closed_entries(folder, open_, base, kinds, cited)
        data = write_closed(shown)
        known = end < len(checked.entries) and (checked.entries[end].body or {})["digest"]
        if not known or known == sha256(data).hexdigest():
            break
    settled = casefolder.without_seals(checked)
    held = casefolder.proofs_in(folder, settled)
    left_open = left - closer.hidden
    get = lambda digest: closer.objects.get(digest) or store.get_object(folder, digest)  # noqa: E731
    sealed = lambda name, digest: watching.segment_of(folder, name, digest)  # noqa: E731
    read = Readings(folder, premises_of(base), get)
    out = pipeline.outward(open_)
    claim = claim_of(settled, shown, get, sealed, read, as_of, (), wanted, left_open, held)
    given = _stated(out, claim)
    if given:
        claim = claim_of(settled, shown, get, sealed, read, as_of, given, wanted, left_open, held)
    if not _same(out, claim):
        return None
    body = {
        "close": wanted,
        "digest": sha256(data).hexdigest(),
        "entries": len(settled.entries),
        "stated": [msgspec.to_builtins(one) for one in given],
    }
    return Closed(
        data, shown, None if known else body, closer.objects, frozenset(closer.hidden), claim, given
    )


def _list_entry(entries: Sequence[Entry], kinds: Sequence[str]) -> int | None:
    """The entry of a list of the same kinds after which nothing but its own sealing came."""
    number = max((e.seq for e in entries if e.kind == "closed"), default=None)
    if number is None or (entries[number].body or {}).get("close") != kinds:
        return None
    digest = (entries[number].body or {})["digest"]
    after = entries[number + 1 :]
    fits = all(
        e.kind in AFTER
        and (e.kind != "dossier" or (e.body or {}).get("files", {}).get("closed.jsonl") == digest)
        for e in after
    )
    return number if fits else None


def _closed_entries(
    folder: Path,
    open_: Claim,
    base: Sequence[Entry],
    kinds: Collection[str],
    cited: Collection[tuple[str, str, str]],
) -> tuple[Closer, tuple[ClosedEntry, ...]]:
    said = casefolder.readings(folder, base)(originals(digests(base), unread(base)))
    whole = not {*kinds}.isdisjoint(FIELDS)  # names and wages may stand anywhere
    sources = [
        Source(
            e,
            Blob(body["name"], store.get_object(folder, body["digest"]), body["digest"]),
            said[body["digest"]],
        )
        for e in base
        if e.kind == "exhibit" and (body := e.body) is not None
        if whole or any(extract.may_be_closed(r) for r in said[body["digest"]].records)
    ]
    closer = Closer(open_.case, sources, salts_of(folder), frozenset(kinds), premises_of(base), cited)
    return closer, closer.shown(base, sources)


def salts_of(folder: Path) -> dict[int, bytes]:
    """The salt of each body that is there."""
    lines, _ = split_lines((folder / store.BODIES).read_bytes())
    return {seq: salted for seq, salted, _, _ in map(read_body, lines)}


def claim_of(
    checked: Checked,
    shown: Sequence[ClosedEntry],
    get: Callable[[str], bytes],
    sealed: Callable[[str, str], Path | bytes],
    read: Read,
    as_of: date,
    given: Sequence[StatedSums],
    kinds: Sequence[str],
    left: Collection[str] = (),
    proofs: Proofs = NOTHING_PROVEN,
) -> Claim:
    """The claim from what is shown; `get` gives originals by digest, those with marks among them, `sealed`
    segments of samples, `read` says what originals without marks say."""
    journal = replace(checked, entries=with_shown(checked.entries, shown))
    exhibits = {e.seq for e in checked.entries if e.kind == "exhibit"}
    closed = (one for one in shown if one.entry in exhibits)
    told = readings_of(closed, premises_of(checked.entries), get)
    case = case_of(journal, get, sealed, read, left, told, proofs)
    whole = tuple(e.number for e in case.exhibits if e.reading.reader == "closed")
    closing = Closing(tuple(kinds), fields_of(shown), tuple(given), whole)
    return pipeline.claim(replace(case, closing=closing), as_of, given)


def given_of(body: Mapping[str, Any]) -> tuple[StatedSums, ...]:
    """The sums that an entry of a list states; raises msgspec.ValidationError."""
    return msgspec.convert(body["stated"], tuple[StatedSums, ...])


def _stated(open_: Claim, closed: Claim) -> tuple[StatedSums, ...]:
    """The sums of the heads that come out otherwise without what is closed."""
    full, left = _by_event(open_), _by_event(closed)
    return tuple(full[key] for key in full if full[key] != left.get(key))


def _by_event(claimed: Claim) -> dict[tuple[str, str, ProofGrade], StatedSums]:
    """The sums of the heads by event, head and grade; one event alone has no name."""
    several = len(claimed.by_event) > 1
    damages = (
        [(one.event.key, one.assessment) for one in claimed.by_event]
        if several
        else [("", claimed.assessment)]
    )
    return {
        (event, *key): replace(sums, event=event)
        for event, assessment in damages
        for key, sums in pipeline.sums(assessment).items()
    }


def _same(open_: Claim, closed: Claim) -> bool:
    """Whether both claims come to the same sums, step by step."""
    return _sums(open_) == _sums(closed)


def _sums(one: Claim) -> tuple[object, ...]:
    steps = tuple(step.running for step in one.waterfall.steps)
    return one.assessment.total, one.assessment.by_grade, one.waterfall.due, steps


def _refused(day: date) -> InputRefused:
    """The error where the claim does not come to the same sums."""
    return InputRefused(
        what=text("Without what is redacted the claim of {day} does not come to the same sums.", day=day),
        why=text("A bundle whose figures change when a field is redacted would say two things."),
        do=text("Hand the bundle over open, or to a court alone."),
    )
