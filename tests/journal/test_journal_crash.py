"""Killed in the middle of writing: what was acknowledged is there, and the next writer goes on."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from heller.journal import store

WRITER = """
import sys
from pathlib import Path
from heller.journal import store
folder = Path(sys.argv[1])
while True:
    number = store.append(folder, [("note", {"said": "x" * 300})])
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_no_acknowledged_entry_is_lost(tmp_path: Path) -> None:
    """Twelve kills at random moments of one journal: every number that was printed is in it."""
    folder = tmp_path / "fall"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"})])
    dice = random.Random(9)
    acknowledged: set[int] = set()
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        first = writer.stdout.readline()  # it has begun
        time.sleep(dice.random() / 20)
        writer.kill()
        rest = writer.stdout.read()
        writer.wait()
        acknowledged |= {int(line) for line in (first + rest).split("\n") if line.isdecimal()}
        found = store.load(folder)
        assert found.breaches == ()
        assert acknowledged <= {e.seq for e in found.entries if e.kind == "note"}
    assert len(acknowledged) > 12
