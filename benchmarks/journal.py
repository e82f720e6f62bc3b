"""How fast the journal writes and checks, in one run against the limits of the same machine.

    python benchmarks/journal.py [--folder DIR] [--json]

Every figure stands beside what the bare disk or bare hashlib reaches in the same minute, block by block in
turn, so that a busy machine slows both. `--folder` chooses the disk that is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from heller.journal import store
from heller.journal.appender import Appender
from heller.journal.checking import originals
from heller.journal.checking.check import walk
from heller.journal.entry import NO_PREVIOUS, Breach, Clock, Entry, seal_all
from heller.journal.places import BODIES, JOURNAL, object_path

BLOCKS, IN_BLOCK = 12, 40  # single appends
GROUP, GROUPS = 100, 60  # records of a group, groups of a block
RECORDS = 100_000
GIGABYTE, FILES = 10**9, 40
SAMPLE = {"line": "sdsl", "rtt_us": 18_734, "sent": "2026-03-02T09:58:12.123456Z", "target": "192.0.2.1"}


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Bare:
    """The same bytes in bare files: one, or the two that an entry has, synced in turn."""

    def __init__(self, folder: Path, lines: int, bodies: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.files = [os.open(folder / name, flags, 0o600) for name in ("bare.1", "bare.2")]
        self.data = [b"x" * lines, b"x" * bodies]

    def one(self, times: int, more: int = 1) -> None:
        """Line and body in one file, one sync."""
        for _ in range(times):
            os.write(self.files[0], (self.data[0] + self.data[1]) * more)
            os.fdatasync(self.files[0])

    def two(self, times: int, more: int = 1) -> None:
        """Each in its own file, each synced."""
        for _ in range(times):
            for file, data in zip(self.files, self.data, strict=True):
                os.write(file, data * more)
                os.fdatasync(file)


def appends(folder: Path) -> dict[str, float]:
    """Durable appends, one entry each, and groups of a hundred."""
    case = folder / "case"
    store.create(case)
    store.append(case, [("opened", {"case": "bench"})])
    bare = Bare(folder, 372, 200)
    one: list[float] = []
    two: list[float] = []
    ours: list[float] = []
    groups: list[float] = []
    bare_groups: list[float] = []
    told = [("sample", SAMPLE)] * GROUP
    with Appender(case) as writer:
        for _ in range(BLOCKS):
            one.append(IN_BLOCK / timed(lambda: bare.one(IN_BLOCK)))
            two.append(IN_BLOCK / timed(lambda: bare.two(IN_BLOCK)))
            ours.append(
                IN_BLOCK / timed(lambda: [writer.append([("sample", SAMPLE)]) for _ in range(IN_BLOCK)])
            )
            bare_groups.append(GROUPS * GROUP / timed(lambda: bare.two(GROUPS, GROUP)))
            groups.append(GROUPS * GROUP / timed(lambda: [writer.append(told) for _ in range(GROUPS)]))
    return {
        "bare fdatasync, one file, per second": statistics.median(one),
        "bare fdatasync, two files, per second": statistics.median(two),
        "durable appends, per second": statistics.median(ours),
        "share of one file": statistics.median(a / b for a, b in zip(ours, one, strict=True)),
        "share of the two files that an entry has": statistics.median(
            a / b for a, b in zip(ours, two, strict=True)
        ),
        "records in groups of 100, per second": statistics.median(groups),
        "records in groups of 100, per second, best block": max(groups),
        "bare records in groups of 100, per second": statistics.median(bare_groups),
    }


def sealing() -> dict[str, float]:
    """Sealing alone: what the processor allows where the disk costs nothing."""
    clock = Clock("2026-03-02T09:58:12.123456Z", 1, "boot", "ntp")
    told, salts = [("sample", SAMPLE)] * GROUP, os.urandom(32 * GROUP)
    best = min(
        timed(lambda: [seal_all(0, NO_PREVIOUS, told, salts, clock) for _ in range(50)]) for _ in range(7)
    )
    return {"records sealed, per second": 50 * GROUP / best}


def written(case: Path) -> None:
    """A case of 100,000 records."""
    store.create(case)
    with Appender(case) as writer:
        writer.append([("opened", {"case": "bench"})])
        for _ in range(RECORDS // 1000):
            writer.append([("sample", SAMPLE)] * 1000)


def peak() -> float:
    """The most memory that this process ever held, in megabytes; Linux tells it since its own start."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check_once(case: Path) -> None:
    """In a process of its own: seconds, and megabytes above what the process had before."""
    before = peak()
    found: list[Breach] = []
    begun, used = time.perf_counter(), time.process_time()
    with (case / JOURNAL).open("rb") as journal, (case / BODIES).open("rb") as bodies:
        count = sum(1 for _ in walk(journal, bodies, found.append))
    took, cpu = time.perf_counter() - begun, time.process_time() - used
    assert count >= RECORDS and not found
    print(json.dumps([took, cpu, peak() - before]))


def records(folder: Path) -> dict[str, float]:
    """100,000 records: every number, hash, commitment and canonical form."""
    case = folder / "records"
    written(case)
    runs = []
    for _ in range(5):
        command = [sys.executable, __file__, "--check", str(case)]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    length = (case / JOURNAL).stat().st_size + (case / BODIES).stat().st_size
    return {
        "100,000 records, seconds, median": statistics.median(run[0] for run in runs),
        "100,000 records, seconds, best": min(run[0] for run in runs),
        "100,000 records, processor seconds, median": statistics.median(run[1] for run in runs),
        "100,000 records, megabytes above baseline": max(run[2] for run in runs),
        "100,000 records, megabytes on disk": length / 10**6,
    }


def objects(folder: Path) -> dict[str, float]:
    """1 GB of originals against hashlib over the same bytes in memory."""
    piece = random.Random(1).randbytes(GIGABYTE // FILES)
    entries = []
    for number in range(FILES):
        data = number.to_bytes(8, "big") + piece[8:]
        digest = hashlib.sha256(data).hexdigest()
        path = object_path(folder, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        entries.append(Entry(number, "exhibit", "", "", "", {"digest": digest}))
    bare, ours = [], []
    for _ in range(3):
        bare.append(timed(lambda: [hashlib.sha256(piece).digest() for _ in range(FILES)]))
        ours.append(timed(lambda: list(originals.check_originals(folder, entries))))
    return {
        "1 GB by hashlib in memory, seconds": statistics.median(bare),
        "1 GB of originals, seconds": statistics.median(ours),
        "share of hashlib's rate": statistics.median(b / o for b, o in zip(bare, ours, strict=True)),
    }


def main() -> None:
    """All of it, or one check for `records`."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--folder", type=Path, default=None)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.check is not None:
        check_once(given.check)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        found = {**appends(folder), **sealing(), **records(folder), **objects(folder)}
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for what, value in found.items():
        print(f"{what:52} {value:12,.2f}")


if __name__ == "__main__":
    main()
