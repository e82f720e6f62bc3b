"""Checks the originals of a case against the journal, on all processors, without holding one in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from heller.journal.entry import Breach, Entry
from heller.journal.places import object_path, segment_path
from heller.model.text import text

BUFFER = 1 << 20  # bytes that are hashed at once; hashing lets other threads run meanwhile


def names_of(entries: Iterable[Entry]) -> dict[str, int]:
    """The digests of originals that entries name, with the first entry that does."""
    found: dict[str, int] = {}
    for entry in entries:
        digest = (entry.body or {}).get("digest")
        if entry.kind in ("exhibit", "double") and isinstance(digest, str):
            found.setdefault(digest, entry.seq)
    return found


def segments(entries: Iterable[Entry]) -> dict[str, str]:
    """The sealed segments of samples that entries name, name to digest."""
    bodies = (e.body for e in entries if e.kind == "segment" and e.body is not None)
    return {str(body.get("name")): str(body.get("digest")) for body in bodies}


def check_originals(
    folder: Path, entries: Iterable[Entry], done: Callable[[str], object] = lambda digest: None
) -> Iterator[Breach]:
    """What is missing or was changed; `done` is told of each that was read."""
    from concurrent.futures import ThreadPoolExecutor

    entries = tuple(entries)
    wanted = names_of(entries)
    yield from _check_segments(folder, segments(entries))
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        paths = [object_path(folder, digest) for digest in wanted]
        for (digest, seq), got in zip(wanted.items(), workers.map(digest_of, paths), strict=True):
            done(digest)
            if got is None:
                what = text("The original of entry {seq} is missing.", seq=seq)
            elif got != digest:
                what = text("The original of entry {seq} was changed.", seq=seq)
            else:
                continue
            yield Breach(f"objects/{digest[:2]}/{digest}", what)


def _check_segments(folder: Path, wanted: dict[str, str]) -> Iterator[Breach]:
    for name, digest in wanted.items():
        got = digest_of(segment_path(folder, name))
        if got is None:
            yield Breach(f"samples/{name}", text("This segment is missing."))
        elif got != digest:
            yield Breach(f"samples/{name}", text("This segment was changed."))


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file in hex; None where it cannot be read."""
    whole, buffer = hashlib.sha256(), bytearray(BUFFER)
    view = memoryview(buffer)
    try:
        with path.open("rb", buffering=0) as file:
            while size := file.readinto(buffer):
                whole.update(view[:size])
    except OSError:
        return None
    return whole.hexdigest()
