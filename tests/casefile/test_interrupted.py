"""Ctrl-C while much is read: it ends soon, says what is in, and the case is as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from benchmarks.big_case import make

from heller import casefile
from heller.cli.app import INTERRUPTED

STEP = 0.02  # seconds between two looks at how far it is
NOTHING_SAID = "as it was"


class Ended(NamedTuple):
    """How a command line ended: its code, what it said of errors, seconds from Ctrl-C (0: from its start) to its end."""

    code: int
    said: str
    took: float


def _run(words: list[str], after: float | None = None) -> Ended:
    """Run a command line; Ctrl-C comes so many seconds after its start."""
    began = time.monotonic()
    command = [sys.executable, "-m", "heller", *words, "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        if after is not None:
            time.sleep(after)
            began = time.monotonic()
            os.kill(running.pid, signal.SIGINT)
        _, said = running.communicate()
    return Ended(running.returncode, said, time.monotonic() - began)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large case, a twentieth of it: some seconds of reading."""
    folder = tmp_path_factory.mktemp("interrupted") / "files"
    make(folder, 0.05)
    return folder


@pytest.fixture(scope="module")
def bundle(files: Path) -> Path:
    """A bundle of it, which takes some seconds to verify."""
    case = files.parent / "case"
    casefile.open_case(case)
    casefile.add(case, [files])
    return casefile.build(case, date(2015, 6, 30), "en").bundle


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_an_interrupted_add_takes_nothing_in(files: Path, tmp_path: Path, share: float) -> None:
    """At any moment of reading: it ends before it would have been done, nothing is in, and the same add then works."""
    whole = tmp_path / "whole"
    casefile.open_case(whole)
    full = _run(["add", str(whole), str(files)])
    assert full.code == 0, full.said
    case = tmp_path / "case"
    casefile.open_case(case)
    ended = _run(["add", str(case), str(files)], full.took * share)
    entries = casefile.entries(case).entries
    if ended.code == INTERRUPTED and "Nothing of it is in the case" in ended.said:
        assert len(entries) == 1
        assert not list((case / "originals").rglob("*")) or all(
            path.is_dir() for path in (case / "originals").rglob("*")
        )
    assert ended.code in (INTERRUPTED, 0), ended.said
    assert "defect" not in ended.said and "Traceback" not in ended.said
    assert ended.took < full.took
    assert _run(["add", str(case), str(files)]).code == 0
    assert len(casefile.entries(case).entries) >= len(casefile.entries(whole).entries)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_an_interrupted_verify_says_so(bundle: Path, share: float) -> None:
    """A bundle that nobody waited for is not called broken, and no process goes on working on it."""
    full = _run(["verify", str(bundle)])
    ended = _run(["verify", str(bundle)], full.took * share)
    assert ended.code in (INTERRUPTED, full.code), ended.said
    assert "defect" not in ended.said and "Traceback" not in ended.said
    assert ended.took < full.took
