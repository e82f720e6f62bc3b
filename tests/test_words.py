"""Nothing is said in one language only."""

import subprocess
import sys
from pathlib import Path

from heller.dossier.wording import Words
from heller.model.text import text

ROOT = Path(__file__).parents[1]


def test_every_sentence_has_its_german() -> None:
    """The catalogue holds exactly what is said, with the same arguments, and is compiled."""
    command = [sys.executable, "tools/words.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_one_thing_is_said_in_the_singular() -> None:
    """Where n is 1 the sentence for one is said, in both languages; for any other number the other one."""
    said = text("{n} tree heads", "one tree head", n=1)
    many = text("{n} tree heads", "one tree head", n=2)
    assert Words("en")(said) == "one tree head"
    assert Words("en")(many) == "2 tree heads"
    assert Words("de")(said) != Words("de")(many)
