"""The press runs beside: it can be left at once, and it lays nothing on the disk."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from heller.dossier import press

ENDLESS = '#set document(title: "x", date: none)\n#let n = 0\n#while n < 1000000000 { n += 1 }'
ASKING = "import json, sys\nfrom heller.dossier import press\nprint(1, flush=True)\npress.typeset(json.load(sys.stdin))"


def request(folder: Path, source: str) -> dict[str, Any]:
    """A request for a template of these words."""
    (folder / "main.typ").write_text(source)
    return {
        "main": str(folder / "main.typ"),
        "root": str(folder),
        "fonts": str(folder),
        "data": "{}",
        "standards": ["a-3b", "ua-1"],
        "day": "2015-06-30T00:00:00+00:00",
    }


def test_ctrl_c_ends_the_press_and_the_program(tmp_path: Path) -> None:
    """While Typst is working, Ctrl-C ends the program and the press, and no process is left over."""
    with subprocess.Popen(
        [sys.executable, "-c", ASKING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as asking:
        assert asking.stdin is not None and asking.stdout is not None
        asking.stdin.write(json.dumps(request(tmp_path, ENDLESS)).encode())
        asking.stdin.close()
        asking.stdout.readline()
        time.sleep(0.7)
        os.killpg(asking.pid, signal.SIGINT)
        asking.wait(10)  # by itself it would never end
    with pytest.raises(ProcessLookupError):
        os.killpg(asking.pid, 0)


def test_what_typst_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    """A defect of the template is no PDF and no silence."""
    with pytest.raises(ValueError, match="unknown variable: nothing"):
        press.typeset(request(tmp_path, "#nothing"))
