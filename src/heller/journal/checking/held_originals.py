"""The originals and segments that a bundle holds, against those that its journal names, and the list of originals
that it leaves out: one line each, digest and reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from heller.journal.archive import ContentDigest
from heller.journal.checking.check import Checked
from heller.journal.checking.originals import segments
from heller.journal.closed_fields import ClosedEntry
from heller.journal.entry import Breach
from heller.model.text import text

OBJECTS, SEGMENTS = "data/objects/", "data/samples/"
LEFT_OUT = "data/left-out.txt"
REASONS = ("not-cited", "lost")
LINE = re.compile(r"([0-9a-f]{64})  ([a-z-]+)\n")


def write_left_out(reasons: Mapping[str, str]) -> bytes:
    """The lines, sorted by digest."""
    return "".join(f"{digest}  {reasons[digest]}\n" for digest in sorted(reasons)).encode()


def read_left_out(data: bytes) -> dict[str, str]:
    """Digest to reason; raises ValueError where the bytes are not the one form of such a list."""
    found = dict(LINE.findall(data.decode("ascii", "replace")))
    if write_left_out(found) != data or not set(found.values()) <= set(REASONS):
        raise ValueError("not a list of what was left out")
    return found


def originals_of(journal: Checked) -> dict[str, int]:
    """Digests of originals that the journal names, with the entry that names them."""
    found: dict[str, int] = {}
    for entry in journal.entries:
        if entry.kind == "exhibit" and entry.body is not None and isinstance(entry.body.get("digest"), str):
            found[entry.body["digest"]] = entry.seq
    return found


def check_held(
    files: Mapping[str, memoryview],
    known: Mapping[str, ContentDigest],
    journal: Checked,
    shown: Sequence[ClosedEntry],
) -> tuple[dict[str, str], list[Breach]]:
    """Each original that the journal names is there, or is said to be left out; no other is there."""
    breaches = []
    wanted = originals_of(journal) | {one.original: one.entry for one in shown if one.original}
    try:
        left_out = read_left_out(bytes(files.get(LEFT_OUT, b"")))
    except ValueError:
        left_out = {}
        breaches.append(Breach(LEFT_OUT, text("The list of what was left out cannot be read.")))
    for digest, seq in wanted.items():
        path = f"{OBJECTS}{digest[:2]}/{digest}"
        if (path in files) == (digest in left_out):
            what = text("The original of entry {seq} is missing.", seq=seq)
            if path in files:
                what = text(
                    "The original of entry {seq} is there although it is said to be left out.", seq=seq
                )
            breaches.append(Breach(path, what))
        elif path in files and known[path].sha != digest:
            breaches.append(Breach(path, text("The original of entry {seq} was changed.", seq=seq)))
    for path in files:
        digest = path.rpartition("/")[2]
        if path.startswith(OBJECTS) and (digest not in wanted or path != f"{OBJECTS}{digest[:2]}/{digest}"):
            breaches.append(Breach(path, text("No entry names this original.")))
    breaches += [
        Breach(LEFT_OUT, text("No entry names the original {digest}.", digest=digest[:12]))
        for digest in left_out
        if digest not in wanted
    ]
    return left_out, breaches


def check_segments(known: Mapping[str, ContentDigest], journal: Checked) -> list[Breach]:
    """Each segment that the journal names is there with its bytes; no other is there."""
    wanted = {f"{SEGMENTS}{name}": digest for name, digest in segments(journal.entries).items()}
    breaches = []
    for name, digest in wanted.items():
        if name not in known:
            breaches.append(Breach(name, text("This segment is missing.")))
        elif known[name].sha != digest:
            breaches.append(Breach(name, text("This segment was changed.")))
    others = sorted(name for name in known if name.startswith(SEGMENTS) and name not in wanted)
    return breaches + [Breach(name, text("No entry names this segment.")) for name in others]
