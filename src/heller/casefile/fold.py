"""case = fold(entries). Pure: the same entries and readings give the same case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from heller.casefile.changes import LENT, changes_of
from heller.casefile.counting import NOTED, RESTORED, WITHDRAWN, counting
from heller.casefile.formats import UnknownRecord, record_of, unknown
from heller.journal.brackets import NOTHING_PROVEN, Proofs, brackets
from heller.journal.entry import Entry
from heller.journal.erasure import HANDED
from heller.journal.joined import JOINED
from heller.model.case import Case, Exhibit
from heller.model.finding import Finding, Weight
from heller.model.record import Reading, Record
from heller.model.text import text

ZONE = "zone"  # the kind of entry that corrects the zone of the site
KNOWN = frozenset((
    "opened", "exhibit", "double", *NOTED, WITHDRAWN, RESTORED, "dossier", HANDED, "recovered", "erased", "segment",
    "layout", ZONE, LENT, JOINED,
    "anchor", "stamp", "clock", "beacon", "witness", "renewal", "closed",  # what they bound is the brackets' matter
))  # fmt: skip


def digests(entries: Sequence[Entry]) -> dict[str, str]:
    """The originals that are taken in, digest to the name by which they are read, in order: their own, or the one that
    was given with the same bytes later and says more (`read_as`), the last of them."""
    found = {e.body["digest"]: e.body["name"] for e in entries if e.kind == "exhibit" and e.body is not None}
    bodies = (e.body for e in entries if e.kind in ("exhibit", "double") and e.body is not None)
    return found | {b["digest"]: b["read_as"] for b in bodies if "read_as" in b and b["digest"] in found}


def unread(entries: Sequence[Entry]) -> dict[str, str]:
    """The originals that cost more than a file may when they were taken in, digest to what it was they took too
    much of: nobody reads them again by himself."""
    return {
        e.body["digest"]: str(e.body["unread"])
        for e in entries
        if e.kind == "exhibit" and e.body is not None and "unread" in e.body
    }


def zone_of(entries: Sequence[Entry]) -> str:
    """The name of the site's zone: as the first entry states it, or as it was corrected last."""
    withdrawn = counting(entries).withdrawn if any(e.kind == ZONE for e in entries) else {}
    told = [entries[0], *(e for e in entries if e.kind == ZONE and e.seq not in withdrawn)]
    said = [str(e.body["zone"]) for e in told if e.body is not None and "zone" in e.body]
    return said[-1] if said else "Europe/Berlin"


def exhibit_numbers(entries: Sequence[Entry]) -> dict[int, int]:
    """Entry to the n of 'Anlage K n'; an exhibit that was erased keeps its number."""
    return {e.seq: n for n, e in enumerate((e for e in entries if e.kind == "exhibit"), 1)}


NUMBER = re.compile(r"\s{0,9}K?\s{0,9}(\d{1,6})\s{0,9}", re.IGNORECASE)


def number_of(exhibit: str) -> int:
    """The n of 'K n' as people write it; 0 where it is none."""
    found = NUMBER.fullmatch(exhibit)
    return int(found[1]) if found else 0


def fold(entries: Sequence[Entry], readings: Mapping[str, Reading], proofs: Proofs = NOTHING_PROVEN) -> Case:
    """The case that these entries leave; `proofs` of third parties bound when they were written. What was withdrawn
    or replaced no longer counts; all stays in the journal."""
    opened = entries[0].body or {}
    known, numbers = counting(entries), exhibit_numbers(entries)
    exhibits: list[Exhibit] = []
    noted: list[Record] = []
    noted_in: list[int] = []
    findings: list[Finding] = []
    for entry in entries:
        if entry.kind not in KNOWN:
            what = text("It is of a kind that this version does not know: {kind}.", kind=entry.kind)
            findings.append(unknown(entry.seq, what))
        if entry.body is None:
            said = text("What entry {seq} said was erased.", seq=entry.seq)
            findings.append(Finding("entry-erased", said, weight=Weight.NOTE))
        elif entry.kind == "exhibit":
            exhibits.append(_exhibit(entry, numbers[entry.seq], readings, entry.seq in known.withdrawn))
        elif entry.kind in NOTED and known.counts(entry.seq):
            try:
                noted.append(record_of(entry.body))
                noted_in.append(entry.seq)
            except UnknownRecord as error:
                findings.append(unknown(entry.seq, error.what))
    when = brackets(entries, proofs)
    folded = Case(
        id=str(opened.get("case", "")),
        opened=datetime.fromisoformat(entries[0].wall),
        exhibits=tuple(exhibits),
        noted=tuple(noted),
        noted_in=tuple(noted_in),
        findings=(*findings, *when.findings),
        zone=zone_of(entries),
        entries=len(entries),
        head=entries[-1].line_hash,
        brackets=when.brackets,
        changes=changes_of(entries, numbers),
    )
    return replace(folded, findings=(*folded.findings, *folded.facts.findings))


def _exhibit(entry: Entry, number: int, readings: Mapping[str, Reading], withdrawn: bool) -> Exhibit:
    body = entry.body or {}
    reading = readings.get(body["digest"], Reading("none", body["name"]))
    if withdrawn:
        reading = Reading(
            reading.reader,
            reading.title,
            findings=(
                Finding(
                    "exhibit-withdrawn",
                    text("This exhibit was withdrawn; it no longer counts."),
                    weight=Weight.NOTE,
                ),
            ),
        )
    return Exhibit(
        number=number,
        digest=body["digest"],
        name=body["name"],
        media=body["media"],
        size=body["size"],
        taken_in=datetime.fromisoformat(entry.wall),
        entry=entry.seq,
        reading=reading,
    )
