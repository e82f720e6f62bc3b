"""What of a journal is whole where its end is not, and mending the end. Who mends holds the lock.

The end of the two files may be missing for two reasons that look alike: power that was cut while an entry was
written (the files reach the disk in any order), and a copy of the folder that is not finished. So nothing is ever
cut because somebody looks: readers read what is whole, writers wait, and a person who knows that no copy is on its way
mends it. Damage before the end is a breach that `check` names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from heller.journal import disk
from heller.journal.anchor import read_anchor
from heller.journal.checking.check import split_lines
from heller.journal.entry import Breach, BreachCause, read_body, read_line
from heller.journal.places import BODIES, JOURNAL, RECOVERED, anchor_files
from heller.journal.writing import Content, add, read_tail
from heller.machine import files
from heller.machine.files import open_handle
from heller.model.text import text


def cut_end(folder: Path) -> int:
    """Cut both files back to the last whole entry; what was cut off lies under `recovered/`, and an entry says so.
    Returns how many bytes; 0 where that would not make them whole, or an anchor says that there was more."""
    lines, tail = _split((folder / JOURNAL).read_bytes())
    bodies, torn = _split((folder / BODIES).read_bytes())
    kept_lines, kept_bodies = _whole(lines, bodies)
    if not tail and not torn and (kept_lines, kept_bodies) == (len(lines), len(bodies)):
        return 0
    if kept_lines < covered(folder):
        return 0
    aside = b"\n".join([*lines[kept_lines:], tail, *bodies[kept_bodies:], torn])
    digest = sha256(aside).hexdigest()
    disk.keep(folder / RECOVERED / digest, aside)
    _truncate(folder / BODIES, sum(len(line) + 1 for line in bodies[:kept_bodies]))
    _truncate(folder / JOURNAL, sum(len(line) + 1 for line in lines[:kept_lines]))
    if kept_lines:  # else not even the opening was acknowledged: the folder is as good as empty
        write(folder, [("recovered", {"bytes": len(aside), "digest": digest})])
    return len(aside)


def whole_part(journal: bytes, bodies: bytes) -> tuple[bytes, bytes]:
    """Both files without what `cut_end` would cut off: an end that is not whole, or that somebody writes this
    moment."""
    (lines, _), (said, _) = _split(journal), _split(bodies)
    kept_lines, kept_bodies = _whole(lines, said)
    return whole_lines(lines[:kept_lines]), whole_lines(said[:kept_bodies])


def _split(data: bytes) -> tuple[list[bytes], bytes]:
    """Whole lines, and the torn tail. No line holds a zero byte: where one stands, room was made and not filled."""
    end = data.find(b"\0")
    lines, tail = split_lines(data if end < 0 else data[:end])
    return lines, tail if end < 0 else tail + data[end:]


def torn(whole: tuple[bytes, bytes], given: tuple[bytes, bytes]) -> Breach:
    """What stands behind the last whole entry; both files each time, journal first."""
    return Breach(
        JOURNAL,
        text(
            "{lines} bytes of the journal and {bodies} bytes of the bodies behind the last whole entry cannot be read.",
            lines=len(given[0]) - len(whole[0]),
            bodies=len(given[1]) - len(whole[1]),
        ),
        BreachCause.UNFINISHED,
    )


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
    """How many lines and how many bodies remain: the last entry of a journal always has its body, for what was
    erased is followed by the entry that says so."""
    said = len(bodies)
    while said and _number(bodies[said - 1]) >= len(lines):
        said -= 1
    last = _number(bodies[said - 1]) if said else -1
    if said and last < 0:
        return len(lines), len(bodies)
    kept = len(lines)
    while kept > last + 1:
        try:
            line = read_line(lines[kept - 1])
        except ValueError:
            break
        if line.seq != kept - 1:
            break
        kept -= 1
    return (kept, said) if kept == last + 1 else (len(lines), said)


def _number(body: bytes) -> int:
    """The number in a body line; -1 where it cannot be read, for damage is not a torn end."""
    try:
        return read_body(body)[0]
    except ValueError:
        return -1


def covered(folder: Path) -> int:
    """How many lines the newest anchor covers."""
    newest = list(anchor_files(folder).values())[-1:]
    try:
        return read_anchor(newest[0].read_bytes()).size if newest else 0
    except ValueError:
        return 0


def _truncate(path: Path, length: int) -> None:
    handle = open_handle(path, os.O_RDWR)
    try:
        os.ftruncate(handle, length)
        files.sync(handle)
    finally:
        os.close(handle)


def write(folder: Path, entries: Sequence[Content]) -> None:
    """Entries behind the end, in a journal that is whole."""
    journal = open_handle(folder / JOURNAL, os.O_RDWR | os.O_APPEND)
    bodies = open_handle(folder / BODIES, os.O_RDWR | os.O_APPEND)
    try:
        tail = read_tail(journal, bodies)
        if tail is not None:
            add(journal, bodies, tail, entries)
    finally:
        os.close(journal)
        os.close(bodies)
