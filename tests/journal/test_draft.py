"""A file in the making is whole or not there, also where its writer is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from heller.journal import draft as drafts
from heller.journal import store
from heller.journal.arriving import sweep
from heller.journal.draft import draft
from heller.machine.files import unnamed

WRITER = """
import sys, time
from pathlib import Path
from heller.journal.draft import draft
with draft(Path(sys.argv[1])) as made:
    made.file.write(b"x" * 100_000)
    made.flush()
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=[True, False], ids=["unnamed", "beside"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """A system that has files without names, and one that has none."""
    if not request.param:
        monkeypatch.setattr(drafts, "unnamed", lambda folder: None)
    elif unnamed(Path("/tmp")) is None:
        pytest.skip("this system has no files without a name")
    return bool(request.param)


def test_it_is_there_when_it_is_kept(tmp_path: Path, system: bool) -> None:
    """Before, the old file lies there and the new one can be read at its place; only its owner may read it."""
    path = tmp_path / "dossier.pdf"
    path.write_bytes(b"old")
    with draft(path) as made:
        made.file.write(b"new")
        made.flush()
        assert (path.read_bytes(), made.place.read_bytes()) == (b"old", b"new")
        made.keep()
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_of_it_stays_when_it_fails(tmp_path: Path, system: bool) -> None:
    """An error in the middle leaves the folder as it was."""
    with pytest.raises(OSError), draft(tmp_path / "a.zip") as made:
        made.file.write(b"half")
        raise OSError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
def test_a_killed_writer_leaves_nothing(tmp_path: Path) -> None:
    """Killed between the first byte and the last, no file is there, under any name."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "bundle.zip")], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == b"written\n"
        os.kill(writer.pid, signal.SIGKILL)
    assert list(tmp_path.iterdir()) == []


def test_half_a_dossier_is_cleared_by_the_next_writer(tmp_path: Path) -> None:
    """Killed between the two names of a draft; one that somebody writes meanwhile is left alone."""
    case = tmp_path / "case"
    store.create(case)
    half = case / "derived" / "dossier.pdf.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF-1.7")
    with draft(case / "derived" / "other.pdf"):
        sweep(case, set)
        assert half.exists()
    sweep(case, set)
    assert not half.exists()
