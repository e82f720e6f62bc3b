"""What a case consists of, listed under a stronger digest while the old one still holds.

An evidence record over an anchor digests the anchor anew, not what the anchor's own SHA-256 stands for. So a
hash renewal also stamps such a list: whoever doubts SHA-256 later compares journal and originals with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from heller.casefile.fold import digests
from heller.casefile.stamping import shelf
from heller.journal import store


def list_of(folder: Path, algorithm: str) -> bytes:
    """The list, as `sha512sum -c` reads it (lines with `#` it skips): anchors, originals, and as comments
    the journal's covered bytes and the salted bodies. Originals that are gone are left out."""
    known = shelf.anchors(folder)
    journal = (folder / store.JOURNAL).read_bytes()
    lines = journal.splitlines(keepends=True)[: known[-1].size]
    covered = b"".join(lines)
    tool = f"{algorithm}sum"
    rows = [
        f"# Check in the case folder: {tool} -c anchors/{known[-1].number:06}.{algorithm}.txt",
        f"# head -c {len(covered)} journal.jsonl | {tool}: {hashlib.new(algorithm, covered).hexdigest()}",
        *_bodies(folder, algorithm, len(lines)),
        *_files(folder, algorithm, [shelf.path_of(folder, anchor.number, "txt") for anchor in known]),
        *_files(folder, algorithm, [store.object_path(folder, d) for d in _originals(folder)]),
    ]
    return "".join(f"{row}\n" for row in rows).encode()


def _bodies(folder: Path, algorithm: str, most: int) -> Iterator[str]:
    """Each line of the bodies without its end, in order; a salt keeps what it says from being guessed."""
    for line in (folder / store.BODIES).read_bytes().splitlines()[:most]:
        yield f"# a line of bodies.jsonl: {hashlib.new(algorithm, line).hexdigest()}"


def _originals(folder: Path) -> list[str]:
    return list(digests(store.load(folder).entries))


def _files(folder: Path, algorithm: str, paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if path.exists():
            with path.open("rb") as file:
                found = hashlib.file_digest(file, algorithm).hexdigest()
            yield f"{found}  {path.relative_to(folder).as_posix()}"
