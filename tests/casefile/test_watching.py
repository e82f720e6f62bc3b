"""What a watch sealed, on its way through the case: outage, exhibit, bundle, and the other side's checks."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from msgspec.structs import replace
from tests.lab import judges
from tests.watch.test_pinglog import read
from tests.watch.watch_world import BEGIN, SECOND, TARGETS, head

from heller import casefile, outage, pipeline
from heller.casefile import watching
from heller.casefile.writing.erase import erasure_cost
from heller.cli import app
from heller.journal import bundle, store
from heller.journal.archive import unpack
from heller.journal.checking.originals import segments
from heller.model.errors import InputRefused
from heller.model.kinds.probe_log import ProbeLog
from heller.model.sample import Outcome, Upset, UpsetKind
from heller.watch.keeping import store as samples
from heller.watch.keeping.store import Batch, Ticked
from heller.watch.rows import ProbeRow

HOUR = 3600
FULL = BEGIN - BEGIN % (HOUR * SECOND) + HOUR * SECOND  # a full hour: a segment ends here
CUT = (FULL - 40 * SECOND, FULL + 80 * SECOND)  # the outage crosses it


def watch(folder: Path) -> None:
    """Twenty minutes over a full hour; for two minutes no target outside answers over the main line."""
    db = samples.open_store(folder / "watch").db
    session = samples.begin(db, head())
    for second in range(-600, 600):
        at = FULL + second * SECOND
        kept = []
        for target in TARGETS:
            moment = at + target.number * 200_000
            lost = target.number in (2, 3) and CUT[0] <= moment < CUT[1]
            outcome = Outcome.TIMEOUT if lost else Outcome.OK
            kept.append(ProbeRow(target.number, moment, int(outcome), math.nan if lost else 0.02, 84))
        samples.write(db, session, Batch(samples=kept, ticks=[Ticked(at, at, "ntp", 500)]))
    db.close()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two segments, the outage in both."""
    folder = tmp_path_factory.mktemp("watched") / "case"
    casefile.open_case(folder)
    watch(folder)
    assert len(watching.seal(folder)) == 2
    return folder


def micros(moment: str) -> int:
    """An instant of the JSON in microseconds."""
    return round(datetime.fromisoformat(moment).timestamp() * SECOND)


def holds(found: list[dict[str, Any]]) -> None:
    """One outage whose bounds hold the cut."""
    (one,) = [o for o in found if o["line"] in ("main", "internet")]
    for edge, cut in (("start", CUT[0]), ("end", CUT[1])):
        assert micros(one[edge]["earliest"]) <= cut + 400_000, "the first lost probe went out 0.4 s later"
        assert micros(one[edge]["latest"]) >= cut
    assert 115 <= one["duration_s"]["min"] <= 120 <= one["duration_s"]["max"] <= 124


def test_the_outage_crosses_two_segments_and_is_one(case: Path) -> None:
    """The case's own detection takes the samples in; the cut at the full hour cuts no outage."""
    found = pipeline.detect(casefile.load(case))
    (one,) = found.outages
    assert abs(one.widest.start.timestamp() * SECOND - CUT[0]) < 2 * SECOND
    assert 118 <= one.shortest.total_seconds() <= 120 <= one.widest.length.total_seconds() <= 123


def test_a_watch_killed_in_the_middle_of_an_outage(tmp_path: Path) -> None:
    """Two seconds without a watch between two sessions that both saw nothing answer: not counted as down."""
    casefile.open_case(tmp_path / "case")
    db = samples.open_store(tmp_path / "case" / "watch").db
    spans = (
        (FULL, FULL + 60 * SECOND, "boot-1.1.1"),
        (FULL + 62 * SECOND, FULL + 180 * SECOND, "boot-1.2.1"),
    )
    for begin, end, name in spans:
        started = Upset(UpsetKind.START, begin, begin)
        session = samples.begin(db, replace(head(name), upsets=(started,)))
        for at in range(begin, end, SECOND):
            lost = FULL + 30 * SECOND <= at < FULL + 120 * SECOND
            kept = [
                ProbeRow(
                    t.number,
                    at,
                    5 if lost and t.number > 1 else 0,
                    math.nan if lost and t.number > 1 else 0.02,
                    84,
                )
                for t in TARGETS[:3]
            ]
            samples.write(db, session, Batch(samples=kept, ticks=[Ticked(at, at)]))
    db.close()
    watching.seal(tmp_path / "case")
    found = pipeline.detect(casefile.load(tmp_path / "case"))
    blind = [span for span in found.unobserved if span.start.timestamp() * SECOND < FULL + 62 * SECOND]
    assert blind and blind[0].end.timestamp() * SECOND >= FULL + 61 * SECOND
    down = sum((outage.proven_down for outage in found.outages), timedelta())
    assert timedelta(seconds=70) < down <= timedelta(seconds=88)


def test_each_witness_names_its_file_and_row(case: Path) -> None:
    """The first lost probe of each target, the first answer over the other uplink: digest and row of it."""
    (one,) = pipeline.detect(casefile.load(case)).outages
    digests = {digest: name for name, digest in segments(store.load(case).entries).items()}
    assert len(one.witnesses) == 4
    for witness in one.witnesses:
        frame = pl.read_parquet(case / "samples" / digests[witness.source.object])
        (probe,) = frame.filter(pl.col("row") == int(witness.source.place.removeprefix("row "))).to_dicts()
        assert CUT[0] - SECOND <= probe["at"] <= CUT[0] + 2 * SECOND
        assert (probe["outcome"] == Outcome.OK) == (witness.state == "up")
        assert (probe["target"] == 4) == ("line" in witness.name.args)


def test_segments_as_files_by_themselves(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """heller outages x.parquet: the same outage, without a case."""
    files = [str(case / "samples" / name) for name in segments(store.load(case).entries)]
    assert app.run(["outages", *files, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["outages"]
    holds(found)
    assert {source["file"] for source in found[0]["source"]} <= set(files)
    assert all(source["sha256"] and source["row"] for source in found[0]["source"])


def test_a_segment_as_an_exhibit(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """heller add of another machine's segments: they count as the own ones do, and what was read is said."""
    other = tmp_path / "other"
    casefile.open_case(other)
    files = [str(case / "samples" / name) for name in segments(store.load(case).entries)]
    assert app.run(["add", str(other), *files, "--lang", "en"]) == 0
    assert "watch main, mobile" in capsys.readouterr().out
    (one,) = pipeline.detect(casefile.load(other)).outages
    assert 118 <= one.shortest.total_seconds() <= 120


def test_a_foreign_parquet_is_refused_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without our head it says nothing about when somebody watched; broken bytes are said to be broken."""
    path = tmp_path / "sales.parquet"
    pl.DataFrame({"a": [1]}).write_parquet(path)
    assert app.run(["outages", str(path), "--json"]) == 3
    (told,) = json.loads(capsys.readouterr().out)["findings"]
    assert "sales.parquet" in told["text"] and "another program" in told["text"]
    (tmp_path / "torn.parquet").write_bytes(path.read_bytes()[:-30])
    assert app.run(["outages", str(tmp_path / "torn.parquet"), "--json", "--lang", "en"]) == 3
    assert "breaks off" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", ["{}", '{"version":"heller-samples/9","session":"","targets":[],"watched":[],"step":1}']
)
def test_a_head_that_makes_no_sense(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another version, or no head at all, costs a finding."""
    path = tmp_path / "x.parquet"
    pl.DataFrame({"a": [1]}).write_parquet(path, metadata={"heller": words})
    assert app.run(["outages", str(path), "--json"]) == 3
    assert "Traceback" not in "".join(capsys.readouterr())


def test_raw_pings_show_the_same_outage(case: Path, tmp_path: Path) -> None:
    """What the provider gets, read again by our reader of ping, gives the same outage within its bounds."""
    written = watching.export(case, tmp_path / "out")
    logs: list[ProbeLog] = [read(path) for path, _ in written if path.name.startswith("main_")]
    (again,) = outage.detect(logs, [], []).outages
    (one,) = pipeline.detect(casefile.load(case)).outages
    assert again.widest.start <= one.start.latest and one.widest.start <= again.start.latest
    assert again.end.earliest <= one.widest.end and one.end.earliest <= again.widest.end
    assert abs(again.shortest - one.shortest).total_seconds() < 0.5


def test_the_bundle_carries_and_checks_them(case: Path, tmp_path: Path) -> None:
    """Figures are worked out again from the segments inside; a changed, missing or added one is found, and the
    script and the shell lines that travel along hold too."""
    built = casefile.build(case, date(2026, 10, 1), "en")
    inside = unpack(built.bundle.read_bytes()).files
    names = [f"data/samples/{name}" for name in segments(store.load(case).entries)]
    assert set(names) <= inside.keys()
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.holds, outcome.breaches
    (tmp_path / "verify.py").write_bytes(inside["data/verify.py"])
    script = [sys.executable, str(tmp_path / "verify.py"), str(built.bundle)]
    assert subprocess.run(script, check=False, capture_output=True).returncode == 0
    assert judges.shell(built.bundle, tmp_path / "shell") == ""
    payload = {
        name.removeprefix("data/"): bytes(data) for name, data in inside.items() if name.startswith("data/")
    }
    info = dict(line.split(": ", 1) for line in bytes(inside["bag-info.txt"]).decode().split("\n") if line)
    info.pop("Payload-Oxum")
    first, second = (name.removeprefix("data/") for name in names)
    swapped = {**payload, first: payload[second]}
    without = {name: data for name, data in payload.items() if name != first}
    extra = {**payload, "samples/20000101T000000Z.parquet": payload[first]}
    for harmed, where in ((swapped, first), (without, first), (extra, "samples/20000101T000000Z.parquet")):
        path = tmp_path / "harmed.zip"
        path.write_bytes(bundle.make(harmed, info))
        assert [b.where for b in casefile.verify_bundle(path).breaches] == [f"data/{where}"]


def test_a_segment_cannot_be_erased(case: Path) -> None:
    """It holds no words of a person; erasing it would turn watched time into unwatched."""
    with pytest.raises(InputRefused):
        erasure_cost(case, next(entry.seq for entry in store.load(case).entries if entry.kind == "segment"))
