"""Seals samples into Parquet: one file per hour and session, sorted by target, its head inside.

Runs in a process of its own, so that the watch needs no polars. What is in a file says exactly which rows
of the watch's SQLite file it holds, so nothing is sealed twice and nothing is left out.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller.machine import files
from heller.model.sample import (
    COLUMNS,
    LOST,
    MORE_COLUMNS,
    Carrier,
    Outcome,
    SampleHeader,
    Upset,
    UpsetKind,
    run_lengths,
)
from heller.watch.keeping import packed, sessions, store
from heller.watch.keeping.store import Marks

if TYPE_CHECKING:
    import polars as pl

HOUR = 3_600_000_000  # microseconds
KEY, PHASES = "heller", "heller.phases"  # in the metadata: the head, the parts of HTTPS probes
SETTLED = 20_000_000  # microseconds after which no answer comes late any more (row.LATE_S and a deadline)
ENDING = (UpsetKind.SUSPEND, UpsetKind.FREEZE, UpsetKind.REBOOT, UpsetKind.STOP)  # nobody watched meanwhile
LEVEL = 3  # of zstd: the round trips are noise, which 9 packs no better (docs/watch.md)
NEAR = 5_000  # rows within which the late answer to a probe stands


class Piece(Struct, frozen=True):
    """What one segment holds: rows (after, until] of each table of one session."""

    session: int
    head: SampleHeader
    after: Marks
    until: Marks


class Segment(Struct, frozen=True):
    """A sealed file: its name, digest, period in microseconds, counts, and the rows it came from."""

    name: str
    digest: str
    size: int
    start: int
    end: int
    samples: int
    lost: int
    session: str
    store: str
    since: Marks
    until: Marks
    set_aside: str = ""  # the first: where a broken file lies that was found before


def pieces(db: sqlite3.Connection, sealed: Marks, *, running: bool, hours: bool = True) -> Iterator[Piece]:
    """What is to be sealed, in order: each session cut at full hours. Of a session that is `running` the
    hour at hand is left for later; without `hours` it is sealed as far as no answer can come late any more."""
    known = list(sessions.all_sessions(db))
    after = sealed
    for number, head in known:
        ends = [Marks(*row) for row in db.execute(_CUTS, (HOUR, number, sealed.tick))][:-1]
        if not running or number != known[-1][0]:
            ends.append(_rest(db, number))
        elif not hours:
            ends += [Marks(*row) for row in db.execute(_SETTLED, (number, SETTLED))]
        for until in ends:
            until = Marks(*map(max, until, after))
            if until != after:
                yield Piece(number, head, after, until)
                after = until


# The last tick of each hour, with the samples and upsets that were there by then.
_CUTS = """
SELECT max(id), max(sample), max(upset) FROM tick
WHERE session = ?2 AND id > ?3 GROUP BY at / ?1 ORDER BY 1
"""

_SETTLED = """
SELECT id, sample, upset FROM tick WHERE session = ?1
AND at <= (SELECT max(at) FROM tick WHERE session = ?1) - ?2 ORDER BY id DESC LIMIT 1
"""


def _rest(db: sqlite3.Connection, session: int) -> Marks:
    """The last rows of a session."""
    found = (
        db.execute(
            f"SELECT coalesce(max({number}), 0) FROM {table} WHERE session = ?", (session,)
        ).fetchone()[0]
        for table, number in (("tick", "id"), ("block", "last"), ("upset", "id"))
    )
    return Marks(*found)


def seal(db: sqlite3.Connection, piece: Piece, folder: Path, taken: set[str]) -> Segment:
    """Write one segment into a case's folder of samples; names `taken` are in the journal and stay."""
    import polars as pl

    frame, head = table(db, piece)
    start, end = _period(frame, head)
    name = _name(start, taken)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = save(frame, head, folder / name, _phases(db, piece, head))
    return Segment(
        name=name,
        digest=digest,
        size=size,
        start=start,
        end=end,
        samples=frame.height,
        lost=frame.filter(pl.col("outcome").is_in([int(o) for o in LOST])).height,
        session=head.session,
        store=store.meta(db, "store"),
        since=piece.after,
        until=piece.until,
        set_aside="" if any(piece.after) else store.meta(db, "set_aside"),
    )


def table(db: sqlite3.Connection, piece: Piece) -> tuple[pl.DataFrame, SampleHeader]:
    """The samples of a piece as `model.sample` says, and their head: when the watch ran, its upsets, bytes."""
    import polars as pl

    frame = _final(db, piece).sort("target", "at")
    sent = _bytes_by_uplink(frame, piece.head)
    frame = frame.with_columns(
        pl.col("rtt").fill_null(float("nan")),
        width=pl.lit(0, pl.Int64),
        row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
    )
    upsets = _upsets(db, piece)
    head = replace(
        piece.head,
        watched=_watched(db, piece, upsets),
        upsets=upsets,
        sent_bytes=sent,
        **_clock(db, piece),
    )
    kinds = (COLUMNS | MORE_COLUMNS).items()
    columns = frame.select([pl.col(name).cast(getattr(pl, kind)) for name, kind in kinds])
    return columns, replace(head, carriers=_carriers(db, piece, head))


def _carriers(db: sqlite3.Connection, piece: Piece, head: SampleHeader) -> tuple[Carrier, ...]:
    """Who carried in the time of a piece."""
    if not head.watched:
        return ()
    found = db.execute(
        "SELECT body FROM carrier WHERE session = ? AND at >= ? AND at < ? ORDER BY at",
        (piece.session, head.watched[0][0], head.watched[-1][1]),
    )
    return run_lengths(msgspec.json.decode(raw, type=Carrier) for (raw,) in found)


def _final(db: sqlite3.Connection, piece: Piece) -> pl.DataFrame:
    """The samples of a piece, each as it ended: an answer that came late stands in the place of its loss,
    in the piece in which the loss stands."""
    import polars as pl

    first, last = piece.after.sample, piece.until.sample
    held = db.execute(
        "SELECT first, body FROM block WHERE session = ? AND last > ? AND first <= ? ORDER BY last",
        (piece.session, first - NEAR, last + NEAR),
    )
    frame = packed.frame(held.fetchall()).filter(pl.col("id").is_between(first - NEAR, last + NEAR))
    ended, probe = frame, ["target", "at"]
    if (frame["outcome"] == int(Outcome.LATE)).any():
        ended = frame.unique(probe, keep="last", maintain_order=True)
        begun = frame.unique(probe, keep="first").select(*probe, "id")
        ended = ended.drop("id").join(begun, on=probe)
    return ended.filter(pl.col("id").is_between(first, last, closed="right"))


def _clock(db: sqlite3.Connection, piece: Piece) -> dict[str, Any]:
    """What the wall clock may be off at most, in microseconds, and whether something kept it in step."""
    error, sync = db.execute(
        "SELECT max(error), CASE WHEN count(DISTINCT sync) = 1 THEN max(sync) WHEN sum(sync = 'none') THEN 'none'"
        " ELSE 'unknown' END FROM tick WHERE session = ? AND id > ? AND id <= ?",
        (piece.session, piece.after.tick, piece.until.tick),
    ).fetchone()
    return {} if error is None else {"clock": error, "sync": sync}


def _phases(db: sqlite3.Connection, piece: Piece, head: SampleHeader) -> list[tuple[Any, ...]]:
    """The parts of the HTTPS probes of a piece, by the time of their ticks."""
    if not head.watched:
        return []
    found = db.execute(
        "SELECT target, at, dns, tcp, tls, first_byte, status FROM phase"
        " WHERE session = ? AND at >= ? AND at < ? ORDER BY at",
        (piece.session, head.watched[0][0], head.watched[-1][1]),
    )
    return found.fetchall()


def _bytes_by_uplink(frame: pl.DataFrame, head: SampleHeader) -> dict[str, int]:
    """Bytes per uplink, both ways, as the probes counted them."""
    import polars as pl

    uplinks = sessions.targets_of(head)
    sent: dict[str, int] = {}
    for number, count in frame.group_by("target", maintain_order=True).agg(pl.col("bytes").sum()).rows():
        uplink = uplinks[number].uplink if number in uplinks else ""
        sent[uplink] = sent.get(uplink, 0) + count
    return sent


def _watched(db: sqlite3.Connection, piece: Piece, upsets: Sequence[Upset]) -> tuple[tuple[int, int], ...]:
    ticks = db.execute(
        "SELECT at, kept FROM tick WHERE session = ? AND id > ? AND id <= ? ORDER BY id",
        (piece.session, piece.after.tick, piece.until.tick),
    ).fetchall()
    before = db.execute(
        "SELECT at FROM tick WHERE session = ? AND id = ?", (piece.session, piece.after.tick)
    ).fetchone()
    cuts = [(u.start, u.end) for u in upsets if u.kind in ENDING and not u.uplink]
    return sessions.spans_watched(ticks, before[0] if before else None, cuts)


def _upsets(db: sqlite3.Connection, piece: Piece) -> tuple[Upset, ...]:
    found = db.execute(
        'SELECT kind, start, "end", uplink, amount FROM upset WHERE session = ? AND id > ? AND id <= ?',
        (piece.session, piece.after.upset, piece.until.upset),
    )
    return tuple(Upset(UpsetKind(kind), start, end, uplink, n) for kind, start, end, uplink, n in found)


def _period(frame: pl.DataFrame, head: SampleHeader) -> tuple[int, int]:
    """From the first moment that a segment tells of to the last."""
    moments: list[Any] = [moment for span in head.watched for moment in span]
    if frame.height:
        moments += [frame["at"].min(), frame["at"].max()]
    moments = moments or [moment for u in head.upsets for moment in (u.start, u.end)] or [0]
    return min(moments), max(moments)


def _name(start: int, taken: set[str]) -> str:
    """The name by its start; a clock that was set back may bring a second one of the same second."""
    stem = datetime.fromtimestamp(start / 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (f"{stem}.parquet", *(f"{stem}-{n}.parquet" for n in range(2, 10_000)))
    return next(name for name in names if name not in taken)


def save(
    frame: pl.DataFrame, head: SampleHeader, path: Path, phases: Sequence[tuple[Any, ...]] = ()
) -> tuple[str, int]:
    """Write a segment whole or not at all, on the disk before this returns; its SHA-256 and size."""
    part = path.with_name(path.name + ".tmp")
    words = {KEY: msgspec.json.encode(head).decode(), PHASES: msgspec.json.encode(phases).decode()}
    try:
        frame.write_parquet(part, compression="zstd", compression_level=LEVEL, metadata=words)
        with part.open("rb") as file:
            digest = sha256(file.read()).hexdigest()
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        part.replace(path)
        files.sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return digest, size
