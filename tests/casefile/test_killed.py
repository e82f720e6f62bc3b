"""Writers killed at each of their steps: the next one who writes finds and clears what they left, and the case holds.

A few kills of each, spread over all that it does to files, locks, programs and the network (`kill_points`);
HELLER_KILLS=200 (`make crash-case`) tries each 200 times and prints how many there were, HELLER_PART=1/4 a quarter of
them. Each verb runs in a process of its own: a copy of one in which other tests have left threads may wait for ever for
a lock that one of them held.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.casefile.kill_points import forked
from tests.hostile.files import many_commas
from tests.journal.authority import Authority, served
from tests.part import part_of

from heller import casefile
from heller.casefile import stamping
from heller.journal import disk, store
from heller.journal.mend import mend
from heller.journal.places import OBJECTS
from heller.model.errors import StoreFailed, UnfinishedCopy
from heller.model.kinds.contact import Contact, ContactKind

KILLS = int(os.environ.get("HELLER_KILLS", "3"))
DAY = date(2015, 6, 30)
ALONE = "HELLER_KILLED_ALONE"  # set in the process of a single verb
LONGEST = 300 + 30 * KILLS  # seconds
VERBS = ("add", "note", "erase", "stamp", "renew", "dossier", "serve")


def doing(verb: str, case: Path) -> Callable[[], object]:
    """What a verb does, with all that it needs loaded."""
    from django.test import Client
    from tests.web.test_pages import visit

    from heller.casefile.stamping.renew import renew

    files = case.parent / "files"
    record, entry = contact(), 2
    client: Client | None = visit(case) if verb == "serve" else None

    def served_forms() -> None:
        assert client is not None
        said = {
            "form": "contact",
            "kind": "contact",
            "at": "04.02.2015",
            "at-time": "09:00",
            "said": "x",
            "who": "x",
        }
        with (files / "0.txt").open("rb") as file:
            assert client.post("/exhibits/", {"files": file}).status_code < 400
        assert client.post("/note/", said).status_code == 302

    return {
        "add": lambda: casefile.add(case, sorted(files.iterdir())),
        "note": lambda: [casefile.note(case, record) for _ in range(20)],
        "erase": lambda: [casefile.erase(case, n, "x", "") for n in (entry, entry + 1)],
        "stamp": lambda: stamping.stamp(case, lambda said: None),
        "renew": lambda: renew(case, digest="sha512"),
        "dossier": lambda: casefile.build(case, DAY, "en"),
        "serve": served_forms,
    }[verb]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """An authority that stamps."""
    with served(tmp_path_factory.mktemp("authority")) as one:
        yield one


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """A case with notes, an original, stamps of one authority and files that wait to be taken in."""
    home = tmp_path_factory.mktemp("killed")
    case = home / "case"
    casefile.open_case(case)
    (home / "mail.eml").write_bytes(
        b"From: a@example.org\nSubject: x\nDate: Wed, 04 Feb 2015 09:00:00 +0100\n\nx\n"
    )
    casefile.add(case, [home / "mail.eml"])
    for _ in range(3):
        casefile.note(case, contact())
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.stamp(case, lambda said: None)
    casefile.note(case, contact())
    (home / "files").mkdir()
    for n in range(8):
        (home / "files" / f"{n}.txt").write_bytes(b"Notiz %d\n" % n + b"Zeile\n" * 20_000)
    return case


def contact() -> Contact:
    """Somebody said something."""
    from datetime import UTC, datetime

    at = datetime(2015, 2, 5, 9, 0, tzinfo=UTC)
    return Contact(at, ContactKind.CONTACT, "phone", "Hotline", "x", incoming=True)


def objects(case: Path) -> set[str]:
    """The names of all files among the originals."""
    return {path.name for path in (case / OBJECTS).rglob("*") if path.is_file()}


def of_this_test(temp: Path) -> list[str]:
    """The processes that were started with a temp folder, and live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={temp}\0".encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def gone(temp: Path, seconds: float = 20) -> bool:
    """Whether all of them end by themselves soon."""
    until = time.monotonic() + seconds
    while of_this_test(temp) and time.monotonic() < until:
        time.sleep(0.1)
    return not of_this_test(temp)


def steps_of(verb: str, made: Path, home: Path) -> int:
    """How many steps a verb takes to its end: what failed at once would be killed in vain."""
    shutil.copytree(made.parent, home / "whole")
    ended, steps = forked(doing(verb, home / "whole" / "case"), home)
    assert ended == 0
    return steps


def _alone(test: str, root: Path) -> str:
    """What the test of one verb says, run by an interpreter of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", test]
    ran = subprocess.run(
        command,
        cwd=root,
        env=own | {ALONE: "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("verb", VERBS)
def test_a_killed_verb_leaves_nothing_that_the_next_writer_does_not_clear(
    verb: str, request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After each kill: no half file, no original that nobody names, no open temp file, and the journal holds."""
    if ALONE not in os.environ:
        said = _alone(request.node.nodeid, request.config.rootpath)
        with capsys.disabled():
            print(*(line for line in said.splitlines() if " killed " in line), sep="\n")
        return
    made: Path = request.getfixturevalue("made")
    steps = steps_of(verb, made, tmp_path)
    killed = 0
    kills = part_of(range(KILLS))
    for n in kills:
        home, temp = tmp_path / f"{n}", tmp_path / f"temp-{n}"
        temp.mkdir()
        shutil.copytree(made.parent, home)
        case = home / "case"
        at = 1 + n % steps if steps <= KILLS else 1 + n * steps // KILLS
        killed += forked(doing(verb, case), temp, at)[0] == -signal.SIGKILL
        try:
            casefile.note(case, contact())
        except UnfinishedCopy:
            mend(case)
            casefile.note(case, contact())
        found = store.inspect(case)
        assert found.breaches == ()
        assert objects(case) <= {(e.body or {}).get("digest") for e in found.entries}
        assert not list((case / "arriving").glob("*")) and not list(case.rglob("*.part"))
        assert gone(temp), "what reads foreign files ends with who asked it"
        assert [path for path in temp.iterdir() if not path.name.startswith("heller-")] == []
        assert casefile.claim(case, DAY).case.exhibits or verb == "erase"
        shutil.rmtree(home)
    with capsys.disabled():
        print(
            f" {verb}: killed {killed} of {len(kills)} times, at {min(steps, len(kills))} of its {steps} steps"
        )
    assert killed >= len(kills) * 0.9  # with threads and clocks the last steps are not always the same


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ctrl_c_ends_the_reading_of_a_slow_file(made: Path, tmp_path: Path) -> None:
    """In the middle of a file that takes its whole budget: at once, with nothing left of it."""
    home, temp = tmp_path / "home", tmp_path / "temp"
    temp.mkdir()
    shutil.copytree(made.parent, home)
    (home / "files" / "a.eml").write_bytes(many_commas())
    before = objects(home / "case")
    command = [sys.executable, "-m", "heller", "add", str(home / "case"), str(home / "files")]
    with subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(temp)}, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(3)
        assert process.poll() is None, "it reads"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)  # its budget of 20 seconds would have kept it longer
    assert gone(temp, 2) and objects(home / "case") == before


def test_a_file_system_without_locks_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused in words, and nothing was written."""
    import fcntl

    def none(*told: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    before = disk.head(made)
    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(StoreFailed, match="knows no locks"):
        casefile.note(made, contact())
    assert disk.head(made) == before


def test_a_full_quota_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a full disk is: the case is as it was."""

    def full(*told: Any) -> int:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    before = disk.head(made), objects(made)
    monkeypatch.setattr(os, "write", full)
    for write in (
        lambda: casefile.note(made, contact()),
        lambda: casefile.add(made, [made.parent / "files"]),
    ):
        with pytest.raises(StoreFailed, match="disk is full"):
            write()
    monkeypatch.undo()
    assert (disk.head(made), objects(made)) == before
