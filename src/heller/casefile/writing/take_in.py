"""Taking files in: the original is kept by digest, an entry names it, nothing is read twice."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.casefile.derived.readings import Readings, originals
from heller.casefile.fold import exhibit_numbers, zone_of
from heller.intake import from_disk
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.entry import Entry
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import text


class Added(Struct, frozen=True):
    """A file that was handed in: its exhibit number, what it says, and whether it was there already."""

    name: str
    number: int
    reading: Reading
    known: bool


def files_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files, folders walked in order of name; hidden files are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
            found.extend(inside)
        else:
            found.append(path)
    return tuple(found)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def add(
    folder: Path,
    paths: Sequence[Path],
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> tuple[Added, ...]:
    """Take files in, all or none. Raises InputRefused, NotACase, StoreFailed; then the case is as it was."""
    why = text("Nothing was added; the case is as it was.")
    found = (from_disk.blob(path, why) for path in from_disk.with_logs(files_of(paths)))
    return take_in(folder, ((file.name, file.data) for file in found), now, progress)


def take_in(
    folder: Path,
    named: Iterable[tuple[str, bytes]],
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> tuple[Added, ...]:
    """Take in files that are given as name and bytes (an upload)."""
    with store.open_journal(folder) as (
        writer,
        checked,
    ):  # nobody erases an original that is about to be named
        known, taken = _numbers(checked.entries)
        fresh: list[str] = []
        bodies: list[tuple[str, dict[str, Any]]] = []
        order: list[tuple[Blob, bool]] = []
        try:
            for name, data in named:
                digest, new = store.put_object(folder, data)
                if new:
                    fresh.append(digest)
                body = {"digest": digest, "name": name, "media": media_type(name), "size": len(data)}
                twin = digest in known
                bodies.append(("double" if twin else "exhibit", body))
                taken += not twin
                known.setdefault(digest, taken)
                order.append((Blob(name, data, digest), twin))
            writer.append_held(_some(bodies), read_clock(now))
        except BaseException:
            for digest in fresh:
                store.object_path(folder, digest).unlink(missing_ok=True)
            raise
    get = {blob.digest: blob.data for blob, _ in order}.__getitem__
    read = Readings(folder, ZoneInfo(zone_of(checked.entries)), get, progress)
    readings = read(originals({blob.digest: blob.name for blob, _ in order}))
    return tuple(Added(blob.name, known[blob.digest], readings[blob.digest], twin) for blob, twin in order)


def _some(bodies: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The entries to write; raises InputRefused where there are none."""
    if not bodies:
        raise InputRefused(
            what=text("There is no file to take in."),
            why=text("An empty folder holds no receipt and no record."),
            do=text("Name the files, or a folder that holds them."),
        )
    return bodies


def _numbers(entries: Sequence[Entry]) -> tuple[dict[str, int], int]:
    """The number of each exhibit by its digest, and how many numbers are given: an erased one keeps its."""
    numbers = exhibit_numbers(entries)
    held = {e.body["digest"]: numbers[e.seq] for e in entries if e.seq in numbers and e.body is not None}
    return held, len(numbers)


def media_type(name: str) -> str:
    """The media type that a name suggests."""
    own = {".eml": "message/rfc822", ".log": "text/plain", ".sta": "text/plain", ".csv": "text/csv"}
    suffix = Path(name).suffix.lower()
    return own.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
