"""What a watch keeps: committed once a second, there after kill -9, on a full disk, beside a broken file."""

from __future__ import annotations

import math
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.watch.watch_world import BEGIN, NAN, SECOND, TARGETS, head, row, tick

from heller.model.errors import StoreFailed
from heller.model.sample import Outcome, Upset, UpsetKind
from heller.watch.keeping import ballast, keeper, lock, packed, schema, sessions, store
from heller.watch.keeping.keeper import Keeper
from heller.watch.keeping.store import Batch, Ticked
from heller.watch.rows import ProbeRow

KILLS = int(os.environ.get("HELLER_KILLS", "30"))
EACH = 25  # kills of one file, before a new one is begun
ROOM = 1 << 20  # bytes of the ballast in tests


def rows_of(home: Path) -> list[tuple[int, int, int]]:
    """Target, time and outcome of every sample that is there."""
    db = store.reading(home)
    assert db is not None
    found = [(row.target, row.at, row.outcome) for row in samples_of(db)]
    db.close()
    return found


def samples_of(db: sqlite3.Connection) -> list[ProbeRow]:
    """Every sample that is there, in order."""
    return [
        row for (body,) in db.execute("SELECT body FROM block ORDER BY last") for row in packed.rows(body)
    ]


def fed(held: Keeper, seconds: int, begin: int = BEGIN, lost: range = range(0)) -> None:
    """Hand a number of seconds over at once."""
    for second in range(seconds):
        at = begin + second * SECOND
        for target in TARGETS:
            gone = second in lost and target.number in (2, 3)
            held.row(row(target.number, at + target.number, outcome=Outcome.TIMEOUT if gone else Outcome.OK))
        held.tick(tick(at + SECOND // 2))


def test_all_that_was_handed_over_is_there(tmp_path: Path) -> None:
    """Rows, ticks, upsets and targets, and the state changes of each uplink, first loss and first answer."""
    held = Keeper(tmp_path, head(), room=ROOM)
    fed(held, 60, lost=range(20, 30))
    held.upset(Upset(UpsetKind.STEP, BEGIN, BEGIN, amount=-3_600 * SECOND))
    held.close()
    assert len(rows_of(tmp_path)) == 60 * len(TARGETS)
    db = store.reading(tmp_path)
    assert db is not None
    assert db.execute("SELECT count(*), sum(kept) FROM tick").fetchone() == (60, 60)
    assert db.execute("SELECT kind, amount FROM upset").fetchall() == [(UpsetKind.STEP, -3_600 * SECOND)]
    changes = db.execute(
        "SELECT uplink, alive, (at - ?) / 1000000 FROM change ORDER BY id", (BEGIN,)
    ).fetchall()
    assert changes == [("main", 1, 0), ("mobile", 1, 0), ("main", 0, 20), ("main", 1, 30)]


def test_the_loop_never_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a commit hangs, handing over costs nothing, and all of it is written afterwards."""
    real, slow = store.write, []

    def hanging(*given: object) -> None:
        slow.append(1)
        time.sleep(1.5)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write", hanging)
    held = Keeper(tmp_path, head(), room=ROOM)
    fed(held, 5)
    while not slow:
        time.sleep(0.01)
    begin = time.perf_counter()
    fed(held, 1000, BEGIN + 10 * SECOND)
    handed = time.perf_counter() - begin
    held.close()
    assert handed < 1.0
    assert len(rows_of(tmp_path)) == 1005 * len(TARGETS)


def writer(home: Path, seed: int, told: int) -> None:
    """Write as fast as a hundred seconds a second until killed; tell what was acknowledged."""

    def acknowledged(batch: Batch) -> None:
        lines = "".join(f"{s.target} {s.at} {s.outcome}\n" for s in batch.samples)
        os.write(told, (lines + f"tick {batch.ticks[-1].at if batch.ticks else 0}\n").encode())

    keeper.PERIOD = 0.002
    held = Keeper(home, head(f"boot-1.{seed}.1"), room=ROOM, acknowledged=acknowledged)
    begin = BEGIN + seed * 1_000_000 * SECOND
    for second in range(1_000_000):
        fed(held, 1, begin + second * SECOND, lost=range(seed % 2))
        time.sleep(0.0005)


def killed(home: Path, seed: int, seconds: float) -> list[str]:
    """What a writer acknowledged before it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            writer(home, seed, theirs)
        finally:
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        first = pipe.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    return (first + rest).decode().split("\n")[:-1]


def test_no_acknowledged_sample_is_lost(tmp_path: Path) -> None:
    """Killed at random points again and again: what was acknowledged is there, the file is whole, and what
    lies between two sessions was watched by nobody."""
    dice = random.Random(4)
    files = [range(first, min(first + EACH, KILLS)) for first in range(0, KILLS, EACH)]
    acknowledged = [survives(tmp_path / str(kills.start), kills, dice) for kills in files]
    assert all(acknowledged), "a writer that was killed before its first sample proves nothing"


def survives(home: Path, kills: range, dice: random.Random) -> int:
    """One file through many kills; returns how many samples were acknowledged."""
    wanted: list[tuple[int, ...]] = []
    for kill in kills:
        lines = killed(home, kill, dice.random() / 10)
        wanted += [tuple(map(int, line.split())) for line in lines if not line.startswith("tick")]
        assert schema.sound(home / store.FILE)
        assert set(rows_of(home)).issuperset(wanted)
    db = store.reading(home)
    assert db is not None
    assert db.execute("SELECT count(DISTINCT name) FROM session").fetchone() == (len(kills),)
    gaps = db.execute("SELECT count(*) FROM upset WHERE kind = ?", (UpsetKind.FREEZE,)).fetchone()
    assert gaps == (len(kills) - 1,)
    spans = sessions.spans_watched(db.execute("SELECT at, kept FROM tick ORDER BY id").fetchall())
    assert len(spans) > len(kills) // 2, "a session of one second has no span"
    of_session = [tuple((at - BEGIN) // (1_000_000 * SECOND) for at in span) for span in spans]
    assert all(first == last for first, last in of_session), "no span reaches from one session into the next"
    return len(wanted)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small file system here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_costs_round_trips_first(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ballast goes, round trips go, then whole seconds; no second counts as watched whose samples found
    no room, and with room again everything is kept again."""
    monkeypatch.setattr(keeper, "PERIOD", 0.01)
    monkeypatch.setattr(keeper, "PENDING", 5_000)
    monkeypatch.setattr(keeper, "RECOVER", 0)
    home = small_disk / "watch"
    held = Keeper(home, head(), room=ROOM)
    assert held.ballast
    second = 0
    fat = small_disk / "fat"
    fat.write_bytes(b"x" * (1 << 20))
    deadline = time.monotonic() + 20
    while not held.lost and time.monotonic() < deadline:
        fed(held, 200, BEGIN + second * SECOND, lost=range(50, 60))
        second += 200
        time.sleep(0.01)
    assert held.lost and held.full_since and not (home / ballast.NAME).exists()
    full = second
    fat.unlink()
    for _ in range(5):
        fed(held, 10, BEGIN + second * SECOND)
        second += 10
        time.sleep(0.05)
    held.close()
    db = store.reading(home)
    assert db is not None
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kinds = {kind for (kind,) in db.execute("SELECT kind FROM upset")}
    assert UpsetKind.DISK_FULL in kinds
    spans = sessions.spans_watched(db.execute("SELECT at, kept FROM tick ORDER BY id").fetchall())
    inside = [tick for start, end in spans for tick in range(start + SECOND, end, SECOND)]
    there = {row.at // SECOND for row in samples_of(db)}
    assert inside and all(at // SECOND in there for at in inside)
    assert any(math.isnan(row.rtt) and row.outcome == Outcome.OK for row in samples_of(db))
    assert not all(math.isnan(row.rtt) for row in samples_of(db))
    assert db.execute("SELECT max(at) FROM tick").fetchone()[0] >= BEGIN + full * SECOND
    db.close()


@pytest.mark.parametrize("harm", ["truncated", "overwritten", "text", "other version"])
def test_a_broken_file_is_set_aside(harm: str, tmp_path: Path) -> None:
    """Never overwritten: its bytes lie in a folder beside the new one, which remembers where."""
    held = Keeper(tmp_path, head(), room=ROOM)
    fed(held, 2_000)
    held.close()
    path = tmp_path / store.FILE
    data = path.read_bytes()
    if harm == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif harm == "overwritten":
        path.write_bytes(data[:8192] + random.Random(1).randbytes(4096 * 4) + data[8192 + 4096 * 4 :])
    elif harm == "text":
        path.write_bytes(b"not a database\n" * 1000)
    else:
        db = sqlite3.connect(path)
        db.execute("PRAGMA user_version = 99")
        db.close()
    broken = path.read_bytes()
    held = Keeper(tmp_path, head("boot-1.43.1"), room=ROOM)
    assert held.set_aside is not None
    assert (held.set_aside / store.FILE).read_bytes() == broken
    fed(held, 3, BEGIN + 9_000 * SECOND)
    held.close()
    assert len(rows_of(tmp_path)) == 3 * len(TARGETS)
    db = store.reading(tmp_path) or pytest.fail("no file")
    assert store.meta(db, "set_aside") == held.set_aside.name


def test_a_clock_that_went_back_between_two_sessions(tmp_path: Path) -> None:
    """The second session keeps its own times; the upset never ends before it begins."""
    for begin, name in ((BEGIN, "boot-1.1.1"), (BEGIN - 3_600 * SECOND, "boot-2.1.1")):
        held = Keeper(tmp_path, head(name), room=ROOM)
        fed(held, 10, begin)
        held.close()
    db = store.reading(tmp_path) or pytest.fail("no file")
    kind, start, end = db.execute('SELECT kind, start, "end" FROM upset').fetchone()
    assert kind == UpsetKind.REBOOT and start <= end
    for number, begin in ((1, BEGIN), (2, BEGIN - 3_600 * SECOND)):
        ticks = db.execute("SELECT at, kept FROM tick WHERE session = ? ORDER BY id", (number,)).fetchall()
        assert sessions.spans_watched(ticks) == ((begin + SECOND // 2, begin + 9 * SECOND + SECOND // 2),)


def test_one_watch_per_folder(tmp_path: Path) -> None:
    """A second one is refused with the number of the process that is there, and told how to look at it."""
    with lock.hold(tmp_path / "watch"):
        assert lock.is_held(tmp_path / "watch")
        with pytest.raises(StoreFailed) as refused, lock.hold(tmp_path / "watch"):
            pass
        assert refused.value.what.args["process"] == str(os.getpid())
    assert not lock.is_held(tmp_path / "watch")
    with lock.hold(tmp_path / "watch"):
        pass


def test_dropped_rows_give_no_number_twice(tmp_path: Path) -> None:
    """After all old rows were sealed and dropped, the next ones are counted on: SQLite would begin anew."""
    db = store.open_store(tmp_path).db
    session = store.begin(db, head())
    samples = [ProbeRow(2, BEGIN + n, 0, float("nan"), 84) for n in range(50_000)]
    for n in range(0, 50_000, 10):
        ticks = [Ticked(BEGIN, BEGIN)] if n == 49_990 else []
        store.write(db, session, Batch(samples=samples[n : n + 10], ticks=ticks))
    marks = store.Marks(1, 50_000, 0)
    while store.drop(db, marks, BEGIN + store.KEPT * 2):
        pass
    assert db.execute("SELECT count(*) FROM block").fetchone() == (1,)
    store.write(db, session, Batch(samples=samples[:1]))
    assert db.execute("SELECT max(last) FROM block").fetchone() == (50_001,)
    db.close()


def test_a_second_without_samples_or_asleep_was_not_watched() -> None:
    """Gaps between ticks, seconds that were not kept, and sleep, which upsets name."""
    ticks = [(n * SECOND, n != 5) for n in range(10)] + [(n * SECOND, True) for n in range(20, 30)]
    cut = ((22 * SECOND, 24 * SECOND), (23 * SECOND, 25 * SECOND))
    assert sessions.spans_watched(ticks, -SECOND, cut) == (
        (-SECOND, 4 * SECOND),
        (5 * SECOND, 9 * SECOND),
        (20 * SECOND, 22 * SECOND),
        (25 * SECOND, 29 * SECOND),
    )


def test_nan_is_no_round_trip(tmp_path: Path) -> None:
    """A lost probe has none, and none is kept."""
    held = Keeper(tmp_path, head(), room=ROOM)
    held.row(row(2, BEGIN, NAN, Outcome.TIMEOUT))
    held.close()
    db = store.reading(tmp_path) or pytest.fail("no file")
    assert [math.isnan(one.rtt) for one in samples_of(db)] == [True]
    assert math.isnan(row(2, BEGIN, outcome=Outcome.TIMEOUT).rtt)


def test_a_file_that_breaks_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session goes on in a new file with the same targets; the broken one lies beside it."""
    monkeypatch.setattr(keeper, "PERIOD", 0.01)
    held = Keeper(tmp_path, head(), room=ROOM)
    for second in range(40):
        fed(held, 50, BEGIN + second * 50 * SECOND)
        time.sleep(0.01)
    db = sqlite3.connect(tmp_path / store.FILE)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    size = (tmp_path / store.FILE).stat().st_size
    with (tmp_path / store.FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    deadline = time.monotonic() + 120  # on a busy machine
    second = 40
    while held.set_aside is None and held.fault is None and time.monotonic() < deadline:
        fed(held, 50, BEGIN + second * 50 * SECOND)
        second += 1
        time.sleep(0.01)
    held.close()
    assert held.fault is None and held.set_aside is not None
    assert (held.set_aside / store.FILE).stat().st_size >= size
    assert len(rows_of(tmp_path)) >= 50 * len(TARGETS)
    db = store.reading(tmp_path) or pytest.fail("no file")
    ((_, about),) = sessions.all_sessions(db)
    assert about.targets == TARGETS


def test_every_commit_is_on_the_disk(tmp_path: Path) -> None:
    """WAL with synchronous FULL: a commit is synced before it counts, and a reader never stops the writer."""
    db = store.open_store(tmp_path).db
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    reader = store.reading(tmp_path) or pytest.fail("no file")
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM tick").fetchone() == (0,)
    store.write(db, store.begin(db, head()), Batch(ticks=[Ticked(BEGIN, BEGIN)]))
    assert reader.execute("SELECT count(*) FROM tick").fetchone() == (0,)
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM tick").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM tick")


def test_a_disk_that_refuses_at_random(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """300 commits, most of them refused, in runs as well, with room for little in memory: whatever second
    counts as watched has all of its samples, and no sample stands there twice."""
    real, dice = store.write, random.Random(11)

    def refusing(db: sqlite3.Connection, session: int, batch: Batch) -> None:
        if dice.random() < 0.7:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        real(db, session, batch)

    monkeypatch.setattr(store, "write", refusing)
    monkeypatch.setattr(keeper, "PERIOD", 3600)
    monkeypatch.setattr(keeper, "PENDING", 40)
    held = Keeper(tmp_path, head(), room=ROOM)
    for second in range(0, 1500, 5):
        fed(held, 5, BEGIN + second * SECOND, lost=range(second % 5))
        held._commit()
    monkeypatch.setattr(store, "write", real)
    held.close()
    assert held.lost
    rows = rows_of(tmp_path)
    assert len(rows) == len({(target, at) for target, at, _ in rows})
    there = {at // SECOND for _, at, _ in rows}
    db = store.reading(tmp_path) or pytest.fail("no file")
    ticks = db.execute("SELECT at, kept FROM tick ORDER BY id").fetchall()
    assert [at for at, _ in ticks] == [BEGIN + n * SECOND + SECOND // 2 for n in range(1500)]
    assert [bool(kept) for _, kept in ticks] == [at // SECOND in there for at, _ in ticks]
    assert len(rows) == sum(kept for _, kept in ticks) * len(TARGETS)


def test_a_file_that_somebody_holds_is_no_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that locks the file delays the commit; round trips are kept and nobody says 'full'."""
    monkeypatch.setattr(keeper, "PERIOD", 3600)
    held = Keeper(tmp_path, head(), room=ROOM)
    other = sqlite3.connect(tmp_path / store.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fed(held, 5)
    held._commit()
    assert rows_of(tmp_path) == [] and held.ballast and not held.full_since
    other.execute("ROLLBACK")
    other.close()
    held.close()
    db = store.reading(tmp_path) or pytest.fail("no file")
    assert len(samples_of(db)) == 20 and not any(math.isnan(one.rtt) for one in samples_of(db))


V1 = """
CREATE TABLE sample(id INTEGER PRIMARY KEY, session INTEGER, target INTEGER, at INTEGER, outcome INTEGER, rtt REAL,
  bytes INTEGER);
DROP TABLE block; DROP TABLE carrier; PRAGMA user_version = 1;
"""


def test_a_file_of_version_1_is_packed_under_its_numbers(tmp_path: Path) -> None:
    """A row for each sample becomes a block for each commit, with gaps where rows were dropped."""
    db = store.open_store(tmp_path).db
    session = store.begin(db, head())
    db.executescript(V1)
    for n in (*range(5, 25), *range(40, 60)):
        db.execute(
            "INSERT INTO sample VALUES(?, ?, 2, ?, 0, ?, 84)",
            (n, session, BEGIN + n, None if n % 2 else 0.02),
        )
    for mark in (14, 24, 59):
        tick = (session, BEGIN, BEGIN, "ntp", 1, 1, mark, 0)
        db.execute(
            "INSERT INTO tick(session, at, wall, sync, error, kept, sample, upset) VALUES(?,?,?,?,?,?,?,?)",
            tick,
        )
    db.close()
    db = store.open_store(tmp_path).db
    assert db.execute("SELECT first, last FROM block ORDER BY last").fetchall() == [
        (5, 14),
        (15, 24),
        (40, 59),
    ]
    found = samples_of(db)
    assert [row.at - BEGIN for row in found] == [*range(5, 25), *range(40, 60)]
    assert all(math.isnan(row.rtt) is bool((row.at - BEGIN) % 2) and row.ttl == 0 for row in found)
    store.write(db, session, Batch(samples=found[:1]))
    assert db.execute(packed.LAST).fetchone() == (60,)
    db.close()
