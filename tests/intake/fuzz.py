"""Breaks files in many ways and reads them: `python -m tests.intake.fuzz --minutes 10` (or `make fuzz`).

Every reader gets every broken file, not only the one that knows it. What counts as a fault: an exception
out of a reader, a finding 'reader-broke', a reading without a title, rows that do not add up, more than ten
seconds, more memory than the limit. A fault is printed with its seed, and the file is kept in `.fuzz/`.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.intake.samples import LARGEST, blob, samples

from heller import intake
from heller.intake import as_plain
from heller.intake.reading import HEAD, Reader, all_readers
from heller.model.errors import HellerError
from heller.model.record import Blob

BERLIN = ZoneInfo("Europe/Berlin")
SECONDS = 10.0
MEMORY = 2 << 30  # bytes of address space above what the process has when it begins
SLOW = frozenset(
    {"photo", "pdf"}
)  # readers that start a program or a renderer: asked for their own files only
OCR_SECONDS = 60.0  # recognising a page has a time limit of its own
SELDOM = (
    ".pdf",
    ".jpg",
    ".png",
    ".heic",
)  # one in twenty: their pictures are recognised, which takes seconds
TOKENS = (
    b";", b",", b"\t", b'"', b"\n", b"\r\n", b"\x00", b"-", b"1.000", b"1,00", b"9" * 40, b"31.02.2015", b"\xff\xfe",
    b"<", b"</", b">", b"&", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b":61:", b":86:", b":60F:C", b"EUR",
    b"BEGIN:VEVENT\n", b"END:VCALENDAR\n", b"EXTF;", b"sep=;\n", b"NaN", b"1E+999", b"\xc3", b"\xe2\x82\xac",
    b"S", b"H", b"12:61:00 PM", b"24:00", b"0000-00-00", b"29.02.2023", b"99991231", b"\xef\xbb\xbf",
)  # fmt: skip


def seeds() -> list[Blob]:
    """A sample at least for every reader."""
    return list(samples())


def broken(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """The same bytes after one to six accidents."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        ACCIDENTS[dice.randrange(len(ACCIDENTS))](out, other, dice)
    return bytes(out[: 2 * LARGEST])


def _at(out: bytearray, dice: random.Random) -> int:
    return dice.randrange(len(out) + 1)


def _flip(out: bytearray, other: bytes, dice: random.Random) -> None:
    if out:
        out[dice.randrange(len(out))] = dice.randrange(256)


def _cut(out: bytearray, other: bytes, dice: random.Random) -> None:
    del out[_at(out, dice) :]


def _drop(out: bytearray, other: bytes, dice: random.Random) -> None:
    at = _at(out, dice)
    del out[at : at + dice.randint(1, 200)]


def _double(out: bytearray, other: bytes, dice: random.Random) -> None:
    at = _at(out, dice)
    piece = bytes(out[at : at + dice.randint(1, 400)])
    out[at:at] = piece * dice.choice((1, 2, 50))


def _token(out: bytearray, other: bytes, dice: random.Random) -> None:
    at = _at(out, dice)
    out[at:at] = dice.choice(TOKENS)


def _splice(out: bytearray, other: bytes, dice: random.Random) -> None:
    at, begin = _at(out, dice), dice.randrange(len(other) + 1)
    out[at:at] = other[begin : begin + dice.randint(1, 2000)]


def _line(out: bytearray, other: bytes, dice: random.Random) -> None:
    """A line is taken out, doubled or moved."""
    lines = bytes(out).split(b"\n")
    at = dice.randrange(len(lines))
    taken = lines.pop(at) if dice.random() < 0.5 else lines[at]
    lines.insert(dice.randrange(len(lines) + 1), taken)
    out[:] = b"\n".join(lines)


Accident = Callable[[bytearray, bytes, random.Random], None]
ACCIDENTS: tuple[Accident, ...] = (_flip, _flip, _cut, _drop, _double, _token, _token, _splice, _line)


def faults(file: Blob) -> Iterator[str]:
    """What goes wrong when the surest reader and each single one read a file."""
    began = time.monotonic()
    reading = intake.read(file, BERLIN)
    yield from _doubted(reading.reader, reading.title, reading.rows, reading.rows_rejected)
    for finding in reading.findings:
        if finding.code == "reader-broke":
            yield f"the reader broke: {finding.text}"
    for document in as_plain.documents(reading):
        as_plain.as_json(document, str)
    if time.monotonic() - began > (OCR_SECONDS if reading.reader in SLOW else SECONDS):
        yield f"{reading.reader} took {time.monotonic() - began:.1f} s"
    for reader in all_readers().readers:
        if reader.NAME not in SLOW or reader.identify(file.data[:HEAD], file.name).score:
            yield from _alone(reader, file)


def _alone(reader: Reader, file: Blob) -> Iterator[str]:
    began = time.monotonic()
    try:
        score = reader.identify(file.data[:HEAD], file.name).score
        if not 0 <= score <= 100:
            yield f"{reader.NAME} is sure by {score}"
        reading = reader.read(file, BERLIN)
        yield from _doubted(reader.NAME, reading.title, reading.rows, reading.rows_rejected)
        if members := getattr(reader, "members", None):
            members(file)
    except HellerError:
        pass  # a refusal that says why
    except Exception:
        yield f"{reader.NAME} raised\n{traceback.format_exc(limit=-4)}"
    if time.monotonic() - began > (OCR_SECONDS if reader.NAME in SLOW else SECONDS):
        yield f"{reader.NAME} took {time.monotonic() - began:.1f} s"


def _doubted(name: str, title: str, rows: int, rejected: int) -> Iterator[str]:
    if not title:
        yield f"{name} gives no title"
    if not 0 <= rejected <= rows:
        yield f"{name} rejects {rejected} of {rows} rows"


def run(minutes: float, seed: int, keep: Path) -> int:
    """Break and read files until the time is over; the number of different faults."""
    dice, kept, count = random.Random(seed), Counter[str](), 0
    files = seeds()
    slowest, end = 0.0, time.monotonic() + minutes * 60
    _bound_memory()
    while time.monotonic() < end:
        one, other = dice.choice(files), dice.choice(files)
        if one.name.endswith(SELDOM) and dice.random() > 0.05:
            continue
        data = broken(one.data, other.data, dice)
        began = time.monotonic()
        for fault in faults(blob(one.name, data)):
            kind = fault.splitlines()[0] + fault[-120:]
            if not kept[kind]:
                keep.mkdir(exist_ok=True)
                (keep / f"{len(kept)}-{one.name}").write_bytes(data)
                print(f"FAULT {len(kept)} in {one.name}: {fault}", flush=True)
            kept[kind] += 1
        count += 1
        if not one.name.endswith(SELDOM):
            slowest = max(slowest, time.monotonic() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    readers = len(all_readers().readers)
    print(
        f"{count} broken files of {len(files)} seeds, {readers} readers each, {minutes:g} min, seed {seed}:"
    )
    print(
        f"{len(kept)} faults, slowest {slowest:.2f} s for all readers together (pictures apart), {peak} MB at most"
    )
    return len(kept)


def _bound_memory() -> None:
    """A reader that swells the memory gets a MemoryError, which counts as a fault."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=20150204)
    asked.add_argument("--keep", type=Path, default=Path(".fuzz"))
    given = asked.parse_args()
    return 1 if run(given.minutes, given.seed, given.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
