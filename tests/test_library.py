"""Heller as a library: what its page and its docstring show, typed and with the figures of the verbs."""

from __future__ import annotations

import doctest
import shutil
import subprocess
import sys
from datetime import UTC, date
from pathlib import Path

import polars as pl
import pytest

import heller
from heller import casefile, library
from heller.model.errors import InputRefused, NotACase

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with some of the example's files."""
    home = tmp_path / "files"
    home.mkdir()
    for name in ("angaben.csv", "kontakte.csv", "rechnung-notanschluss.xml", "belegliste.csv"):
        shutil.copy(EXAMPLE / name, home / name)
    return home


def test_what_the_docstring_shows_is_so(files: Path, tmp_path: Path) -> None:
    """The example in the module, run."""
    own = {"folder": tmp_path / "case", "example": files / "angaben.csv"}
    assert doctest.testmod(library, extraglobs=own).attempted >= 6
    assert doctest.testmod(library, extraglobs=own | {"folder": tmp_path / "again"}).failed == 0


def test_its_figures_are_those_of_the_case(files: Path, tmp_path: Path) -> None:
    """Frames, claim and bundle say what the verbs say; a second add knows the files, a second open the case."""
    case = heller.open(tmp_path / "case")
    added = heller.add(case, files)
    assert added["number"].to_list() == [1, 2, 3, 4] and not added["known"].any()
    assert heller.add(heller.open(str(case)), files)["known"].all()
    shown, claim = heller.show(case, DAY), heller.claim(case, DAY)
    assert claim.waterfall.due == shown.due == casefile.claim(case, DAY).waterfall.due
    assert shown.exhibits["sha256"].to_list() == [one.digest for one in claim.case.exhibits]
    assert shown.outages["start"].to_list() == [one.start.latest.astimezone(UTC) for one in claim.seen]
    assert shown.outages["shortest_s"].sum() > 0 and shown.outages.schema["start"] == pl.Datetime("us", "UTC")
    likely = shown.positions.filter("recoverable")["likely"].sum()
    assert likely == sum(p.amount.likely.cents for p in claim.assessment.positions if p.recoverable) > 0
    built = casefile.build(case, DAY, "en")
    assert heller.verify(built.bundle).whole
    spoiled = tmp_path / "spoiled.zip"
    spoiled.write_bytes(built.bundle.read_bytes().replace(b"Muster", b"Master", 1))
    assert not heller.verify(spoiled).holds


def test_refusals_are_those_of_the_verbs(tmp_path: Path) -> None:
    """A folder with something in it, a file that is not there."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(NotACase):
        heller.open(tmp_path / "full")
    with pytest.raises(InputRefused):
        heller.add(heller.open(tmp_path / "case"), tmp_path / "none.csv")


def test_importing_it_loads_nothing() -> None:
    """`import heller` costs no table, no page: each name is loaded when it is asked for; all are there, typed."""
    code = "import heller, sys; assert not {'polars', 'msgspec'} & set(sys.modules); print(heller.verify.__module__)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "heller.library"
    assert all(callable(getattr(heller, name)) for name in heller.__all__)
    assert (Path(heller.__file__).parent / "py.typed").is_file()
