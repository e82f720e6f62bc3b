"""case = fold(entries). Pure: the same entries and readings give the same case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from heller.journal.brackets import NOTHING_PROVEN, Proofs, brackets
from heller.journal.entry import Entry
from heller.model.case import Case, Exhibit
from heller.model.finding import Finding, Weight
from heller.model.record import Reading, Record
from heller.model.text import text

NOTED = ("note", "acceptance", "speed")  # entries that hold a record
KINDS = (
    *("opened", "exhibit", "double", *NOTED, "correction", "dossier", "recovered", "erased", "segment"),
    *(
        "anchor",
        "stamp",
        "clock",
        "beacon",
        "witness",
        "renewal",
        "closed",
    ),  # what they bound is the brackets' matter
)


def digests(entries: Sequence[Entry]) -> dict[str, str]:
    """The originals that are taken in, digest to name, in order."""
    return {e.body["digest"]: e.body["name"] for e in entries if e.kind == "exhibit" and e.body is not None}


def unread(entries: Sequence[Entry]) -> dict[str, str]:
    """The originals that cost more than a file may when they were taken in, digest to what it was they took too
    much of: nobody reads them again by himself."""
    return {
        e.body["digest"]: str(e.body["unread"])
        for e in entries
        if e.kind == "exhibit" and e.body is not None and "unread" in e.body
    }


def zone_of(entries: Sequence[Entry]) -> str:
    """The name of the site's zone, as the first entry states it."""
    return str((entries[0].body or {}).get("zone", "Europe/Berlin"))


def exhibit_numbers(entries: Sequence[Entry]) -> dict[int, int]:
    """Entry to the n of 'Anlage K n'; an exhibit that was erased keeps its number."""
    return {e.seq: n for n, e in enumerate((e for e in entries if e.kind == "exhibit"), 1)}


def fold(entries: Sequence[Entry], readings: Mapping[str, Reading], proofs: Proofs = NOTHING_PROVEN) -> Case:
    """The case that these entries leave; `proofs` of third parties bound when they were written. Corrected
    entries no longer count; all stay in the journal."""
    opened = entries[0].body or {}
    corrected = {
        e.body.get("corrects") for e in entries if e.kind in ("correction", "erased") and e.body is not None
    }
    numbers = exhibit_numbers(entries)
    exhibits: list[Exhibit] = []
    noted: list[Record] = []
    noted_in: list[int] = []
    findings: list[Finding] = []
    for entry in entries:
        if entry.kind not in KINDS:
            findings.append(
                Finding(
                    "entry-unknown",
                    text(
                        "Entry {seq} is of a kind that this version does not know: {kind}.",
                        seq=entry.seq,
                        kind=entry.kind,
                    ),
                    text("Open the case with a newer Heller."),
                )
            )
        if entry.body is None:
            findings.append(
                Finding(
                    "entry-erased",
                    text("What entry {seq} said was erased.", seq=entry.seq),
                    weight=Weight.NOTE,
                )
            )
        elif entry.kind == "exhibit":
            exhibits.append(_exhibit(entry, numbers[entry.seq], readings, entry.seq in corrected))
        elif entry.kind in NOTED and entry.seq not in corrected:
            noted.append(record_of(entry.body))
            noted_in.append(entry.seq)
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
    )
    return replace(folded, findings=(*folded.findings, *folded.facts.findings))


def record_of(body: Mapping[str, Any]) -> Record:
    """The record that a note holds; raises msgspec.ValidationError where it holds none."""
    record: Record = msgspec.convert(body["record"], Record)
    return record


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
