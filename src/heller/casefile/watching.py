"""From a watch into the case: seals what it measured, names it in the journal, and finds it again there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from heller.casefile.fold import zone_of
from heller.intake.monitors.sealed_samples import open_segment
from heller.journal import store as journal
from heller.journal.appender import Appender
from heller.journal.checking.originals import digest_of, segments
from heller.journal.clock import read_clock
from heller.journal.disk import failing, keep
from heller.journal.entry import Entry
from heller.journal.places import SAMPLES, segment_path
from heller.machine import locks
from heller.machine.files import open_handle
from heller.model.errors import InputRefused, JournalBroken
from heller.model.finding import Finding, Weight
from heller.model.sample import PATH, SampleHeader, Target, UpsetKind
from heller.model.text import text
from heller.watch import pinglog
from heller.watch.keeping import lock, schema, sealing, segment, store
from heller.watch.keeping.segment import Segment
from heller.watch.keeping.store import Marks

if TYPE_CHECKING:
    import polars as pl

KIND = "segment"
SEALING = "sealing.lock"


def seal(folder: Path, *, hours: bool = False) -> tuple[Segment, ...]:
    """Seal what a watch left or measures now; `hours`: only hours that are over.

    Each file is written first, then its entry: killed between, it is written again and is the same. Raises
    NotACase, JournalBroken, StoreFailed.
    """
    home = folder / store.HOME
    journal.require_case(folder)
    db = store.reading(home)
    if db is None:
        return ()
    with failing(folder), _alone(home):
        try:
            schema.extend(db)
            return tuple(_sealed(folder, db, hours=hours))
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error)) from error
        finally:
            db.close()


def _sealed(folder: Path, db: sqlite3.Connection, *, hours: bool) -> Iterator[Segment]:
    home, name = folder / store.HOME, store.meta(db, "store")
    entries = journal.load(folder).entries
    taken = set(segments(entries))
    marks = marks_of(entries, name)
    with Appender(folder) as writer:  # the journal was checked once: there may be a year of hours to seal
        for piece in segment.pieces(db, marks, running=lock.is_held(home), hours=hours):
            found = segment.seal(db, piece, folder / SAMPLES, taken)
            writer.append([(KIND, body_of(found))], read_clock())
            taken.add(found.name)
            marks = piece.until
            yield found
    keep(home / sealing.SEALED, msgspec.json.encode((name, *marks)))


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process seals at a time; another one waits for it."""
    handle = open_handle(home / SEALING, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locks.wait_for(handle)
        yield
    finally:
        os.close(handle)


def body_of(found: Segment) -> dict[str, Any]:
    """What the journal says of a segment. No key stands before `digest` and `end`: the sheets of a bundle find
    the entry by them."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in plain.items() if value != ""
    }


def marks_of(entries: Sequence[Entry], name: str) -> Marks:
    """The last rows of one store that are in segments; the journal alone decides it."""
    found = [e.body for e in entries if e.kind == KIND and e.body is not None and e.body.get("store") == name]
    return Marks(*found[-1]["until"]) if found else Marks()


def seconds_to_seal(folder: Path) -> int:
    """How many seconds a watch has written that are in no segment yet; 0 where there is no watch."""
    db = store.reading(folder / store.HOME)
    if db is None:
        return 0
    try:
        marks = marks_of(journal.load(folder).entries, store.meta(db, "store"))
        found = db.execute("SELECT count(*) FROM tick WHERE id > ?", (marks.tick,)).fetchone()
        return int(found[0])
    except sqlite3.DatabaseError:  # what reads a case does not stop at a file that only a watch needs
        return 0
    finally:
        db.close()


def segment_of(folder: Path, name: str, digest: str) -> Path:
    """Where a segment lies; raises JournalBroken where it is missing or its bytes have changed."""
    path = segment_path(folder, name)
    if digest_of(path) != digest:
        raise _broken(name)
    return path


def samples(source: Path | bytes, name: str, digest: str) -> tuple[SampleHeader, pl.LazyFrame]:
    """SampleHeader and columns of a segment that the journal names and whose bytes are as they were."""
    try:
        return open_segment(source, name, digest)
    except InputRefused as error:
        raise _broken(name) from error


def _broken(name: str) -> JournalBroken:
    return JournalBroken(
        what=text("The segment {name} is missing or was changed.", name=name),
        why=text("The journal names this file by its digest; with other bytes it is no longer that file."),
        do=text("Copy the untouched file back to {path}.", path=f"{SAMPLES}/{name}"),
    )


def doubts(entries: Sequence[Entry], heads: Sequence[SampleHeader]) -> Iterator[Finding]:
    """What went wrong with keeping samples: a full disk, a file that broke."""
    full = sorted((u.start, u.end) for head in heads for u in head.upsets if u.kind is UpsetKind.DISK_FULL)
    if full:
        yield Finding(
            "watch.disk_full",
            text(
                "The disk of the watch was full between {start} and {end}; losses, answers and the time watched were "
                "kept, round trips were not.",
                start=_moment(full[0][0]),
                end=_moment(max(end for _, end in full)),
            ),
            weight=Weight.NOTE,
        )
    for entry in entries:
        if entry.kind == KIND and entry.body is not None and entry.body.get("set_aside"):
            yield Finding(
                "watch.set_aside",
                text(
                    "A file of the watch was broken and set aside before {when}; what it held and was not sealed "
                    "yet counts as not watched.",
                    when=_moment(int(entry.body["start"])),
                ),
                text("It lies in the folder watch/{name} of the case.", name=str(entry.body["set_aside"])),
            )
            return


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def export(
    folder: Path,
    place: Path,
    begin: datetime | None = None,
    end: datetime | None = None,
    done: Callable[[str], None] = lambda name: None,
) -> tuple[tuple[Path, int], ...]:
    """Write the echo requests of a time as `ping -D` would have, one file per uplink and address; returns the
    files and how many probes each holds. Times without a zone are those of the site. Raises InputRefused."""
    entries = journal.load(folder).entries
    zone = ZoneInfo(zone_of(entries))
    named = segments(entries)
    found = [samples(segment_of(folder, name, digest), name, digest) for name, digest in named.items()]
    period = (_micros(begin, zone, 0), _micros(end, zone, 1 << 62))
    with failing(folder):
        place.mkdir(parents=True, exist_ok=True)
        written = []
        for target in dict.fromkeys(_target(t) for head, _ in found for t in head.targets):
            name = pinglog.file_name(target)
            count = _exported(place / name, target, found, period)
            done(name)
            if count:
                written.append((place / name, count))
    if not written:
        raise InputRefused(
            what=text("Nothing was measured in that time."),
            why=text("An empty file would look as if nothing had answered."),
            do=text("See which times are sealed with: heller journal show {folder}", folder=str(folder)),
        )
    return tuple(written)


def _target(target: Target) -> Target:
    """The same wherever it is asked: without its number in one session."""
    return replace(target, number=0)


def _exported(
    path: Path, target: Target, found: Sequence[tuple[SampleHeader, pl.LazyFrame]], period: tuple[int, int]
) -> int:
    """Write one file; returns how many probes it holds, and leaves no empty one."""
    if target.protocol not in PATH:
        return 0
    sent: list[pinglog.Sent] = []
    spans: list[tuple[int, int]] = []
    for head, frame in found:
        numbers = [t.number for t in head.targets if _target(t) == target]
        if numbers:
            sent += _sent_probes(frame, numbers, period)
            spans += head.watched
    if sent:
        told = pinglog.lines(target.address, sorted(sent), join(spans), found[0][0].step)
        path.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    return len(sent)


def _sent_probes(frame: pl.LazyFrame, numbers: Sequence[int], period: tuple[int, int]) -> list[pinglog.Sent]:
    import polars as pl

    wanted = pl.col("target").is_in(numbers) & pl.col("at").is_between(*period, closed="left")
    return frame.filter(wanted).select("at", "outcome", "rtt").collect().rows()


def join(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _micros(moment: datetime | None, zone: ZoneInfo, default: int) -> int:
    if moment is None:
        return default
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return round(aware.timestamp() * 1_000_000)
