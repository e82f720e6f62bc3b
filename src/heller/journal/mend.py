"""Mending a case folder, because a person asks for it: its end, its originals, what a crash left half done.

What is cut off or replaced is kept under `recovered/`. A bundle of the same case gives back what it holds: entries
behind the end, originals, segments, tree heads. It repairs no entry that was changed: that stays a breach.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from heller.journal import disk, store
from heller.journal.archive import Malformed, unpack
from heller.journal.checking.check import Checked, check, split_lines
from heller.journal.checking.originals import digest_of, names_of, segments
from heller.journal.erasure import number_of
from heller.journal.places import BODIES, JOURNAL, RECOVERED, anchor_path, object_path, segment_path
from heller.journal.recover import cut_end, whole_lines, whole_part
from heller.machine import files
from heller.machine.files import open_handle
from heller.model.errors import InputRefused
from heller.model.text import text


class Mended(Struct, frozen=True):
    """What was cut off (bytes, kept under `recovered/`), how many entries and files came back, and what files are
    still missing or changed, by their place in the folder."""

    cut: int = 0
    entries: int = 0
    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """A bundle to mend from: its files by name, and its journal, checked."""

    files: Mapping[str, memoryview]
    journal: Checked
    bodies: Mapping[int, bytes]


def source_of(data: bytes) -> Source:
    """A bundle's bytes as a source; raises InputRefused where they are no bundle whose journal holds."""
    try:
        files = unpack(data).files
    except Malformed:
        files = {}
    lines, bodies = (bytes(files.get(f"data/{name}", b"")) for name in (JOURNAL, BODIES))
    said = {number_of(line + b"\n"): line for line in split_lines(bodies)[0]}
    journal = check(lines, bodies, [n for n in range(lines.count(b"\n")) if n not in said])
    if not journal.entries or journal.breaches:
        raise InputRefused(
            text("This is no bundle from which a case can be mended."),
            text("Nothing was changed; the case is as it was."),
            text("Check it with: heller verify BUNDLE"),
        )
    return Source(files, journal, said)


def mend(folder: Path, source: Source | None = None) -> Mended:
    """Mend a case; raises what `store.load` raises where it still does not hold afterwards."""
    if source and any((folder / name).is_file() for name in (JOURNAL, BODIES)):
        for name in (JOURNAL, BODIES):
            (folder / name).touch(0o600)
    store.require_case(folder)
    with disk.failing(folder), (folder / JOURNAL).open("rb") as journal, disk.lock(journal.fileno(), folder):
        brought = _entries(folder, source) if source else 0
        cut = cut_end(folder)
        _anchors(folder)
    if (folder / JOURNAL).stat().st_size == 0:
        return Mended(cut)
    with store.open_journal(folder) as (_, checked):
        files = tuple(_files(folder, checked, source)) if source else ()
    checked = store.load(folder)
    return Mended(cut, brought, files, tuple(_missing(folder, checked)))


def _anchors(folder: Path) -> None:
    """Write tree heads again that follow from the journal and of which only the beginning is here."""
    checked = check((folder / JOURNAL).read_bytes(), (folder / BODIES).read_bytes())
    for number, head in enumerate(checked.anchors, 1):
        path = anchor_path(folder, number)
        there = path.read_bytes() if path.is_file() else b""
        if there != head.data and head.data.startswith(there):
            disk.keep(path, head.data)


def _entries(folder: Path, source: Source) -> int:
    """Bring entries behind the end from a bundle whose journal begins with the lines that are here; how many."""
    given = (folder / JOURNAL).read_bytes(), (folder / BODIES).read_bytes()
    whole = whole_part(*given)
    here = split_lines(whole[0])[0]
    there = source.journal.lines
    if list(there[: len(here)]) != here:
        raise InputRefused(
            text("The bundle is of another case, or the two journals went different ways."),
            text("Nothing was changed; the case is as it was."),
            text("Compare both: heller journal compare CASE BUNDLE"),
        )
    more = there[len(here) :]
    lacking = [n for n in range(len(here), len(there)) if n not in source.bodies and not _erased(source, n)]
    if not more or lacking:
        return 0
    aside = b"".join(data[len(part) :] for data, part in zip(given, whole, strict=True))
    if aside:
        disk.keep(folder / RECOVERED / sha256(aside).hexdigest(), aside)
    bodies = [source.bodies[n] for n in range(len(here), len(there)) if n in source.bodies]
    disk.keep(folder / BODIES, whole[1] + whole_lines(bodies))
    handle = open_handle(folder / JOURNAL, os.O_RDWR)  # kept open by its lock: written in place
    try:
        os.ftruncate(handle, len(whole[0]))
        os.lseek(handle, 0, os.SEEK_END)
        disk.write_all(handle, whole_lines(more))
        files.sync(handle)
    finally:
        os.close(handle)
    return len(more)


def _erased(source: Source, number: int) -> bool:
    return any(e.kind == "erased" and (e.body or {}).get("entry") == number for e in source.journal.entries)


def _places(folder: Path, checked: Checked) -> Iterator[tuple[str, Path, str]]:
    """Each file that the journal names: its name in a bundle, where it lies here, its digest."""
    for digest in names_of(checked.entries):
        yield f"data/objects/{digest[:2]}/{digest}", object_path(folder, digest), digest
    for name, digest in segments(checked.entries).items():
        yield f"data/samples/{name}", segment_path(folder, name), digest
    for number, head in enumerate(checked.anchors, 1):
        yield f"data/anchors/{number:06}.txt", anchor_path(folder, number), head.digest


def _files(folder: Path, checked: Checked, source: Source) -> Iterator[str]:
    """Bring files that are missing or changed; what lay there instead is set aside."""
    for name, path, digest in _places(folder, checked):
        if digest_of(path) == digest or name not in source.files:
            continue
        data = bytes(source.files[name])
        if sha256(data).hexdigest() != digest:
            continue
        store.set_aside(folder, path)
        disk.keep(path, data)
        yield path.relative_to(folder).as_posix()


def _missing(folder: Path, checked: Checked) -> Iterator[str]:
    for _, path, digest in _places(folder, checked):
        if digest_of(path) != digest:
            yield path.relative_to(folder).as_posix()
