"""heller watch as people and systemd run it: real probes on loopback, signals, a second one, a service."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from tests.watch.test_sealing import HOUR, NOON, watched
from tests.watch.test_store import KILLS
from tests.watch.watch_world import TARGETS

from heller import casefile
from heller.casefile import watching
from heller.cli import app
from heller.intake.monitors.sealed_samples import open_segment
from heller.journal import store as journal
from heller.journal.checking.originals import segments
from heller.model.errors import StoreFailed
from heller.watch.keeping import ballast, store
from heller.watch.services import systemd as unit

CONFIG = """
[[uplink]]
name = "main"
gateway = ""
hop = ""
[[target]]
address = "127.0.0.1"
network = "a"
[[target]]
address = "127.0.0.2"
network = "b"
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux' loopback network")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Two targets on loopback."""
    path = tmp_path / "watch.toml"
    path.write_text(CONFIG)
    return path


def command(*words: str) -> list[str]:
    """Heller in a process of its own."""
    return [sys.executable, "-m", "heller", "--lang", "en", *words]


def begun(case: Path, config: Path, *more: str) -> subprocess.Popen[str]:
    """A watch that has written its first second."""
    words = command("watch", str(case), "--config", str(config), *more)
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        db = store.reading(case / "watch")
        if db is not None:
            try:
                if db.execute("SELECT count(*) FROM tick").fetchone()[0] >= 2:
                    return child
            except Exception:  # the file is just being made
                pass
            finally:
                db.close()
        time.sleep(0.1)
    child.kill()
    pytest.fail(f"the watch did not begin: {child.communicate()}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_sealed(number: signal.Signals, tmp_path: Path, config: Path) -> None:
    """Ctrl-C and SIGTERM: what was measured is in the journal, it is said, exit code 0, no ballast stays."""
    case = tmp_path / "case"
    child = begun(case, config)
    assert (case / "watch" / ballast.NAME).exists() or shutil.disk_usage(case).free < 2 * ballast.SIZE
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert "are sealed in the case" in out
    assert "Traceback" not in err
    assert not (case / "watch" / ballast.NAME).exists()
    ((name, _),) = segments(journal.load(case).entries).items()
    head, frame = open_segment(case / "samples" / name, name)
    samples = frame.collect()
    assert {t.address for t in head.targets} == {"127.0.0.1", "127.0.0.2"}
    assert samples.height >= 4 and set(samples["outcome"].unique()) <= {0, 2}
    assert head.watched and head.watched[-1][1] > head.watched[0][0]


def test_killed_and_begun_again(tmp_path: Path, config: Path) -> None:
    """kill -9 of the whole watch: the next one seals what was left, and the time between was not watched."""
    case = tmp_path / "case"
    child = begun(case, config)
    child.kill()
    child.communicate()
    time.sleep(1.1)
    assert begun(case, config, "--seconds", "2").wait(60) == 0
    heads = [open_segment(case / "samples" / name, name)[0] for name in segments(journal.load(case).entries)]
    assert len({head.session for head in heads}) == 2
    (first, second) = (head.watched for head in heads)
    assert second[0][0] - first[-1][1] > 1_000_000
    starts = [upset for upset in heads[1].upsets if upset.start < upset.end]
    assert starts and starts[0].start == first[-1][1]


def test_a_second_one_is_refused(tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 6, and it is told how to look at the one that runs; lines for machines come out of that."""
    case = tmp_path / "case"
    child = begun(case, config)
    try:
        assert app.run(["watch", str(case), "--lang", "en"]) == StoreFailed.exit_code
        assert "--look" in capsys.readouterr().err
        look = subprocess.Popen(
            command("watch", str(case), "--look", "--json"), stdout=subprocess.PIPE, text=True
        )
        assert look.stdout is not None
        line = json.loads(look.stdout.readline())
        assert (line["line"], line["state"]) == ("main", "answers")
        assert line["probes"]["sent"] > 0 and line["probes"]["lost"] == 0 and line["bytes"]["own"] > 0
    finally:
        child.terminate()
        child.communicate(timeout=60)
    assert look.wait(30) == 0, "the view ends with the watch"


def test_nothing_to_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in which nobody watches is said to be one, at once, and nothing is made in it."""
    assert app.run(["watch", str(tmp_path), "--look", "--lang", "en"]) == 3
    assert "Nothing was watched" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_lines_for_machines(tmp_path: Path, config: Path) -> None:
    """--json: standard output holds JSON lines, then the segments, and nothing for people."""
    out = subprocess.run(
        command("watch", str(tmp_path / "case"), "--config", str(config), "--seconds", "4", "--json"),
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    ).stdout
    lines, _, rest = out.partition("\n[")
    found = [json.loads(line) for line in lines.split("\n") if line]
    assert found and {"at", "line", "state", "since", "probes", "rtt_ms", "bytes", "ways", "disk"} == set(
        found[0]
    )
    assert json.loads("[" + rest)[0]["samples"] > 0


def test_what_a_config_may_not_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A host asked too often, a name instead of an address, an unknown key: refused before anything is made."""
    for wrong in ("every = 0.01", 'way = "smoke"', 'uplink = "nowhere"', "speed = 3"):
        path = tmp_path / "watch.toml"
        path.write_text(CONFIG + wrong + "\n")
        assert app.run(["watch", str(tmp_path / "case"), "--config", str(path)]) == 3
        assert "watch.toml" in capsys.readouterr().err
    path.write_text('[[target]]\naddress = "example.com"\n')
    assert app.run(["watch", str(tmp_path / "case"), "--config", str(path)]) == 3
    assert not (tmp_path / "case").exists()


def test_only_one_job_at_a_time(tmp_path: Path) -> None:
    """--look and --seal are two calls."""
    assert app.run(["watch", str(tmp_path), "--look", "--seal"]) == 3


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without systemd's manager; nothing of the real user's is touched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    return tmp_path / "config" / "systemd" / "user"


def test_a_service_is_written_and_removed(
    home: Path, tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its unit holds the command with the folder quoted; the commands to go on are printed; another user's
    unit beside it stays."""
    case = tmp_path / 'Fall "100 %" $x'
    home.mkdir(parents=True)
    (home / "other.service").write_text("[Unit]\n")
    assert app.run(["watch", str(case), "--install", "--config", str(config), "--lang", "en"]) == 0
    (written,) = home.glob("heller-watch-*.service")
    said = capsys.readouterr().out
    assert f"systemctl --user enable --now {written.name}" in said and "loginctl enable-linger" in said
    body = written.read_text()
    quoted = str(case).replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    assert f'watch "{quoted}" --config {config}' in body
    assert "Restart=always" in body and "NoNewPrivileges=yes" in body
    if shutil.which("systemd-analyze"):
        runtime = tmp_path / "runtime"
        runtime.mkdir()
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--user", str(written)],
            env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (checked.returncode, checked.stderr) == (0, "")
    assert app.run(["watch", str(case), "--uninstall"]) == 0
    assert [path.name for path in home.iterdir()] == ["other.service"]
    assert app.run(["watch", str(case), "--uninstall"]) == 3


def test_two_folders_of_one_name(tmp_path: Path) -> None:
    """Each has a service of its own; a folder's name never leaves the file's name."""
    names = {unit.name_of(tmp_path / place / "../fall ü/x") for place in ("a", "b")}
    assert len(names) == 2 and all("/" not in name and name.isascii() for name in names)


def test_a_watch_stays_small(tmp_path: Path, config: Path) -> None:
    """The process that measures loads no polars and stays below 60 MB (reference, section 10, goal 6)."""
    child = begun(tmp_path / "case", config)
    try:
        status = Path(f"/proc/{child.pid}/status").read_text()
        maps = Path(f"/proc/{child.pid}/maps").read_text()
    finally:
        child.terminate()
        child.communicate(timeout=60)
    assert "polars" not in maps
    (kilobytes,) = [int(line.split()[1]) for line in status.split("\n") if line.startswith("VmRSS")]
    assert kilobytes < 60_000


def test_the_case_reads_what_the_watch_sealed(tmp_path: Path, config: Path) -> None:
    """Taken in without a word: the folded case holds head and samples, unloaded."""
    case = tmp_path / "case"
    assert begun(case, config, "--seconds", "2").wait(60) == 0
    ((head, frame),) = casefile.load(case).samples
    assert frame.collect().height > 0 and head.step == 1_000_000


def test_a_sealing_that_is_killed(tmp_path: Path) -> None:
    """kill -9 of the process that seals, at random points: in the end each sample is sealed exactly once, each file
    is the one that the journal names, and nothing half written is left."""
    case, dice, told = tmp_path / "case", random.Random(5), 0
    casefile.open_case(case)
    for kill in range(max(3, KILLS // 20)):
        watched(case, 2 * 3600, begin=NOON + kill * 4 * HOUR, name=f"boot-{kill}.1.1", every=4)
        told += 1800 * len(TARGETS)
        child = subprocess.Popen(command("watch", str(case), "--seal"), stdout=subprocess.DEVNULL)
        time.sleep(0.4 + dice.random() * 1.2)
        child.kill()
        child.wait()
    watching.seal(case)
    named = segments(journal.load(case).entries)
    frames = [
        open_segment(watching.segment_of(case, name, digest), name)[1].collect()
        for name, digest in named.items()
    ]
    both = pl.concat(frames)
    assert both.height == told
    assert both.select("target", "at").is_unique().all()
    assert {path.name for path in (case / "samples").iterdir()} == set(named)
