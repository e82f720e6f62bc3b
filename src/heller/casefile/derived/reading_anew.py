"""Reads originals anew, whatever is kept: in a process of its own, one after the other, or many on all processors.

A process is given the bytes of one original at a time, so no more lie in memory than are being read. What costs
more than a file may is a reading too: it says so, and nothing tries again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from heller.casefile.apart import process
from heller.casefile.apart.budget import Budget, Excess, OverBudget
from heller.casefile.derived.nouns import Nouns
from heller.casefile.derived.originals import Original, Read
from heller.model.column import Column
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

Told = Callable[[int, int], None]  # how many originals are read, and of how many
FEW = 40  # originals that one process has read before others have begun
UNREAD = "unread"  # the reader of what was not read


def packed(
    zone: str,
    shelf: str,
    name: str,
    digest: str,
    until: str,
    beside: list[str],
    data: bytes,
    log: bytes = b"",
) -> bytes:
    """What an original says, read here and now, as bytes: its columns, and the rest, which counts them.

    `shelf` is where recognised words are kept, `beside` name and digest of the log that belongs to it.
    """
    from heller import intake
    from heller.intake.paper import ocr

    columns: list[tuple[str, bytes]] = []

    def put(column: Column) -> int:
        columns.append((column.kind, column.data))
        return len(columns) - 1

    day = date.fromisoformat(until) if until else None
    blob = Blob(name, data, digest, day, Blob(beside[0], log, beside[1]) if beside else None)
    with ocr.shelf(Path(shelf) if shelf else None):
        found = intake.read(blob, ZoneInfo(zone))
    rest = Nouns(put, lambda raw: raw).encode(found, Reading)
    return msgspec.msgpack.encode((columns, rest))


def anew(blob: Blob, zone: ZoneInfo, shelf: Path | None = None, budget: Budget | None = None) -> Reading:
    """What an original says, read now, in the form in which it would be kept; or that it costs too much."""
    until = blob.until.isoformat() if blob.until else ""
    beside = [blob.beside.name, blob.beside.digest] if blob.beside else []
    values = (zone.key, str(shelf or ""), blob.name, blob.digest, until, beside)
    pieces = (blob.data, *((blob.beside.data,) if blob.beside else ()))
    try:
        found = process.ask("reading", values, pieces, budget)
    except OverBudget as over:
        return unread(blob.name, blob.digest, over.excess)
    except process.Broken:
        return unread(blob.name, blob.digest, Excess.ENDED)
    columns, rest = msgspec.msgpack.decode(found or b"", type=tuple[list[tuple[str, bytes]], bytes])
    made = [Column.packed(kind, data) for kind, data in columns]
    reading: Reading = Nouns(lambda column: column, made.__getitem__).decode(rest, Reading)
    return reading


def unread(name: str, digest: str, excess: Excess) -> Reading:
    """The reading of an original that was not read because it costs too much: an exhibit with a doubt."""
    what = text("{name} was not read: {why}. It is kept as an exhibit.", name=name, why=excess.said)
    do = text("Hand in the part of it that matters or another export, or enter by hand what it says.")
    doubt = Finding(f"{UNREAD}-{excess.value}", what, do, Weight.REFUSED, Locator(digest))
    return Reading(UNREAD, name, findings=(doubt,))


def excess_of(reading: Reading) -> Excess | None:
    """What an original took too much of; None where it was read."""
    if reading.reader != UNREAD:
        return None
    return Excess(reading.findings[0].code.removeprefix(f"{UNREAD}-"))


def reader(
    zone: ZoneInfo,
    get: Callable[[str], bytes],
    told: Told = lambda read, of: None,
    budget: Budget | None = None,
) -> Read:
    """Reads all originals that it is asked for; `get` gives their bytes, `told` hears how far it is."""

    def read(wanted: Iterable[Original]) -> Mapping[str, Reading]:
        originals = list(wanted)
        found = {}
        for digest, reading in _each(originals, partial(_one, zone=zone, get=get, budget=budget)):
            found[digest] = reading
            told(len(found), len(originals))
        return found

    return read


def _one(
    original: Original, zone: ZoneInfo, get: Callable[[str], bytes], budget: Budget | None
) -> tuple[str, Reading]:
    if original.excess:
        return original.digest, unread(original.name, original.digest, Excess(original.excess))
    return original.digest, anew(original.blob(get), zone, budget=budget)


def _each(
    originals: Sequence[Original], one: Callable[[Original], tuple[str, Reading]]
) -> Iterator[tuple[str, Reading]]:
    workers = os.cpu_count() or 1
    if workers == 1 or len(originals) <= FEW:
        yield from map(one, originals)
        return
    with ThreadPoolExecutor(workers) as pool:  # each thread asks a process of its own
        left = iter(originals)
        running: set[Future[tuple[str, Reading]]] = set()
        while True:
            running |= {pool.submit(one, original) for original in islice(left, workers + 1 - len(running))}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
