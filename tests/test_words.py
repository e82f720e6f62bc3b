"""Nothing is said in one language only."""

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

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


def test_the_german_of_a_rephrased_sentence_is_kept_and_its_place_is_named(tmp_path: Path) -> None:
    """A rephrased sentence is named with file and line, counts as missing, and its old German waits beside it."""
    for part in ("tools", "src"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    old, new = "Share of a litigation funder", "Share of the litigation funder"
    spec = tmp_path / "src/heller/model/facts/suit.py"
    spec.write_text(spec.read_text().replace(old, new))
    command = [sys.executable, "tools/words.py"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    (fault,) = [line for line in done.stdout.splitlines() if new in line]
    assert fault.startswith("src/heller/model/facts/suit.py:") and done.returncode == 1
    with (tmp_path / "src/heller/locale/de/LC_MESSAGES/heller.po").open("rb") as file:
        found = read_po(file).get(new)
    assert found is not None and found.fuzzy and found.auto_comments == [f"was: {old}"]
    assert found.string == Words("de")(text("Share of a litigation funder"))
