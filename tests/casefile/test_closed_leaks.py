"""What is closed stands in no output, in no command line or environment of a program that Heller starts, and in no
temporary file, however short it lives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lab.world import HOURS, WAGES

from heller import casefile

NEEDLES = ("Zwölfer", "Dröge", "43,17", "29,83")
# Loaded by every Python that is started: it keeps what programs are started with, and each file outside of the case
# that is written to before it goes, in a folder of its own.
SPY = """
import itertools, os, sys
home, outside = os.environ["SPY"], os.environ["TMPDIR"]
count, busy = itertools.count(), []
def kept(data):
    with open(f"{home}/{os.getpid()}-{next(count)}", "wb") as file:
        file.write(data)
def look(event, told):
    if busy or event not in ("subprocess.Popen", "os.remove", "os.rename", "os.truncate"):
        return
    busy.append(1)
    try:
        if event == "subprocess.Popen":
            kept(repr((told[1], told[3])).encode())
        elif str(told[0]).startswith(outside) and os.path.isfile(told[0]):
            with open(told[0], "rb") as file:
                kept(file.read())
    finally:
        busy.clear()
sys.addaudithook(look)
"""


def test_the_spy_sees_what_leaks(tmp_path: Path) -> None:
    """A value in a temp file that is gone at once, and one in a command line."""
    leak = (
        "import subprocess, sys, tempfile\n"
        "with tempfile.NamedTemporaryFile() as file: file.write('Zwölfer'.encode()); file.flush()\n"
        "subprocess.run([sys.executable, '-c', '', '43,17'])"
    )
    _spied(tmp_path, "-c", leak)
    assert _leaked(tmp_path) == {"Zwölfer", "43,17"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
def test_closing_and_checking_leave_nothing_of_what_is_closed(tmp_path: Path) -> None:
    """Output, command lines, environments, temp files of all processes: nothing. The case itself holds it."""
    case = tmp_path / "case"
    casefile.open_case(case)
    for name, said in (("loehne.csv", WAGES), ("stunden.csv", HOURS)):
        (tmp_path / name).write_text(said)
        casefile.add(case, [tmp_path / name])
    originals = [path.read_bytes() for path in (case / "objects").rglob("*") if path.is_file()]
    assert any("Zwölfer".encode() in data for data in originals)
    said = _spied(
        tmp_path, "-m", "heller", "dossier", str(case), "--close", "names,wages", "--as-of", "30.06.2015"
    )
    (bundle,) = (case / "derived").rglob("*.zip")
    said += _spied(tmp_path, "-m", "heller", "verify", str(bundle))
    said += _spied(tmp_path, "-m", "heller", "hand-over", str(case), "--to", "x")
    assert not [one for one in NEEDLES if one in said]
    wide = [path for path in case.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert case.stat().st_mode & 0o777 == 0o700 and wide == [], (
        "a file that others may read once it is copied out"
    )
    assert _leaked(tmp_path) == set()
    assert len(list((tmp_path / "spy").iterdir())) >= 3, "the readers and the press were started, and seen"


def _spied(home: Path, *words: str) -> str:
    """What a Python says that is looked at, with its own folder for temporary files."""
    for name in ("spy", "temp", "site"):
        (home / name).mkdir(exist_ok=True)
    (home / "site/sitecustomize.py").write_text(SPY)
    more = {"SPY": str(home / "spy"), "TMPDIR": str(home / "temp"), "PYTHONPATH": str(home / "site")}
    done = subprocess.run(
        [sys.executable, *words],
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.stdout + done.stderr


def _leaked(home: Path) -> set[str]:
    """The values that stand in what was kept, or in a temp file that is left."""
    files = [path for name in ("spy", "temp") for path in (home / name).rglob("*") if path.is_file()]
    read = [path.read_bytes() for path in files]
    spelled = {one: {one.encode(), one.encode("latin-1"), one.encode("utf-16-le")} for one in NEEDLES}
    return {one for one, ways in spelled.items() if any(way in data for way in ways for data in read)}
