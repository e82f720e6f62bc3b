"""Terminals that have only some signs are written to all the same."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_terminal_without_a_sign_gets_a_plainer_one(encoding: str, lang: str) -> None:
    """No command ends as a fault because a terminal lacks an umlaut, a tick or a frame."""
    ask = "import sys; from heller.cli import main; main(sys.argv[1:])"
    words = ["law", "fees", "--value", "12500", "--on", "2026-03-02", "--lang", lang]
    env = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", ask, *words], env=env, check=False, capture_output=True)
    said = done.stdout.decode(encoding)
    assert done.returncode == 0, done.stderr
    assert ("EUR" in said) is (encoding in ("ascii", "latin-1")) and ("€" in said) is (
        encoding not in ("ascii", "latin-1")
    )
