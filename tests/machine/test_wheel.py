"""The wheel has all that the program needs: unpacked into an empty environment, it runs the demo with no checkout."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and, beside it, what Heller stands on."""
    folder = tmp_path_factory.mktemp("wheel")
    pytest.importorskip("hatchling")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wheel = folder / done.stdout.split()[-1]
    venv.create(folder / "env", with_pip=False, symlinks=True)
    (lib,) = (folder / "env" / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as members:
        members.extractall(lib)
    # A folder that a .pth file names is searched, its own .pth files are not read: so this checkout is not there.
    (lib / "stands_on.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return folder / "env" / "bin" / "python"


def run(python: Path, *words: str, at: Path) -> str:
    """What it prints, run where nothing lies."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HELLER"))}
    done = subprocess.run(
        [python, *words], cwd=at, env=plain, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_demo_runs_from_the_wheel(python: Path, tmp_path: Path) -> None:
    """From files to the verified bundle; the program is the wheel's, and German is there without being made first."""
    place = run(python, "-c", "import heller; print(heller.__file__)", at=tmp_path)
    assert Path(place.strip()).is_relative_to(python.parents[1])
    said = run(python, "-m", "heller", "demo", "--lang", "de", at=tmp_path)
    assert "Zu fordern am 30.06.2015: " in said
