"""Reads originals anew, whatever is kept: one after the other, or many on all processors.

Each process is given the bytes of one original at a time, so no more lie in memory than are being read.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice

from heller.casefile.derived.nouns import Nouns
from heller.casefile.derived.originals import Original, Read
from heller.casefile.derived.premises import Premises
from heller.intake.bank import profile
from heller.model.column import Column
from heller.model.record import Blob, Reading

Told = Callable[[int, int], None]  # how many originals are read, and of how many
FEW = 40  # originals that one process has read before others have begun


def anew(blob: Blob, premises: Premises) -> Reading:
    """What an original says, read now, in the form in which it would be kept."""
    from heller import pipeline  # who reads nothing anew does not pay for it

    columns: list[Column] = []

    def put(column: Column) -> int:
        columns.append(column)
        return len(columns) - 1

    nouns = Nouns(put, columns.__getitem__)
    with profile.using(premises.layouts):
        read = pipeline.read([blob], premises.zone)[blob.digest]
    reading: Reading = nouns.decode(nouns.encode(read, Reading), Reading)
    return reading


def reader(premises: Premises, get: Callable[[str], bytes], told: Told = lambda read, of: None) -> Read:
    """Reads all originals that it is asked for; `get` gives their bytes, `told` hears how far it is."""

    def read(wanted: Iterable[Original]) -> Mapping[str, Reading]:
        originals = list(wanted)
        found = {}
        for digest, reading in _each(originals, premises, get):
            found[digest] = reading
            told(len(found), len(originals))
        return found

    return read


def _each(
    originals: Sequence[Original], premises: Premises, get: Callable[[str], bytes]
) -> Iterator[tuple[str, Reading]]:
    workers = os.cpu_count() or 1
    if workers == 1 or len(originals) <= FEW:
        yield from ((one.digest, anew(one.blob(get), premises)) for one in originals)
        return
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        left = iter(originals)
        running: dict[Future[Reading], str] = {}
        while True:
            for one in islice(left, workers + 1 - len(running)):
                running[pool.submit(anew, one.blob(get), premises)] = one.digest
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            yield from ((running.pop(future), future.result()) for future in done)
