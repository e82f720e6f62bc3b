"""`heller outages` and `heller add` with what monitors keep: databases with their log, speed tests, big files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.cli.told import codes, outages
from tests.intake import databases
from tests.intake.databases import kuma, steady

from heller import casefile
from heller.cli import app, screen
from heller.intake import from_disk
from heller.model.kinds.probe_log import ProbeLog

TIMEOUT = "timeout of 48000ms exceeded"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Path]:
    """The database of a running Uptime Kuma whose outage stands in its log only."""
    path = tmp_path / "kuma.db"
    held = kuma(path, {1: steady(0, 100)})
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("PRAGMA wal_autocheckpoint = 0")
    databases.beats(held, 1, [*steady(6000, 20, 0, TIMEOUT), *steady(7200, 20)])
    yield path
    held.close()


def test_a_database_brings_its_log_along(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The outage is found by naming the database alone; its digest is that of the file, the log's is told, and
    the folder of the running program stays as it is."""
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in live.parent.iterdir()}
    found = outages(capsys, str(live))
    (one,) = found["outages"]
    assert one["start"]["earliest"] <= "2026-03-02T11:40:00Z" <= one["start"]["latest"]
    (source,) = one["source"]
    assert source["sha256"] == sha256(live.read_bytes()).hexdigest() and source["row"] == 101
    log = next(f for f in found["findings"] if f["code"] == "database.log_read")
    assert sha256(live.with_name("kuma.db-wal").read_bytes()).hexdigest() in log["text"]
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in live.parent.iterdir()} == before


def test_both_files_named_are_one_witness(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Naming the log too changes nothing but a note."""
    alone = outages(capsys, str(live))
    both = outages(capsys, str(live), str(live) + "-wal")
    assert both["outages"] == alone["outages"]
    assert codes(both) - codes(alone) == {"database.log_alone"}


def test_a_case_keeps_database_and_log(live: Path, tmp_path: Path) -> None:
    """Both are exhibits with their own digests; the case reads them together, again after a restart."""
    case = tmp_path / "fall"
    casefile.open_case(case)
    added = casefile.add(case, [live])
    assert [a.name for a in added] == ["kuma.db", "kuma.db-wal"]
    for _ in range(2):
        (log,) = casefile.load(case).records(ProbeLog)
        assert len(log.observations) == 140
        shutil.rmtree(case / "derived")


def test_a_log_that_comes_later_is_read_with_its_database(live: Path, tmp_path: Path) -> None:
    """First the database, then its log: the case sees the newest beats from then on."""
    case, copy = tmp_path / "fall", tmp_path / "kopie"
    copy.mkdir()
    casefile.open_case(case)
    for name, beats in (("kuma.db", 100), ("kuma.db-wal", 140)):
        (copy / name).write_bytes(live.with_name(name).read_bytes())
        casefile.add(case, [copy / name])
        (log,) = casefile.load(case).records(ProbeLog)
        assert len(log.observations) == beats
        (copy / name).unlink()


def test_speed_tests_are_findings_and_no_outage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thirty measurements far below the tariff: three deviations, no outage, exit code 0; in words too."""
    head = "Messzeitpunkt;Download (Mbit/s);Upload (Mbit/s)"
    promised = (
        "Download Soll maximal (Mbit/s);Download Soll normalerweise (Mbit/s);Download Soll minimal (Mbit/s)"
    )
    rows = [
        f"{day:02}.03.2026 {hour:02}:00:00;{20 + hour},50;8,00;100;83;55"
        for day in (3, 5, 9)
        for hour in range(8, 18)
    ]
    path = tmp_path / "messungen.csv"
    path.write_text("\n".join([f"{head};{promised}", *rows]) + "\n")
    found = outages(capsys, str(path))
    assert found["outages"] == [] and found["unobserved"] == []
    told = [f for f in found["findings"] if f["code"].startswith("speed.")]
    assert [f["code"] for f in told].count("speed.deviates") == 3 and {f["file"] for f in told} == {str(path)}
    assert "speed.pause" in codes(found)
    for lang, word in (("de", "Mindestgeschwindigkeit"), ("en", "undercut")):
        screen.out.cache_clear()
        assert app.run(["outages", str(path), "--lang", lang]) == 0
        assert word in capsys.readouterr().out


def test_what_has_no_times_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report of mtr alone: exit code 3 and the reason."""
    path = tmp_path / "mtr.json"
    path.write_text('{"report": {"mtr": {"dst": "203.0.113.1"}, "hubs": []}}')
    assert "route.no_times" in codes(outages(capsys, str(path), code=3))


def test_a_file_of_two_gigabytes_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is read; the reason names the limit and how to cut it."""
    path = tmp_path / "ping.log"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    found = outages(capsys, str(path), code=3)
    assert "2,048 MB" in found["findings"][0]["text"]
    assert not from_disk.logs_among([])


def test_an_outage_without_an_end_in_a_list_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The last line of a list names no end: its outage has an open end and no longest duration, and a doubt says so."""
    kept = tmp_path / "outages.csv"
    kept.write_text("start;ende\n01.02.2015 08:12;01.02.2015 14:00\n03.02.2015 10:00;\n")
    found = outages(capsys, str(kept))
    ended, open_ = found["outages"]
    assert ended["end"]["latest"] and ended["duration_s"]["max"] > 5 * 3600
    assert open_["end"]["open"] and open_["end"]["latest"] is None and open_["duration_s"]["max"] is None
    assert "outage.open_end" in codes(found)


def test_short_breaks_of_a_router_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A session that is renewed within seconds is no outage; the log's reader says how many it left out."""
    log = tmp_path / "fritz.txt"
    log.write_text(
        "04.02.15 09:00:00 Internetverbindung wurde erfolgreich hergestellt.\n"
        "04.02.15 08:59:40 Internetverbindung wurde getrennt.\n"
    )
    found = outages(capsys, str(log))
    assert not found["outages"]
    assert "outage.short_breaks" in codes(found)
