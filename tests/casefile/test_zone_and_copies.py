"""The zone is corrected by an entry, its effect shown first; two copies of a case are compared."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.bundle.verify import verify_bundle
from heller.casefile.echo import sums
from heller.casefile.writing.change import correct_zone, under_zone
from heller.cli import app
from heller.model.errors import InputRefused
from heller.model.kinds.fact import Fact

DAY = date(2015, 6, 30)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case without its log."""
    return web_sample.case_in(tmp_path, "ping.log")


def test_a_zone_is_corrected_and_taken_back(case: Path) -> None:
    """Everything is read by the new zone; withdrawn, by the old one; what it moves is known before."""
    before, would = casefile.claim(case, DAY), under_zone(case, "Asia/Tokyo", DAY)
    assert casefile.zone(case).key == "Europe/Berlin", "nothing is written by looking"
    entry = correct_zone(case, "Asia/Tokyo", "Der Standort liegt in Tokio")
    assert casefile.zone(case).key == "Asia/Tokyo"
    after = casefile.claim(case, DAY)
    assert sums(after) == sums(would)
    assert after.detection != before.detection or after.case.exhibits != before.case.exhibits
    assert verify_bundle(casefile.build(case, DAY, "de").bundle).whole
    casefile.correct(case, entry, "doch nicht")
    assert sums(casefile.claim(case, DAY)) == sums(before)
    with pytest.raises(InputRefused):
        correct_zone(case, "Europa/Berlin", "x")


def test_the_command_shows_the_effect_first(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --yes nothing is written."""
    words = ["note", str(case), "zone", "Europe/Lisbon", "Der Standort liegt in Lissabon", "--lang", "en"]
    entries = len(casefile.entries(case).entries)
    assert app.run(words) == 3 and len(casefile.entries(case).entries) == entries
    assert "Damage" in capsys.readouterr().out
    assert app.run([*words, "--yes"]) == 0 and casefile.zone(case).key == "Europe/Lisbon"


def test_two_copies_are_compared(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same, one ahead, forked (exit code 11), two cases; a bundle counts as a copy."""
    other = Path(shutil.copytree(case, tmp_path / "other"))

    def compared(one: Path, two: Path) -> tuple[int, str]:
        code = app.run(["journal", "compare", str(one), str(two), "--lang", "en"])
        shown = capsys.readouterr()
        return code, " ".join((shown.out + shown.err).split())

    assert compared(case, other) == (0, compared(case, other)[1])
    assert "Both hold the same entries" in compared(case, other)[1]
    casefile.note(case, Fact("line.monthly_fee", "480.00"))
    code, said = compared(case, other)
    assert code == 0 and "is the newer copy" in said
    casefile.note(other, Fact("line.monthly_fee", "490.00"))
    code, said = compared(case, other)
    assert code == 11 and "480.00" in said and "490.00" in said
    bundle = casefile.build(case, DAY, "de").bundle
    assert compared(case, bundle)[0] == 0
    casefile.open_case(tmp_path / "strange")
    assert compared(case, tmp_path / "strange")[0] == 3
