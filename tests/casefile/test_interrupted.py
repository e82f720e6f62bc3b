"""Ctrl-C while much is read: it ends before the work is done, says what is in, and the case is as it was."""

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
from heller.journal import store


class Ended(NamedTuple):
    """How a command line ended: code, what stood on standard error, seconds from Ctrl-C, else from its start."""

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
def taken_in(files: Path) -> tuple[Path, Ended]:
    """The case with the files in it, and what that took."""
    case = files.parent / "case"
    casefile.open_case(case)
    return case, _run(["add", str(case), str(files)])


@pytest.fixture(scope="module")
def verified(taken_in: tuple[Path, Ended]) -> tuple[Path, Ended]:
    """A bundle of it, and what verifying took."""
    bundle = casefile.build(taken_in[0], date(2015, 6, 30), "en").bundle
    return bundle, _run(["verify", str(bundle)])


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_an_interrupted_add_takes_nothing_in(
    files: Path, taken_in: tuple[Path, Ended], tmp_path: Path, share: float
) -> None:
    """At any moment of reading: it ends, nothing is in, and what was kept already is removed."""
    full, case = taken_in[1], tmp_path / "case"
    assert full.code == 0, full.said
    casefile.open_case(case)
    ended = _run(["add", str(case), str(files)], full.took * share)
    assert ended.code in (INTERRUPTED, 0), ended.said
    assert "defect" not in ended.said and "Traceback" not in ended.said
    if "Nothing of it is in the case" in ended.said:
        assert len(casefile.entries(case).entries) == 1
        assert not [path for path in (case / "objects").rglob("*") if path.is_file()]
        with store.open_journal(
            case
        ):  # a process of its own removes what was kept; the next writer, what is left
            assert not any((case / "arriving").iterdir())


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_an_interrupted_verify_says_so(verified: tuple[Path, Ended], share: float) -> None:
    """A bundle that nobody waited for is not called broken."""
    bundle, full = verified
    ended = _run(["verify", str(bundle)], full.took * share)
    assert ended.code in (INTERRUPTED, full.code), ended.said
    assert "defect" not in ended.said and "Traceback" not in ended.said
