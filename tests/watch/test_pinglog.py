"""Raw pings for the provider: in the layout of ping, read again by our own reader with nothing lost."""

from __future__ import annotations

from math import nan
from pathlib import Path

import pytest
from tests.watch.watch_world import BEGIN, SECOND, TARGETS, head

from heller import casefile, intake
from heller.casefile import watching
from heller.cli import app
from heller.dossier.wording import BERLIN
from heller.model.errors import InputRefused
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure
from heller.model.record import Blob
from heller.model.sample import Outcome
from heller.watch.keeping import store
from heller.watch.keeping.store import Batch, Ticked
from heller.watch.rows import ProbeRow

CUT = range(100, 160)
PAUSE = 30  # seconds between two spans


def watched(folder: Path) -> dict[tuple[int, int], Outcome]:
    """A case with a minute's outage, a pause of the watch, some errors of the own host; what was sent."""
    casefile.open_case(folder)
    db = store.open_store(folder / "watch").db
    told: dict[tuple[int, int], Outcome] = {}
    for part, begin in enumerate((BEGIN, BEGIN + (400 + PAUSE) * SECOND)):
        session = store.begin(db, head(f"boot-1.{part}.1"))
        samples, ticks = [], []
        for second in range(400):
            at = begin + second * SECOND
            ticks.append(Ticked(at, at))
            for target in TARGETS:
                outcome = Outcome.OK
                if part == 0 and second in CUT and target.number in (2, 3):
                    outcome = Outcome.UNREACHABLE if second == 120 else Outcome.TIMEOUT
                if part == 1 and second in range(50, 55):
                    outcome = Outcome.LOCAL
                moment = at + target.number * 150_000
                samples.append(
                    ProbeRow(target.number, moment, int(outcome), 0.02 if outcome is Outcome.OK else nan, 84)
                )
                told[target.number, moment] = outcome
        store.write(db, session, Batch(samples=samples, ticks=ticks))
    db.close()
    watching.seal(folder)
    return told


def read(path: Path) -> ProbeLog:
    """What our own reader of ping makes of a file."""
    reading = intake.read(Blob(path.name, path.read_bytes(), path.name), BERLIN)
    assert reading.reader == "ping"
    assert reading.rows_rejected == 0
    (log,) = reading.records
    assert isinstance(log, ProbeLog)
    return log


def test_what_is_read_again_is_what_was_sent(tmp_path: Path) -> None:
    """Every probe, its outcome and its time of sending to the millisecond; the pause is no loss."""
    told = watched(tmp_path / "case")
    written = dict(watching.export(tmp_path / "case", tmp_path / "out"))
    assert sorted(path.name for path in written) == [
        "main_gateway_192.168.178.1.txt",
        "main_target_192.0.2.1.txt",
        "main_target_198.51.100.1.txt",
        "mobile_target_192.0.2.1.txt",
    ]
    failures = {
        None: Outcome.OK,
        Failure.TIMEOUT: Outcome.TIMEOUT,
        Failure.UNREACHABLE: Outcome.UNREACHABLE,
        Failure.LOCAL: Outcome.LOCAL,
    }
    for number, name in enumerate(sorted(path.name for path in written), 1):
        wanted = [(at, outcome) for (target, at), outcome in told.items() if target == number]
        log = read(tmp_path / "out" / name)
        assert written[tmp_path / "out" / name] == len(wanted) == len(log.observations)
        for (at, outcome), seen in zip(sorted(wanted), log.observations, strict=True):
            assert failures[seen.failure] is outcome
            assert abs(seen.at.timestamp() * SECOND - at) < 2_000


def test_a_time_and_its_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--from` and `--to` without a zone are meant at the site; a time without samples writes nothing."""
    folder = tmp_path / "case"
    watched(folder)
    words = ["watch", str(folder), "--export", str(tmp_path / "out"), "--lang", "en"]
    begin = ["--from", "2026-09-21T16:14:20", "--to", "2026-09-21T16:15:20"]  # BEGIN + 60 s, UTC+2
    assert app.run([*words, *begin]) == 0
    log = read(tmp_path / "out" / "main_target_192.0.2.1.txt")
    assert len(log.observations) == 60
    assert (log.observations[0].at.timestamp() * SECOND - BEGIN) // SECOND == 60
    assert "60" in capsys.readouterr().out
    with pytest.raises(InputRefused):
        watching.export(folder, tmp_path / "none", end=log.observations[0].at.replace(year=2020))
    assert not list((tmp_path / "none").iterdir())
