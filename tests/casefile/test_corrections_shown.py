"""The other side finds corrections in the dossier; what was taken back stays at home; what was handed out is kept."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.bundle.verify import verify_bundle
from heller.dossier.outline import compose
from heller.model.case_change import ChangeKind
from heller.model.kinds.row_change import RowChange

DAY = date(2015, 6, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case without its log."""
    return web_sample.case_in(tmp_path_factory.mktemp("made"), "ping.log")


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def said(case: Path) -> str:
    """All that the dossier prints, as JSON."""
    import msgspec

    return json.dumps(msgspec.to_builtins(compose(casefile.claim(case, DAY), "en")), ensure_ascii=False)


def test_what_was_changed_is_listed_with_its_reason(case: Path) -> None:
    """Taken back, restored, corrected by a row, erased: what, when, why; the register marks the numbers."""
    assert "Corrections, withdrawals, erasures" not in said(case)
    casefile.correct(case, casefile.target(case, "K7"), "gehört zu einer anderen Sache")
    casefile.note(case, RowChange("K3", "3", "minutes=90", "nur die Hälfte"))
    casefile.erase(case, casefile.target(case, "K4"), "Antrag einer Person", "Art. 17 DSGVO")
    kinds = [(one.kind, one.exhibit) for one in casefile.load(case).changes]
    assert kinds == [(ChangeKind.WITHDRAWN, 7), (ChangeKind.ROW, 0), (ChangeKind.ERASED, 4)]
    printed = said(case)
    for words in (
        "gehört zu einer anderen Sache",
        "nur die Hälfte",
        "Antrag einer Person",
        "taken back; not attached",
    ):
        assert words in printed, words
    assert "erased; see 'Corrections, withdrawals, erasures'" in printed


def test_an_exhibit_that_was_taken_back_does_not_travel(case: Path) -> None:
    """Its line travels, its original stays at home, and the bundle holds."""
    exhibit = casefile.load(case).exhibits[6]
    casefile.correct(case, exhibit.entry, "privat")
    built = casefile.build(case, DAY, "de")
    with zipfile.ZipFile(built.bundle) as bundle:
        assert not [name for name in bundle.namelist() if name.endswith(exhibit.digest)]
    found = verify_bundle(built.bundle)
    assert found.holds and found.whole, (found.breaches, found.unchecked)


def test_what_was_handed_out_is_kept_and_the_next_says_what_changed(case: Path) -> None:
    """Two dossiers, two copies by number and day; the second names what was corrected since the first."""
    first = casefile.build(case, DAY, "de", handed="Beispiel Telekommunikation AG")
    kept = case / "handed-out" / "001-2015-06-30" / first.bundle.name
    data = kept.read_bytes()
    assert verify_bundle(kept).holds
    assert "Since Dossier no. 1" in said(case).replace("\N{NO-BREAK SPACE}", " ") or "no. 1" in said(case)
    casefile.note(case, RowChange("K3", "3", "minutes=90", "nur die Hälfte"))
    second = casefile.build(case, DAY, "de", handed="")
    assert kept.read_bytes() == data, "nothing overwrites it"
    assert (case / "handed-out" / "002-2015-06-30" / second.bundle.name).is_file()
    assert verify_bundle(second.bundle).holds
    assert "nur die Hälfte" in said(case)
