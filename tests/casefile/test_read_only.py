"""A case on a medium that takes no byte: shown, worked out and verified; what writes is refused, in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.big_case import make

from heller import casefile

ALONE = ("unshare", "--user", "--map-root-user", "--mount")  # in a name space of mounts of its own
SAYING = ("show", "claim", "assess", "outages", "inbox", "journal show")
DAY = ("--as-of", "2015-06-30")


def heller(*words: str, on: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, with the folder `on` mounted read-only."""
    asked = [sys.executable, "-m", "heller", *words]
    if on is not None:
        mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && shift 0 && exec "$@"'
        asked = [*ALONE, "sh", "-c", mount, str(on), *asked]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of logs, mails, invoices and orders; nothing is kept of it."""
    if not shutil.which("unshare") or subprocess.run((*ALONE, "true"), check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    folder = tmp_path / "case"
    casefile.open_case(folder)
    casefile.add(folder, make(tmp_path / "files", 0.01))
    shutil.rmtree(folder / "derived")
    return folder


@pytest.mark.parametrize("verb", SAYING)
def test_it_is_shown_as_on_any_other_medium(case: Path, verb: str) -> None:
    """Nothing is kept, nothing is locked, and the same bytes are printed."""
    before = sorted(path.name for path in case.rglob("*"))
    shown = heller(*verb.split(), str(case), on=case)
    assert shown.returncode == 0, shown.stderr
    assert sorted(path.name for path in case.rglob("*")) == before
    assert shown.stdout == heller(*verb.split(), str(case)).stdout != ""


def test_what_writes_is_refused_and_a_bundle_holds(case: Path) -> None:
    """A dossier is an entry in the journal, so it cannot be made there; one that was made can be verified."""
    refused = heller("dossier", str(case), *DAY, on=case)
    assert refused.returncode == 6 and "Read-only file system" in refused.stderr
    assert heller("dossier", str(case), *DAY).returncode == 0
    bundle = next((case / "derived").glob("bundle-*.zip"))
    held = heller("verify", str(bundle), on=case)
    assert held.returncode in (0, 13), held.stderr
