"""One new thing is one new file: each is put into a scratch copy of the house, and is found there.

Its test, its page and its German come on top.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.new_things import THINGS

ROOT = Path(__file__).parents[2]
SOURCE, CONTRIBUTING = ROOT / "src", ROOT / "CONTRIBUTING.md"
SCHILDA = ROOT / "tests" / "law" / "schilda" / "xs"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources."""
    copy = tmp_path_factory.mktemp("house") / "src"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    return copy


@pytest.mark.parametrize("name", THINGS)
def test_a_new_thing_is_one_file_and_is_found(name: str, house: Path) -> None:
    """Its file is all that changes; a fresh process finds it everywhere."""
    thing = THINGS[name]
    home = house / "heller"
    new = home / thing.path
    content = thing.content
    if name == "bank":
        content = (
            (home / "intake/bank/profiles/ing.yaml").read_text().replace("name: ing", "name: newbank", 1)
        )
    new.write_text(content)
    try:
        found_in(house, thing.found)
    finally:
        new.unlink()


def found_in(house: Path, found: str) -> None:
    """A fresh process on the copied sources sees what is found there."""
    done = subprocess.run(
        [sys.executable, "-c", found],
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "heller.web.app"},
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


COUNTRY = """
from heller.law.country import country, known
assert "xs" in known() and country("XS").code == "XS"
"""


def test_a_country_is_one_folder_and_is_found(house: Path) -> None:
    """The invented country of the tests lies beside Germany and is known; nothing else changes."""
    folder = house / "heller" / "law" / "xs"
    shutil.copytree(SCHILDA, folder)
    try:
        found_in(house, COUNTRY)
    finally:
        shutil.rmtree(folder)


def test_the_page_for_contributors_has_a_row_for_each() -> None:
    """Whoever adds one of them finds where it goes."""
    rows = re.findall(r"^\| ([^|]+) \| one (?:file|folder|row)", CONTRIBUTING.read_text(), re.MULTILINE)
    said = " ".join(rows)
    for sort in ("format", "devices", "shop", "bank", "probe", "record", "fact", "head of loss", "letter", "verb",
                 "page", "next step", "objection", "trade", "country"):  # fmt: skip
        assert sort in said, sort
