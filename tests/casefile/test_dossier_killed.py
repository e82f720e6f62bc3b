"""A dossier in the making that is killed leaves nothing half done, neither in the case nor in the temp folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from heller import casefile

MAKING = """
import sys
from datetime import date
from pathlib import Path
from heller import casefile
print("begun", flush=True)
casefile.build(Path(sys.argv[1]), date(2026, 3, 31), "en")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
@pytest.mark.parametrize("after", [0.3, 0.8, 1.3, 1.9, 2.6])
def test_a_killed_dossier_leaves_nothing(tmp_path: Path, after: float) -> None:
    """Killed at some point: no file of it under a name, no original in the temp folder, and the case holds."""
    case, temp = tmp_path / "case", tmp_path / "temp"
    temp.mkdir()
    casefile.open_case(case)
    (tmp_path / "mail.eml").write_bytes(b"From: a@example.org\nSubject: x\n\nZeile\n")
    casefile.add(case, [tmp_path / "mail.eml"])
    environment = {**os.environ, "TMPDIR": str(temp)}
    with subprocess.Popen(
        [sys.executable, "-c", MAKING, str(case)], stdout=subprocess.PIPE, env=environment
    ) as making:
        assert making.stdout is not None and making.stdout.readline()
        time.sleep(after)
        os.kill(making.pid, signal.SIGKILL)
    assert list(temp.iterdir()) == []
    assert not list((case / "derived").rglob("*.part")) if (case / "derived").is_dir() else True
    assert casefile.load(case).exhibits
