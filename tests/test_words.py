"""Nothing is said in one language only."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_sentence_has_its_german() -> None:
    """The catalogue holds exactly what is said, with the same arguments, and is compiled."""
    command = [sys.executable, "tools/words.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
