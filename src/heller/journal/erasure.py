"""Erasing what an entry says, so that nothing is left that reveals it. Who calls it holds the lock.

The entry `erased` comes first and says why. Then everything goes that the body could be guessed from: derived files,
copies of what was handed out since, what a crash left half written, the original where no other entry names it, and
last, in one step, the bodies with their salts. Whatever interrupts it, the next one who opens the case completes it;
interrupted before its entry was whole, nothing happened.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from heller.journal import disk
from heller.journal.appender import Appender
from heller.journal.canonical import canonical
from heller.journal.checking.check import Checked, half_erased, split_lines
from heller.journal.entry import Entry
from heller.journal.places import BODIES, DERIVED, HANDED_OUT, RECOVERED, object_path
from heller.journal.writing import BODY_TAIL, Content

HANDED = "handed"  # the kind of entry that says that a dossier was handed out

# What holds no words of a person, and carries the journal or the brackets.
KEPT = (
    "opened",
    "anchor",
    "stamp",
    "beacon",
    "renewal",
    "clock",
    "erased",
    "recovered",
    "dossier",
    HANDED,
    "segment",
    "closed",
)

TOLD_OF = {"correction": ("corrects",), "restored": ("restores",)}  # its reason speaks of what it names
CLAIMED = (
    "zone",
    "layout",
    "exhibit",
    "note",
    "record",
    "acceptance",
    "speed",
    "correction",
    "restored",
)  # what a claim is worked out from


class Plan(Struct, frozen=True):
    """What goes with an entry: the entries whose bodies go (itself first), the originals by digest."""

    entries: tuple[Entry, ...]
    originals: tuple[str, ...]


def plan(entries: Sequence[Entry], numbers: Iterable[int]) -> Plan:
    """What has to go so that nothing reveals what these entries said. Pure."""
    first = list(dict.fromkeys(numbers))
    gone, before = set(first), -1
    while len(gone) > before:  # what gives away one that goes goes too, and so on
        before = len(gone)
        gone |= {e.seq for e in entries if e.body is not None and _gives_away(e, [entries[n] for n in gone])}
    named = {_digest(entries[n]) for n in gone}
    kept = {_digest(e) for e in entries if e.seq not in gone}
    order = [*first, *sorted(gone - set(first))]
    return Plan(tuple(entries[n] for n in order), tuple(sorted(named - kept - {""})))


def _digest(entry: Entry) -> str:
    return str((entry.body or {}).get("digest", "")) if entry.kind in ("exhibit", "double") else ""


def _gives_away(entry: Entry, gone: Sequence[Entry]) -> bool:
    """Whether an entry would tell what others said: it names the digest of an exhibit among them (the same
    file again, a decision about it), corrects one, is a dossier or a list of
    closed fields that rests on one (its digests can be tried out), or is what a crash left."""
    body = entry.body or {}
    said = canonical(body)
    return (
        entry.kind == "recovered"
        or any(e.kind == "exhibit" and _digest(e) and _digest(e).encode() in said for e in gone)
        or any(body.get(key) in {e.seq for e in gone} for key in TOLD_OF.get(entry.kind, ()))
        or (
            entry.kind in ("dossier", "closed")
            and any(_above(body.get("entries"), e.seq) for e in gone if e.kind in CLAIMED)
        )
        or (
            entry.kind == HANDED
            and "dossier" in body
            and any(e.seq < entry.seq for e in gone if e.kind in CLAIMED)
        )
    )


def handed_since(entries: Sequence[Entry], numbers: Iterable[int]) -> dict[int, Entry]:
    """The dossiers that were handed out after any of these entries was written, by their running number: their copies
    hold what it said."""
    first = min(numbers, default=len(entries))
    handed = enumerate((e for e in entries if e.kind == HANDED), 1)
    return {n: entry for n, entry in handed if entry.seq > first}


def _above(value: object, number: int) -> bool:
    return type(value) is not int or value > number


def erasure_of(entry: Entry, why: str, basis: str) -> Content:
    """The entry that says that another one was erased. It stays for good and holds no personal data."""
    body: dict[str, object] = {"basis": basis, "entry": entry.seq, "kind": entry.kind, "why": why}
    said = entry.body or {}
    for key in ("corrects", "restores", "replaces"):  # what was taken back stays taken back, and so on
        if type(said.get(key)) is int:
            body[key] = said[key]
    return "erased", body


def finish(folder: Path, writer: Appender, checked: Checked) -> Plan:
    """Complete what entries say was erased and is still there."""
    entries = checked.entries
    told = {e.body["entry"]: e.body for e in entries if e.kind == "erased" and e.body is not None}
    asked = half_erased(entries)
    going = plan(entries, asked)
    first = told[asked[0]]
    more = [
        erasure_of(e, str(first["why"]), str(first.get("basis", "")))
        for e in going.entries
        if e.seq not in told
    ]
    if more:
        writer.append_held(more)
    for name in (DERIVED, RECOVERED):
        if (folder / name).exists():
            shutil.rmtree(folder / name)
    for n in handed_since(entries, [e.seq for e in going.entries if e.kind in CLAIMED]):
        for place in (folder / HANDED_OUT).glob(f"{n:03}-*"):
            shutil.rmtree(place)
    for digest in going.originals:
        path = object_path(folder, digest)
        for one in (path, path.with_name(path.name + ".part")):
            one.unlink(missing_ok=True)
    _without(folder / BODIES, {entry.seq for entry in going.entries})
    writer.catch_up()
    return going


def _without(path: Path, gone: set[int]) -> None:
    """The bodies without some of them: the old file is replaced in one step."""
    lines, _ = split_lines(path.read_bytes())
    left = [line + b"\n" for line in lines]
    disk.keep(path, b"".join(line for line in left if number_of(line) not in gone))


def number_of(line: bytes) -> int:
    """The number at the end of a line of bodies, with its line end; -1 where there is none."""
    found = BODY_TAIL.search(line)
    return int(found[1]) if found else -1
