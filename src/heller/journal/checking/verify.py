"""Verifies a bundle from its bytes: container, digests, chain, commitments, originals, tree heads, stamps.

Nothing is copied or written: a file is a view into the archive, so a bundle of a gigabyte that is mapped
into memory costs the memory of its journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from heller.journal.anchor import heads, origin_of, read_kept
from heller.journal.archive import ContentDigest, Malformed, unpack
from heller.journal.bundle import (
    ASIC,
    BAGIT,
    MANIFEST,
    MIMETYPE,
    PLACES,
    SEAL,
    SEALED,
    TAG_MANIFEST,
    TAGS,
    asic_manifest,
    manifest,
)
from heller.journal.checking.check import Checked, check
from heller.journal.checking.held_originals import OBJECTS, check_held, check_segments, originals_of
from heller.journal.checking.originals import segments
from heller.journal.checking.proofs import forged
from heller.journal.checking.renewal_lists import check_lists
from heller.journal.checking.stamps import VerifiedStamp, check_stamps
from heller.journal.closed_fields import CLOSED, ClosedEntry, check_closed, read_closed
from heller.journal.entry import Breach, BreachCause
from heller.model.text import Text, text

INFO = "bag-info.txt"
JOURNAL, BODIES, ANCHORS = "data/journal.jsonl", "data/bodies.jsonl", "data/anchors/"

BELONGS = re.compile(
    r"data/(?:journal\.jsonl|bodies\.jsonl|left-out\.txt|closed\.jsonl|claim\.json|dossier-[a-z]{2}\.pdf"
    r"|PRUEFEN\.txt|VERIFY\.txt|verify\.py|objects/[0-9a-f]{2}/[0-9a-f]{64}"
    r"|samples/\d{8}T\d{6}Z(?:-\d+)?\.parquet"
    r"|anchors/trust/[0-9a-zA-Z-]+\.pem|anchors/\d{6}(?:\.[a-z0-9-]+)*\.(?:txt|tsr|crl|ocsp|er))"
)

UNFIT = text("The journal does not fit this tree head: lines were dropped or changed.")
FAULTS: dict[str, Text] = {
    "twin": text("This name stands twice in the archive, or differs from another only in capitals."),
    "order": text("The files of the archive are not in their order."),
    "empty": text("The file is no bundle, or the beginning of it was changed."),
    "list": text("The archive was changed around its files, or something hangs behind it."),
    "torn": text("The archive breaks off."),
    "name": text("A file of the archive has a name that a bundle does not hold."),
    "header": text("What the archive says of this file is not what a bundle says."),
}


class Verified(Struct, frozen=True):
    """What was checked and what does not hold; `files` are the bundle's contents by name, `left_out` the
    originals that it names and does not hold, digest to reason, `shown` what it shows of closed entries."""

    files: Mapping[str, memoryview]
    known: Mapping[str, ContentDigest]
    journal: Checked | None
    checks: tuple[Text, ...]
    breaches: tuple[Breach, ...]
    left_out: Mapping[str, str] = {}
    stamps: tuple[VerifiedStamp, ...] = ()
    shown: tuple[ClosedEntry, ...] = ()

    def get(self, name: str) -> bytes:
        """A file's bytes; empty where it is not there."""
        return bytes(self.files.get(name, b""))


def verify(
    data: bytes | memoryview, kept: Iterable[tuple[str, bytes]] = (), roots: Sequence[bytes] = ()
) -> Verified:
    """Check a bundle's bytes. `kept` are tree heads that somebody received earlier, by name; `roots` are
    certificates (PEM or DER) to trust instead of those that the bundle brings along."""
    try:
        archive = unpack(data)
    except Malformed as fault:
        cause = BreachCause.UNFINISHED if fault.code == "torn" else BreachCause.CHANGED
        return Verified({}, {}, None, (), (Breach(fault.where, FAULTS[fault.code], cause),))
    files, known = archive.files, archive.known
    breaches = [*_digests(files, known), *_constants(files)]
    found = {breach.where for breach in breaches}
    breaches += [
        Breach(n, text("The bytes of this file were changed.")) for n in archive.odd if n not in found
    ]
    shown, more = _closed(files)
    breaches += more
    gone = {one.entry for one in shown}
    journal = check(bytes(files.get(JOURNAL, b"")), bytes(files.get(BODIES, b"")), gone)
    breaches += journal.breaches
    if CLOSED in files:
        get = lambda digest: bytes(files.get(f"{OBJECTS}{digest[:2]}/{digest}", b""))  # noqa: E731
        breaches += check_closed(bytes(files[CLOSED]), shown, journal.entries, get)
    breaches += _described(files, known, journal)
    if not journal.entries:
        breaches.append(Breach(JOURNAL, text("The journal is missing or empty.")))
    left_out, more = check_held(files, known, journal, shown)
    breaches += [*more, *check_segments(known, journal)]
    anchors = {name: bytes(files[name]) for name in files if is_anchor(name)}
    breaches += _anchors(anchors, journal, kept)
    stamps: tuple[VerifiedStamp, ...] = ()
    if not breaches:
        stamps, unheld = check_stamps(files, journal.entries, roots)
        breaches += [*unheld, *check_lists(files), *forged(journal.entries)]
    checks = _checks(files, journal, len(left_out), len(anchors), len(stamps))
    return Verified(files, known, journal, checks, tuple(breaches), left_out, stamps, shown)


def _checks(
    files: Mapping[str, memoryview], journal: Checked, left_out: int, anchors: int, stamps: int
) -> tuple[Text, ...]:
    """What was looked at, with how many of each."""
    sealed = len(segments(journal.entries))
    checks = [
        text("{n} files against their digests", "one file against its digest", n=len(files)),
        text(
            "{n} journal entries: numbers, chain and commitments",
            "one journal entry: number, chain and commitment",
            n=len(journal.entries),
        ),
        text(
            "{n} originals against the journal",
            "one original against the journal",
            n=len(originals_of(journal)) - left_out,
        ),
    ]
    if sealed:
        checks.append(
            text(
                "{n} segments of samples against the journal",
                "one segment of samples against the journal",
                n=sealed,
            )
        )
    checks.append(text("{n} tree heads", "one tree head", n=anchors))
    if stamps:
        checks.append(text("{n} time stamps by third parties", "one time stamp by a third party", n=stamps))
    return tuple(checks)


def is_anchor(name: str) -> bool:
    """Whether a file of a bundle is a tree head."""
    number = name.removeprefix(ANCHORS).removesuffix(".txt")
    return name == f"{ANCHORS}{number}.txt" and len(number) == 6 and number.isdecimal()


def _digests(files: Mapping[str, memoryview], known: Mapping[str, ContentDigest]) -> list[Breach]:
    """Each list of digests against the files that it must name, and only those."""
    breaches = [
        Breach(name, text("This file does not belong to the bundle."), BreachCause.NEWER)
        for name in files
        if not BELONGS.fullmatch(name) and name not in PLACES
    ]
    payload = [name for name in files if name.startswith("data/")]
    groups = ((MANIFEST, payload), (TAG_MANIFEST, TAGS), (SEAL, SEALED))
    for name, group in groups:
        there = {n: known[n] for n in group if n in files}
        breaches += _check_list(name, bytes(files.get(name, b"")), there)
    breaches += [Breach(name, text("This file is missing.")) for name in (*TAGS, ASIC) if name not in files]
    covered = {n: known[n] for n in files if n.startswith("data/") or n in TAGS or n == TAG_MANIFEST}
    if not breaches and bytes(files[ASIC]) != asic_manifest(covered):
        breaches.append(Breach(ASIC, text("The digests in it are not those of the files.")))
    return breaches


def _check_list(name: str, given: bytes, known: Mapping[str, ContentDigest]) -> list[Breach]:
    truth = manifest(known)
    if given == truth:
        return []
    listed, actual = _lines(given), _lines(truth)
    breaches = []
    for path in sorted(listed.keys() | actual.keys()):
        if listed.get(path) == actual.get(path):
            continue
        if path not in actual:
            what = text("This file is listed but missing.")
        elif path not in listed:
            what = text("This file is there but not listed.")
        else:
            what = text("The bytes of this file were changed.")
        breaches.append(Breach(path, what))
    return breaches or [Breach(name, text("The bytes of this file were changed."))]


def _lines(data: bytes) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in data.decode("utf-8", "replace").splitlines())
    return {row[1]: row[0] for row in rows if len(row) == 2}


def _constants(files: Mapping[str, memoryview]) -> list[Breach]:
    """What is the same in every bundle."""
    fixed = {"mimetype": MIMETYPE, "bagit.txt": BAGIT}
    return [
        Breach(name, text("This file says something else than in every bundle."))
        for name, data in fixed.items()
        if files.get(name, data) != data
    ]


def _described(
    files: Mapping[str, memoryview], known: Mapping[str, ContentDigest], journal: Checked
) -> Iterator[Breach]:
    """bag-info.txt names the case of the journal, and how much there is of it (RFC 8493, 2.2.2)."""
    payload = [about.size for name, about in known.items() if name.startswith("data/")]
    rows = bytes(files.get(INFO, b"")).decode("utf-8", "replace").splitlines()
    truth = {
        f"External-Identifier: {origin_of(journal.entries)}",
        f"Payload-Oxum: {sum(payload)}.{len(payload)}",
    }
    told = [row for row in rows if row.startswith(("External-Identifier:", "Payload-Oxum:"))]
    if sorted(told) != sorted(truth):
        yield Breach(INFO, text("It names another case, or another size, than the bundle has."))


def _closed(files: Mapping[str, memoryview]) -> tuple[tuple[ClosedEntry, ...], list[Breach]]:
    """What is shown of closed entries."""
    try:
        return read_closed(bytes(files.get(CLOSED, b""))), []
    except (ValueError, TypeError, KeyError):
        return (), [Breach(CLOSED, text("The list of redacted fields cannot be read."))]


def _anchors(
    anchors: Mapping[str, bytes], journal: Checked, kept: Iterable[tuple[str, bytes]]
) -> list[Breach]:
    """The tree heads are those that the journal names and that follow from its lines, and no others."""
    wanted = {f"{ANCHORS}{n:06}.txt": head.data for n, head in enumerate(journal.anchors, 1)}
    breaches = []
    for name in sorted(wanted.keys() | anchors.keys()):
        if name not in anchors:
            breaches.append(Breach(name, text("This tree head is missing.")))
        elif name not in wanted:
            breaches.append(
                Breach(name, text("No entry names this tree head, or it does not fit the journal."))
            )
        elif anchors[name] != wanted[name]:
            breaches.append(Breach(name, UNFIT))
    if not anchors:
        breaches.append(Breach(ANCHORS, text("The bundle holds no tree head.")))
    return breaches + [Breach(name, UNFIT) for name, data in kept if not _continues(data, journal)]


def _continues(data: bytes, journal: Checked) -> bool:
    """Whether the journal continues the lines of a tree head that somebody received earlier."""
    try:
        given = read_kept(data)
    except ValueError:
        return False
    truth = next(heads(origin_of(journal.entries), journal.lines, [given.size]), None)
    return truth is not None and replace(truth, previous=given.previous) == given
