"""Sets aside what a crash left half written at the end of a case's two files. Who calls it holds the lock.

Only what one append wrote is ever undone: a torn line, bodies without their line, lines of one clock
reading without their body (the two files may reach the disk in any order when the power fails). Nothing
that an anchor covers is touched. Damage before the end is a breach that `check` names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from heller.journal import disk
from heller.journal.anchor import read_anchor
from heller.journal.checking.check import split_lines
from heller.journal.entry import read_body, read_line
from heller.journal.places import BODIES, JOURNAL, RECOVERED, anchor_files
from heller.journal.writing import Content, add, read_tail


def recover(folder: Path) -> None:
    """Cut both files back to the last whole entry; what was cut off lies under `recovered/`, and an entry
    says so. Does nothing where that would not make them whole."""
    lines, tail = split_lines((folder / JOURNAL).read_bytes())
    bodies, torn = split_lines((folder / BODIES).read_bytes())
    kept_lines, kept_bodies = _whole(lines, bodies)
    if not tail and not torn and (kept_lines, kept_bodies) == (len(lines), len(bodies)):
        return
    if kept_lines < _covered(folder):
        return
    aside = b"\n".join([*lines[kept_lines:], tail, *bodies[kept_bodies:], torn])
    digest = sha256(aside).hexdigest()
    disk.keep(folder / RECOVERED / digest, aside)
    _cut(folder / BODIES, sum(len(line) + 1 for line in bodies[:kept_bodies]))
    _cut(folder / JOURNAL, sum(len(line) + 1 for line in lines[:kept_lines]))
    if kept_lines:  # else not even the opening was acknowledged: the folder is as good as empty
        write(folder, [("recovered", {"bytes": len(aside), "digest": digest})])


def acknowledged(folder: Path, journal: bytes, bodies: bytes) -> tuple[bytes, bytes]:
    """Both files without what `recover` would cut off their ends: what one append had not finished, or is
    writing this moment."""
    (lines, _), (said, _) = split_lines(journal), split_lines(bodies)
    kept_lines, kept_bodies = _whole(lines, said)
    if kept_lines < _covered(folder):
        return journal, bodies
    whole = (lines[:kept_lines], said[:kept_bodies])
    return whole_lines(whole[0]), whole_lines(whole[1])


def whole_lines(lines: Sequence[bytes]) -> bytes:
    """Lines with their ends."""
    return b"".join(line + b"\n" for line in lines)


def unsaid(folder: Path, named: set[object]) -> list[Content]:
    """Entries for what lies under `recovered/` and is not `named` in the journal: a crash came between
    setting it aside and saying so."""
    if not (folder / RECOVERED).is_dir():
        return []
    found = sorted(p for p in (folder / RECOVERED).iterdir() if p.name not in named and p.suffix != ".part")
    return [("recovered", {"bytes": path.stat().st_size, "digest": path.name}) for path in found]


def _whole(lines: Sequence[bytes], bodies: Sequence[bytes]) -> tuple[int, int]:
    """How many lines and how many bodies remain."""
    said = len(bodies)
    while said and _number(bodies[said - 1]) >= len(lines):
        said -= 1
    last = _number(bodies[said - 1]) if said else -1
    if said and last < 0:
        return len(lines), len(bodies)
    kept, clock = len(lines), None
    while kept > last + 1:
        try:
            line = read_line(lines[kept - 1])
        except ValueError:
            break
        if line.seq != kept - 1 or clock not in (None, line.clock):
            break
        kept, clock = kept - 1, line.clock
    return (kept, said) if kept == last + 1 else (len(lines), said)


def _number(body: bytes) -> int:
    """The number in a body line; -1 where it cannot be read, for damage is not a torn end."""
    try:
        return read_body(body)[0]
    except ValueError:
        return -1


def _covered(folder: Path) -> int:
    """How many lines the newest anchor covers."""
    newest = list(anchor_files(folder).values())[-1:]
    try:
        return read_anchor(newest[0].read_bytes()).size if newest else 0
    except ValueError:
        return 0


def _cut(path: Path, length: int) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.ftruncate(handle, length)
        disk.sync(handle)
    finally:
        os.close(handle)


def write(folder: Path, entries: Sequence[Content]) -> None:
    """Entries behind the end, in a journal that is whole."""
    journal = os.open(folder / JOURNAL, os.O_RDWR | os.O_APPEND)
    bodies = os.open(folder / BODIES, os.O_RDWR | os.O_APPEND)
    try:
        tail = read_tail(journal, bodies)
        if tail is not None:
            add(journal, bodies, tail, entries)
    finally:
        os.close(journal)
        os.close(bodies)
