"""From SQLite into the case: nothing twice, nothing left out, and the journal says which file it was."""

from __future__ import annotations

import contextlib
import math
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.watch.watch_world import BEGIN, NAN, SECOND, TARGETS, head, row, tick

from heller import casefile
from heller.casefile import watching
from heller.cli import app
from heller.intake.monitors.sealed_samples import open_segment
from heller.journal import store as journal
from heller.journal.appender import Appender
from heller.journal.checking.originals import check_originals, segments
from heller.model.errors import JournalBroken, StoreFailed
from heller.model.sample import COLUMNS, MORE_COLUMNS, Outcome, SampleHeader, Upset, UpsetKind
from heller.watch.keeping import lock, store
from heller.watch.keeping.keeper import Keeper
from heller.watch.keeping.store import Batch, Ticked
from heller.watch.rows import Phases, ProbeRow

HOUR = 3600 * SECOND
NOON = BEGIN - BEGIN % HOUR


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An empty case."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    return folder


def watched(case: Path, seconds: int, begin: int = NOON, name: str = "boot-1.1.1", every: int = 1) -> None:
    """A watch of that many seconds, written in batches of a minute as one that ran."""
    db = store.open_store(case / "watch").db
    session = store.begin(db, head(name))
    times = [begin + second * SECOND for second in range(0, seconds, every)]
    bulk = max(len(times) - 50, 0)
    parts = [times[n : min(n + 60, bulk)] for n in range(0, bulk, 60)]
    for part in [*parts, *([at] for at in times[bulk:])]:
        samples = [ProbeRow(t.number, at + t.number, 0, 0.02, 84) for at in part for t in TARGETS]
        store.write(db, session, Batch(samples=samples, ticks=[Ticked(at, at, "ntp", 700) for at in part]))
    db.close()


def sealed(case: Path) -> list[tuple[SampleHeader, pl.DataFrame]]:
    """Heads and samples of all segments that the journal names, each checked against its digest."""
    named = segments(journal.load(case).entries)
    found = [open_segment(watching.segment_of(case, name, digest), name) for name, digest in named.items()]
    return [(about, frame.collect()) for about, frame in found]


def test_one_file_per_hour_and_nothing_twice(case: Path) -> None:
    """Three hours and a bit, sealed while it runs and after it ended: each sample in exactly one file."""
    watched(case, 3 * 3600 + 100, every=2)
    with lock.hold(case / "watch"):
        assert len(watching.seal(case, hours=True)) == 3
        assert len(watching.seal(case, hours=True)) == 0
        (late,) = watching.seal(case)
        assert (late.end - NOON) // SECOND == 3 * 3600 + 78, "no answer can come late any more"
    (rest,) = watching.seal(case)
    assert rest.end > late.end
    assert watching.seal(case) == ()
    frames = [frame for _, frame in sealed(case)]
    both = pl.concat(frames)
    assert both.height == (3 * 3600 + 100) // 2 * len(TARGETS)
    assert both.select("target", "at").is_unique().all()
    names = sorted(path.name for path in (case / "samples").iterdir())
    assert names == sorted(segments(journal.load(case).entries))
    assert names[0] == "20260921T140000Z.parquet"


def test_a_segment_is_what_the_contract_says(case: Path) -> None:
    """Columns and types, sorted by target and time, rows from 1; clock, bytes and watched time in its head."""
    watched(case, 50)
    (found,) = watching.seal(case)
    path = case / "samples" / found.name
    assert sha256(path.read_bytes()).hexdigest() == found.digest
    ((about, frame),) = sealed(case)
    assert {name: str(kind) for name, kind in frame.schema.items()} == COLUMNS | MORE_COLUMNS
    assert frame.equals(frame.sort("target", "at"))
    assert frame["row"].to_list() == list(range(1, 201))
    assert about.watched == ((NOON, NOON + 49 * SECOND),)
    assert (about.clock, about.sync) == (700, "ntp")
    assert about.sent_bytes == {"main": 50 * 3 * 84, "mobile": 50 * 84}
    assert about.targets == TARGETS
    entry = journal.load(case).entries[-1]
    assert entry.body is not None
    assert (entry.kind, entry.body["samples"], entry.body["lost"]) == ("segment", 200, 0)


def test_the_span_goes_on_across_two_files(case: Path) -> None:
    """A cut at the full hour is no gap in the watch."""
    watched(case, 3700, every=2)
    watching.seal(case)
    (one, _), (other, _) = sealed(case)
    assert one.watched[-1][1] == other.watched[0][0]


def test_an_answer_that_came_late_stands_in_the_place_of_its_loss(case: Path) -> None:
    """The same target and time again replaces the loss, even where the hour ended in between."""
    db = store.open_store(case / "watch").db
    session = store.begin(db, head())
    at = NOON + HOUR - SECOND // 2
    lost, late = (
        ProbeRow(2, at, int(Outcome.TIMEOUT), float("nan"), 84),
        ProbeRow(2, at, int(Outcome.LATE), 4.5, 168),
    )
    ticks = [Ticked(NOON + HOUR - SECOND, 0), Ticked(NOON + HOUR, 0), Ticked(NOON + HOUR + 30 * SECOND, 0)]
    store.write(db, session, Batch(samples=[lost], ticks=ticks[:1]))
    store.write(db, session, Batch(samples=[late], ticks=ticks[1:]))
    watching.seal(case)
    (_, one), (_, other) = sealed(case)
    assert one.select("target", "at", "outcome").rows() == [(2, at, Outcome.LATE)]
    assert one["rtt"][0] == pytest.approx(4.5)
    assert other.height == 0


def test_sleep_and_freeze_end_what_was_watched(case: Path) -> None:
    """Upsets of the whole host cut the span; those of one uplink do not."""
    db = store.open_store(case / "watch").db
    session = store.begin(db, head())
    ticks = [Ticked(NOON + n * SECOND, 0) for n in range(10)]
    upsets = [
        Upset(UpsetKind.FREEZE, NOON + 3 * SECOND, NOON + 4 * SECOND),
        Upset(UpsetKind.LINK_DOWN, NOON + 6 * SECOND, NOON + 7 * SECOND, "main"),
    ]
    store.write(db, session, Batch(upsets=upsets, ticks=ticks))
    watching.seal(case)
    ((about, _),) = sealed(case)
    assert about.watched == ((NOON, NOON + 3 * SECOND), (NOON + 4 * SECOND, NOON + 9 * SECOND))
    assert about.upsets == tuple(upsets)


def test_the_parts_of_https_are_kept(case: Path) -> None:
    """They stand as rows in the metadata of the file; a part that was not reached is null."""
    held = Keeper(case / "watch", head(), room=1 << 20)
    for second in range(5):
        held.row(row(2, NOON + second * SECOND))
        held.tick(tick(NOON + second * SECOND))
    held.phases(Phases(2, NOON + 2 * SECOND, 0.01, 0.02, 0.03, NAN, 0))
    held.close()
    (found,) = watching.seal(case)
    raw = pl.read_parquet_metadata(case / "samples" / found.name)["heller.phases"]
    assert raw == f"[[2,{NOON + 2 * SECOND},0.01,0.02,0.03,null,0]]"


def test_a_clock_set_back_makes_no_second_file_of_a_name(case: Path) -> None:
    """Two sessions that begin at the same second of a clock that was set back: two files, both whole."""
    watched(case, 20)
    watching.seal(case)
    watched(case, 20, name="boot-2.1.1")
    watching.seal(case)
    names = list(segments(journal.load(case).entries))
    assert names == ["20260921T140000Z.parquet", "20260921T140000Z-2.parquet"]
    assert [frame.height for _, frame in sealed(case)] == [80, 80]


def test_killed_between_file_and_entry(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that no entry names yet is written again, with the same bytes."""
    watched(case, 30)

    def dies(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Appender, "append", dies)
        with pytest.raises(KeyboardInterrupt):
            watching.seal(case)
    ((path, before),) = [(p, p.read_bytes()) for p in (case / "samples").iterdir()]
    assert segments(journal.load(case).entries) == {}
    (found,) = watching.seal(case)
    assert (path.name, path.read_bytes()) == (found.name, before)


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_changed_segment_is_found(harm: str, case: Path) -> None:
    """Whoever reads the case is stopped, and the check of originals names the file."""
    watched(case, 30)
    (found,) = watching.seal(case)
    path = case / "samples" / found.name
    if harm == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[200] ^= 1
        path.write_bytes(data)
    with pytest.raises(JournalBroken):
        casefile.load(case)
    assert [b.where for b in check_originals(case, journal.load(case).entries)] == [f"samples/{found.name}"]


outcomes = st.sampled_from(
    [Outcome.OK, Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.LOCAL, Outcome.NOT_SENT]
)
probes = st.tuples(st.sampled_from([1, 2, 3, 4]), outcomes, st.floats(0.0, 2.0, width=32))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(probes, max_size=6), min_size=1, max_size=40), st.integers(0, 2**32))
def test_what_is_read_back_is_what_was_acknowledged(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[list[tuple[int, Outcome, float]]], seed: int
) -> None:
    """Whatever the loop hands over, whenever it is sealed and however often it begins anew: segments and the
    rest in SQLite together are exactly what was acknowledged."""
    case = tmp_path_factory.mktemp("any") / "case"
    casefile.open_case(case)
    dice = random.Random(seed)
    db = store.open_store(case / "watch").db
    session, at = store.begin(db, head()), NOON
    told: dict[tuple[int, int], tuple[int, float]] = {}
    for number, second in enumerate(seconds):
        at += dice.choice([1, 1, 1, 700, 4000]) * SECOND
        samples = []
        for target, outcome, rtt in second:
            moment = at + len(told)
            answer = rtt if outcome is Outcome.OK else None
            rtt_ = float("nan") if answer is None else answer
            samples.append(ProbeRow(target, moment, int(outcome), rtt_, 84))
            told[target, moment] = (int(outcome), answer if answer is not None else -1.0)
        store.write(db, session, Batch(samples=samples, ticks=[Ticked(at, at)]))
        if dice.random() < 0.2:
            watching.seal(case, hours=dice.random() < 0.5)
        if dice.random() < 0.1:
            session = store.begin(db, head(f"boot-{number}.1.1"))
    watching.seal(case)
    db.close()
    frames = [frame for _, frame in sealed(case)]
    rows = [(r["target"], r["at"], r["outcome"], r["rtt"]) for frame in frames for r in frame.to_dicts()]
    assert len(rows) == len(told)
    assert {(t, a): (o, -1.0 if math.isnan(rtt) else rtt) for t, a, o, rtt in rows} == told


def test_what_is_not_sealed_yet_is_said(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks for outages while a watch runs learns what is not counted yet, and how to count it."""
    watched(case, 50)
    assert watching.seconds_to_seal(case) == 50
    assert app.run(["outages", str(case), "--lang", "en"]) == 0
    assert "50\N{NO-BREAK SPACE}s more" in capsys.readouterr().out
    watching.seal(case)
    assert app.run(["outages", str(case), "--lang", "en"]) == 0
    assert watching.seconds_to_seal(case) == 0 and "more are measured" not in capsys.readouterr().out


def test_what_went_wrong_is_among_the_doubts_of_the_case(case: Path) -> None:
    """A full disk and a file that was set aside: whoever reads the case is told."""
    (case / "watch").mkdir()
    (case / "watch" / store.FILE).write_bytes(b"not a database\n" * 1000)
    db = store.open_store(case / "watch").db
    session = store.begin(db, head())
    full = Upset(UpsetKind.DISK_FULL, NOON, NOON + 5 * SECOND)
    store.write(db, session, Batch(upsets=[full], ticks=[Ticked(NOON, NOON), Ticked(NOON + SECOND, NOON)]))
    db.close()
    watching.seal(case)
    told = {finding.code: finding for finding in casefile.load(case).findings}
    assert {"watch.disk_full", "watch.set_aside"} <= told.keys()
    aside = told["watch.set_aside"].do
    assert aside is not None and (case / "watch" / str(aside.args["name"])).is_dir()


def test_no_room_for_a_segment(tmp_path: Path) -> None:
    """On a real full disk nothing is half sealed; with room again everything is."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small file system here")
    try:
        case = disk / "case"
        casefile.open_case(case)
        watched(case, 1000, every=1)
        with (disk / "fat").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        before = (case / "journal.jsonl").read_bytes()
        with pytest.raises(StoreFailed):
            watching.seal(case)
        assert (case / "journal.jsonl").read_bytes() == before
        assert not list((case / "samples").glob("*"))
        (disk / "fat").unlink()
        (found,) = watching.seal(case)
        assert found.samples == 4000
    finally:
        subprocess.run(["umount", str(disk)], check=True)
