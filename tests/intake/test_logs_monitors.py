"""Databases of monitors: every check with its instant, gaps as gaps, the write-ahead log not forgotten."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.intake import databases
from tests.intake.databases import V2, ZERO, blob, kuma, stamp, steady
from tests.intake.documents import BERLIN

from heller import intake, outage
from heller.intake import from_disk
from heller.intake.monitors import sqlite
from heller.model.finding import Weight
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading

TIMEOUT = "timeout of 48000ms exceeded"


def logs(reading: Reading) -> list[ProbeLog]:
    """The probe logs of a reading."""
    return [record for record in reading.records if isinstance(record, ProbeLog)]


def codes(reading: Reading) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in reading.findings}


def fates(found: ProbeLog) -> list[tuple[float, str]]:
    """Seconds after the first beat and fate of each probe."""
    return [
        ((o.at - ZERO).total_seconds(), o.failure.value if o.failure else "ok") for o in found.observations
    ]


def test_version_1_gives_each_beat_as_a_probe(tmp_path: Path) -> None:
    """Five minutes up, five down, up again: the instants stand as written, in UTC, with the ping as rtt."""
    rows = [*steady(0, 5), *steady(300, 5, 0, TIMEOUT), *steady(600, 5)]
    kuma(tmp_path / "kuma.db", {7: rows}).close()
    reading = intake.read(blob(tmp_path / "kuma.db"), BERLIN)
    (found,) = logs(reading)
    assert (reading.reader, reading.rows, reading.rows_rejected) == ("uptime-kuma", 15, 0)
    assert found.target == "203.0.113.7" and found.step == 60.0
    assert fates(found) == [(60.0 * n, "timeout" if 5 <= n < 10 else "ok") for n in range(15)]
    assert found.observations[0].rtt == 0.012
    (one,) = outage.detect([found], [], []).outages
    assert one.widest.start <= ZERO + timedelta(seconds=240 + 30) <= one.start.latest
    assert one.end.earliest <= ZERO + timedelta(seconds=570) <= one.widest.end


def test_a_gap_that_kuma_calls_up_is_unobserved(tmp_path: Path) -> None:
    """One 'up' beat with a duration of 677 s after a sleep: nobody watched for eleven minutes."""
    rows = [*steady(0, 10), (540 + 677, 1, "", False, 677), *steady(540 + 677 + 60, 10)]
    kuma(tmp_path / "kuma.db", {1: rows}).close()
    (found,) = logs(intake.read(blob(tmp_path / "kuma.db"), BERLIN))
    detection = outage.detect([found], [], [])
    assert not detection.outages
    assert sum(span.seconds for span in detection.unobserved) == pytest.approx(677, abs=60)


def test_pending_is_down_only_if_kuma_says_so(tmp_path: Path) -> None:
    """Retries that end well are neither up nor down; those that end in a down are lost probes before it."""
    rows = [*steady(0, 5), *steady(300, 3, 2, TIMEOUT), *steady(480, 5)]
    rows += [*steady(780, 2, 2, TIMEOUT), *steady(900, 3, 0, TIMEOUT), *steady(1080, 5)]
    kuma(tmp_path / "kuma.db", {1: rows}).close()
    reading = intake.read(blob(tmp_path / "kuma.db"), BERLIN)
    (found,) = logs(reading)
    assert not [at for at, _ in fates(found) if 300 <= at < 480]
    assert [at for at, fate in fates(found) if fate != "ok"] == [780, 840, 900, 960, 1020]
    assert "kuma.pending" in codes(reading)


def test_maintenance_is_not_watched(tmp_path: Path) -> None:
    """Ten minutes of maintenance are neither up nor down."""
    rows = [*steady(0, 10), *steady(600, 10, 3), *steady(1200, 10)]
    kuma(tmp_path / "kuma.db", {1: rows}).close()
    reading = intake.read(blob(tmp_path / "kuma.db"), BERLIN)
    detection = outage.detect(logs(reading), [], [])
    assert not detection.outages and "kuma.maintenance" in codes(reading)
    assert sum(span.seconds for span in detection.unobserved) >= 600


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ("Request failed with status code 503", None),
        ("connect ECONNREFUSED 203.0.113.1:443", None),
        ("certificate has expired", None),
        ("getaddrinfo EAI_AGAIN example.com", Failure.NAME),
        ("connect ENETUNREACH 203.0.113.1:443 - Local (0.0.0.0:0)", Failure.LOCAL),
        ("connect EHOSTUNREACH 203.0.113.1:443", Failure.UNREACHABLE),
        (TIMEOUT, Failure.TIMEOUT),
        ("", Failure.TIMEOUT),
    ],
)
def test_an_answer_with_an_error_is_an_answer(said: str, fate: Failure | None, tmp_path: Path) -> None:
    """A host that refuses or answers 503 was reached; what never left the house says nothing."""
    kuma(tmp_path / "kuma.db", {1: [*steady(0, 3), *steady(180, 3, 0, said), *steady(360, 3)]}).close()
    (found,) = logs(intake.read(blob(tmp_path / "kuma.db"), BERLIN))
    assert [o.failure for o in found.observations] == [None] * 3 + [fate] * 3 + [None] * 3


def live(path: Path) -> sqlite3.Connection:
    """A database that its program holds open: 435 beats in it, 11 more in its log, among them the outage."""
    connection = kuma(path, {1: steady(0, 435)})
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    databases.beats(connection, 1, [*steady(435 * 60, 6, 0, TIMEOUT), *steady(441 * 60, 5)])
    return connection


def test_the_newest_beats_stand_in_the_log(tmp_path: Path) -> None:
    """446 beats with the log, 435 and a warning without it; no byte beside the database changes."""
    held = live(tmp_path / "kuma.db")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    whole = intake.read(blob(tmp_path / "kuma.db", log=True), BERLIN)
    alone = intake.read(blob(tmp_path / "kuma.db"), BERLIN)
    assert (whole.rows, alone.rows) == (446, 435)
    assert "database.log_read" in codes(whole) and "database.no_log" in codes(alone)
    assert len(outage.detect(logs(whole), [], []).outages) == 1
    assert not outage.detect(logs(alone), [], []).outages
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    held.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_log_is_played_in_as_sqlite_does(data: st.DataObject, tmp_path: Path) -> None:
    """After random transactions, some rolled back, a copy read by us equals the one that SQLite reads;
    cut anywhere, the log gives a state that was committed."""
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    held = sqlite3.connect(folder / "a.db", isolation_level=None)
    held.execute(f"PRAGMA page_size = {data.draw(st.sampled_from([512, 1024, 4096, 65536]))}")
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, said TEXT)")
    states = {0}
    for _ in range(data.draw(st.integers(1, 6))):
        held.execute("BEGIN")
        held.executemany("INSERT INTO t (said) VALUES (?)", [("x" * 300,)] * data.draw(st.integers(1, 30)))
        held.execute(data.draw(st.sampled_from(["COMMIT", "COMMIT", "ROLLBACK"])))
        states.add(held.execute("SELECT count(*) FROM t").fetchone()[0])
        if data.draw(st.booleans()):
            held.execute(f"PRAGMA wal_checkpoint({data.draw(st.sampled_from(['PASSIVE', 'RESTART']))})")
    base, log = (folder / "a.db").read_bytes(), (folder / "a.db-wal").read_bytes()
    cut = log[: data.draw(st.integers(0, len(log)))]
    shutil.copy(folder / "a.db", folder / "b.db")
    (folder / "b.db-wal").write_bytes(cut)
    theirs = counted(folder / "b.db")
    assert counted_in(sqlite.merge(base, cut).data) == theirs
    assert counted_in(sqlite.merge(base, log).data) == held.execute("SELECT count(*) FROM t").fetchone()[0]
    held.close()


def counted(path: Path) -> int | None:
    """How many rows SQLite itself sees in a database with a log beside it."""
    with sqlite3.connect(path) as connection:
        return _count(connection)


def counted_in(data: bytes) -> int | None:
    """How many rows a database in memory has."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return _count(connection)


def _count(connection: sqlite3.Connection) -> int | None:
    try:
        return int(connection.execute("SELECT count(*) FROM t").fetchone()[0])
    except sqlite3.OperationalError:  # cut before the table was made
        return None
    except sqlite3.DatabaseError:  # a page is in the base already, its fellows are cut off
        reject()


def test_a_foreign_log_is_left_out(tmp_path: Path) -> None:
    """The log of another database costs a warning, not the database."""
    live(tmp_path / "kuma.db")
    other = sqlite3.connect(tmp_path / "other.db", isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE x AS SELECT randomblob(20000) AS y")
    strange = blob(tmp_path / "other.db-wal")
    mine = blob(tmp_path / "kuma.db")
    reading = intake.read(Blob(mine.name, mine.data, mine.digest, beside=strange), BERLIN)
    assert "database.foreign_log" in codes(reading) and reading.rows == 435


def test_version_2_keeps_counts_of_older_days(tmp_path: Path) -> None:
    """Hours of counts, two changes of state, then single beats: the outage lies in its hour, the older hours
    are watched, an hour with a quarter of the checks is not."""
    beat = [(7800.0, 0, TIMEOUT, True, 0), (9000.0, 1, "", True, 0)]
    path = tmp_path / "kuma.db"
    held = kuma(path, {1: [*beat, *steady(6 * 3600, 30)]}, V2)
    zero = int(ZERO.timestamp())
    hours = [(0, 60, 0), (1, 60, 0), (2, 40, 20), (3, 60, 0), (4, 15, 0), (5, 60, 0)]
    held.executemany(
        "INSERT INTO stat_hourly (monitor_id, timestamp, up, down) VALUES (1, ?, ?, ?)",
        [(zero + 3600 * n, up, down) for n, up, down in hours],
    )
    held.close()
    reading = intake.read(blob(path), BERLIN)
    (found,) = logs(reading)
    wide = [o for o in found.observations if o.width]
    ends = [
        ((o.at - ZERO).total_seconds(), (o.at - ZERO).total_seconds() + o.width, not o.failure) for o in wide
    ]
    joined: list[tuple[float, float, bool]] = []
    for start, end, up in ends:
        if joined and joined[-1][1:] == (start, up):
            joined[-1] = (joined[-1][0], end, up)
        else:
            joined.append((start, end, up))
    assert joined == [
        (0, 7800, True),
        (7800, 9000, False),
        (9000, 14400, True),
        (18000, 21600, True),
    ]
    detection = outage.detect([found], [], [])
    (one,) = detection.outages
    assert one.widest.start <= ZERO + timedelta(seconds=7800) <= one.start.latest
    assert one.end.earliest <= ZERO + timedelta(seconds=9000) <= one.widest.end
    assert one.widest.length < timedelta(minutes=26)
    assert 3500 < sum(span.seconds for span in detection.unobserved) < 4000  # the hour of few checks
    assert {"kuma.buckets", "kuma.thin_buckets"} <= codes(reading)


def test_changes_of_state_alone_are_another_monitors_word(tmp_path: Path) -> None:
    """Version 2 after a day, without counts: a log of outages as wide as the monitor's step."""
    rows = [(0.0, 1, "", True, 0), (3600.0, 0, TIMEOUT, True, 0), (7200.0, 1, "", True, 0)]
    kuma(tmp_path / "kuma.db", {1: rows}, V2).close()
    (found,) = intake.read(blob(tmp_path / "kuma.db"), BERLIN).records
    assert isinstance(found, DeviceLog) and found.uncertainty == 60
    assert [e.sign for e in found.events] == [DeviceSign.LINE_UP, DeviceSign.LINE_DOWN, DeviceSign.LINE_UP]
    (one,) = outage.detect([], [found], []).outages
    assert one.start.latest >= ZERO + timedelta(seconds=3600) >= one.widest.start


def test_an_empty_or_broken_database_is_refused(tmp_path: Path) -> None:
    """Without checks, cut in the middle, or scribbled over: a finding that says what to do."""
    kuma(tmp_path / "kuma.db", {}).close()
    empty = intake.read(blob(tmp_path / "kuma.db"), BERLIN)
    assert [f.weight for f in empty.findings if f.code == "kuma.empty"] == [Weight.REFUSED]
    kuma(tmp_path / "full.db", {1: steady(0, 3000)}).close()
    data = (tmp_path / "full.db").read_bytes()
    halved, scribbled = data[: len(data) // 2], data[:5000] + b"\xaa" * 60000 + data[65000:]
    misspelt = data.replace(b"CREATE TABLE heartbeat", b"CREATE TABLE h\xbaartbeat")
    for broken in (halved, scribbled, misspelt, data[:100]):
        reading = intake.read(Blob("full.db", broken, "0" * 64), BERLIN)
        assert not reading.records and {f.weight for f in reading.findings} >= {Weight.REFUSED}
        assert "reader-broke" not in codes(reading)


def test_the_empty_template_of_version_1_is_known() -> None:
    """The database that Uptime Kuma 1 begins with holds nothing yet."""
    reading = intake.read(blob(databases.LOGS / "uptime-kuma-v1-template.db"), BERLIN)
    assert reading.reader == "uptime-kuma" and codes(reading) == {"kuma.empty"}


def gatus(path: Path) -> sqlite3.Connection:
    """A database of Gatus with one endpoint."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(databases.GATUS)
    connection.execute("INSERT INTO endpoints VALUES (1, 'kern_web', 'web', 'kern')")
    return connection


def result(
    after: float, *, success: bool, errors: str = "", took: float = 0.02, connected: bool = False
) -> tuple[object, ...]:
    """A row of results, stamped when the check ended, as Go writes it."""
    return (
        1,
        success,
        errors,
        connected,
        "www.example.com",
        int(took * 1e9),
        f"{stamp(after)}456789 +0000 UTC",
    )


def test_gatus_stamps_the_end_of_a_check(tmp_path: Path) -> None:
    """A check was sent its duration before its stamp; an error of the host is an answer."""
    held = gatus(tmp_path / "gatus.db")
    rows = [result(60.0 * n, success=True) for n in range(5)]
    rows += [
        result(300 + 60.0 * n, success=False, errors="context deadline exceeded", took=10) for n in range(4)
    ]
    rows += [result(540, success=False, errors="", connected=True), result(600, success=True)]
    held.executemany(
        "INSERT INTO endpoint_results (endpoint_id, success, errors, connected, hostname, duration, timestamp) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    zero = int(ZERO.timestamp())
    held.executemany(
        "INSERT INTO endpoint_uptimes VALUES (?, 1, ?, ?, ?, 0)",
        [(1, zero - 10800, 60, 60), (2, zero - 7200, 60, 0), (3, zero - 14400, 5, 0), (4, zero, 11, 6)],
    )
    held.close()
    reading = intake.read(blob(tmp_path / "gatus.db"), BERLIN)
    (found,) = logs(reading)
    assert reading.reader == "gatus" and found.target == "www.example.com" and found.step == 60
    points = [o for o in found.observations if not o.width]
    lost = [o for o in points if o.failure]
    assert (lost[0].at - ZERO).total_seconds() == pytest.approx(290.0, abs=0.001) and len(lost) == 4
    assert points[-2].failure is None
    wide = [o for o in found.observations if o.width and o.at < ZERO]
    assert {(o.at - ZERO).total_seconds() // 3600 for o in wide if not o.failure} == {-3}
    assert {(o.at - ZERO).total_seconds() // 3600 for o in wide if o.failure} == {-2}
    assert {"gatus.hours", "gatus.thin_hours"} <= codes(reading)


def test_the_log_beside_a_database_is_found_and_matched(tmp_path: Path) -> None:
    """A named database brings its log along; in a case the log belongs to the file of its name."""
    held = live(tmp_path / "kuma.db")
    paths = from_disk.with_logs([tmp_path / "kuma.db"])
    assert [p.name for p in paths] == ["kuma.db", "kuma.db-wal"]
    names = [
        ("a", "kuma.db"),
        ("b", "kuma.db-wal"),
        ("c", "kuma.db"),
        ("d", "kuma.db-wal"),
        ("e", "x.db-wal"),
    ]
    assert from_disk.logs_among(names) == {"a": "b", "c": "d"}
    assert from_disk.logs_among([("b", "kuma.db-wal"), ("a", "kuma.db")]) == {"a": "b"}
    held.close()


def test_all_probes_of_several_monitors_are_kept_apart(tmp_path: Path) -> None:
    """Two monitors, one silent: the line was up, because the other one answered."""
    path = tmp_path / "kuma.db"
    kuma(
        path, {1: steady(0, 30), 2: [*steady(5, 10), *steady(605, 10, 0, TIMEOUT), *steady(1205, 10)]}
    ).close()
    found = logs(intake.read(blob(path), BERLIN))
    assert [log.target for log in found] == ["203.0.113.1", "203.0.113.2"]
    assert all(isinstance(o, Observation) for log in found for o in log.observations)
    assert not outage.detect(found, [], []).outages


def test_tables_far_inside_a_database_are_found(tmp_path: Path) -> None:
    """An old database that was updated has its definitions behind its rows; a foreign one is refused."""
    path = tmp_path / "alt.db"
    first = sqlite3.connect(path, isolation_level=None)
    first.execute("CREATE TABLE setting AS SELECT randomblob(200000) AS value")
    first.executescript("".join(f"CREATE TABLE t{n} (a TEXT /* {'x' * 900} */);" for n in range(20)))
    first.close()
    assert intake.read(blob(path), BERLIN).findings[-1].code == "database.unknown"
    kuma(path, {1: steady(0, 5)}).close()
    assert b"heartbeat" not in path.read_bytes()[:65536]
    assert len(logs(intake.read(blob(path), BERLIN))) == 1


def test_the_copy_that_a_log_is_played_into_is_private_and_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder and files are for nobody else, and nothing of them stays."""
    held = live(tmp_path / "kuma.db")
    place = tmp_path / "memory"
    place.mkdir()
    monkeypatch.setattr(sqlite, "MEMORY", place)
    modes: dict[str, int] = {}
    connect = sqlite3.connect

    def looked(path: str | Path, **more: object) -> sqlite3.Connection:
        modes.update({p.name: p.stat().st_mode & 0o777 for p in place.rglob("*")})
        return connect(path, isolation_level=None)

    monkeypatch.setattr(sqlite3, "connect", looked)
    assert intake.read(blob(tmp_path / "kuma.db", log=True), BERLIN).rows == 446
    assert sorted(modes.values()) == [0o600, 0o600, 0o700] and list(place.iterdir()) == []
    held.close()
