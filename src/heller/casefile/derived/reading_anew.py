"""Reads originals anew, whatever is kept: in a process of its own, one after the other, or many on all processors.

A process is given the bytes of one original at a time, so no more lie in memory than are being read. What costs
more than a file may is a reading too: it says so, and nothing tries again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
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

if TYPE_CHECKING:
    from concurrent.futures import Future

    from heller.casefile.derived.premises import Premises
    from heller.intake.bank.profile import Profile

Told = Callable[[int, int], None]  # how many originals are read, and of how many
FEW = 40  # originals that one process has read before others have begun
UNREAD = "unread"  # the reader of what was not read
Answer = tuple[list[tuple[str, bytes]], bytes, tuple[str, ...]]


class Ask(NamedTuple):
    """What another process is told of an original beside its bytes: name and digest, its last day, name and digest
    of the log that belongs to it, the zone, confirmed layouts of tables, where recognised words are kept."""

    name: str
    digest: str
    until: str
    beside: Sequence[str]
    zone: str
    layouts: Mapping[str, Mapping[str, Any]]
    shelf: str


def packed(*told: Any) -> bytes:
    """What an original says, read here and now, as bytes: its columns, the rest, which counts them, and which
    layouts it was read by. `told` are the values of `Ask`, then its bytes and those of its log."""
    from heller import intake
    from heller.intake.bank import profile

    (*values, data), log = (told, b"") if len(told) == len(Ask._fields) + 1 else (told[:-1], told[-1])
    ask = Ask(*values)

    columns: list[tuple[str, bytes]] = []

    def put(column: Column) -> int:
        columns.append((column.kind, column.data))
        return len(columns) - 1

    day = date.fromisoformat(ask.until) if ask.until else None
    beside = Blob(ask.beside[0], log, ask.beside[1]) if ask.beside else None
    layouts = {key: profile.read_plain(one) for key, one in ask.layouts.items()}
    with _shelf(ask.shelf), profile.using(layouts) as known:
        found = intake.read(Blob(ask.name, data, ask.digest, day, beside), ZoneInfo(ask.zone))
    rest = Nouns(put, lambda raw: raw).encode(found, Reading)
    return msgspec.msgpack.encode((columns, rest, sorted(known.used)))


def _shelf(folder: str) -> AbstractContextManager[None]:
    if not folder:
        return nullcontext()
    from heller.intake.paper import ocr

    return ocr.shelf(Path(folder))


def anew(
    blob: Blob,
    zone: ZoneInfo,
    layouts: Mapping[str, Profile] = MappingProxyType({}),
    shelf: Path | None = None,
    budget: Budget | None = None,
) -> Reading:
    """What an original says, read now, in the form in which it would be kept; or that it costs too much."""
    return with_layouts(blob, zone, layouts, shelf, budget)[0]


def with_layouts(
    blob: Blob,
    zone: ZoneInfo,
    layouts: Mapping[str, Profile],
    shelf: Path | None = None,
    budget: Budget | None = None,
) -> tuple[Reading, tuple[str, ...]]:
    """The same, and which of the confirmed layouts it was read by."""
    until = blob.until.isoformat() if blob.until else ""
    beside = (blob.beside.name, blob.beside.digest) if blob.beside else ()
    plain = {key: msgspec.to_builtins(one) for key, one in layouts.items()}
    values = Ask(blob.name, blob.digest, until, beside, zone.key, plain, str(shelf or ""))
    pieces = (blob.data, *((blob.beside.data,) if blob.beside else ()))
    try:
        found = _twice(values, pieces, budget)
    except OverBudget as over:
        return unread(blob.name, blob.digest, over.excess), ()
    except process.Broken:
        return unread(blob.name, blob.digest, Excess.ENDED), ()
    columns, rest, used = msgspec.msgpack.decode(found or b"", type=Answer)
    made = [Column.packed(kind, data) for kind, data in columns]
    reading: Reading = Nouns(lambda column: column, made.__getitem__).decode(rest, Reading)
    return reading, used


def _twice(values: Ask, pieces: Sequence[bytes], budget: Budget | None) -> bytes | None:
    """Asked again where the process was ended, once: somebody else may have ended it."""
    try:
        return process.ask("reading", values, pieces, budget)
    except OverBudget as over:
        if over.excess is not Excess.ENDED:
            raise
        return process.ask("reading", values, pieces, budget)


def unread(name: str, digest: str, excess: Excess) -> Reading:
    """The reading of an original that was not read because it costs too much: an exhibit with a doubt."""
    what = text("{name} was not read: {why}. It is kept as an exhibit.", name=name, why=excess.said)
    do = text("Add the part of it that matters or another export, or enter by hand what it says.")
    doubt = Finding(f"{UNREAD}-{excess.value}", what, do, Weight.REFUSED, Locator(digest))
    return Reading(UNREAD, name, findings=(doubt,))


def excess_of(reading: Reading) -> Excess | None:
    """What an original took too much of; None where it was read."""
    if reading.reader != UNREAD:
        return None
    return Excess(reading.findings[0].code.removeprefix(f"{UNREAD}-"))


def reader(
    premises: Premises,
    get: Callable[[str], bytes],
    told: Told = lambda read, of: None,
    budget: Budget | None = None,
) -> Read:
    """Reads all originals that it is asked for; `get` gives their bytes, `told` hears how far it is."""

    def read(wanted: Iterable[Original]) -> Mapping[str, Reading]:
        originals = list(wanted)
        found = {}
        for digest, reading in _each(originals, partial(_one, premises=premises, get=get, budget=budget)):
            found[digest] = reading
            told(len(found), len(originals))
        return found

    return read


def _one(
    original: Original, premises: Premises, get: Callable[[str], bytes], budget: Budget | None
) -> tuple[str, Reading]:
    if original.excess:
        return original.digest, unread(original.name, original.digest, Excess(original.excess))
    return original.digest, anew(original.blob(get), premises.zone, premises.layouts, budget=budget)


def _each(
    originals: Sequence[Original], one: Callable[[Original], tuple[str, Reading]]
) -> Iterator[tuple[str, Reading]]:
    workers = os.cpu_count() or 1
    if workers == 1 or len(originals) <= FEW:
        yield from map(one, originals)
        return
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(workers) as pool:  # each thread asks a process of its own
        left = iter(originals)
        running: set[Future[tuple[str, Reading]]] = set()
        while True:
            running |= {pool.submit(one, original) for original in islice(left, workers + 1 - len(running))}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
