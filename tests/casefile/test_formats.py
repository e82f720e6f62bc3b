"""Bundles and journals of other versions: older ones are read, newer ones are named as such, none is called forged."""

from __future__ import annotations

import random
import tarfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from heller import casefile
from heller.casefile.bundle import build, made_again, program
from heller.casefile.bundle.verify import verify_bytes
from heller.casefile.formats import FORM
from heller.cli import app
from heller.journal import store
from heller.journal.entry import BreachCause
from heller.model.errors import NewerFormat, UnfinishedCopy

EARLIER = ("6351654", "e62ee72", "3da6798", "349a7c9", "41cca76")


@pytest.fixture(scope="module")
def bundles() -> dict[str, bytes]:
    """The bundles of five earlier commits."""
    with tarfile.open(Path(__file__).parent / "bundles" / "earlier.tar.xz") as packed:
        return {one.name[:7]: packed.extractfile(one).read() for one in packed}  # type: ignore[union-attr]


@pytest.mark.parametrize("commit", EARLIER)
def test_a_bundle_of_an_earlier_commit_holds(bundles: dict[str, bytes], commit: str) -> None:
    """Digests, chain, figures on its pages; what it worked out otherwise is said not to be worked out again."""
    found = verify_bytes(bundles[commit])
    assert found.holds and found.breaches == ()
    assert not found.newer and found.claim is not None
    assert found.claim.case.fact("line.monthly_fee") == "480.00"


@pytest.mark.parametrize("commit", EARLIER)
def test_a_changed_byte_of_an_older_bundle_is_still_found(bundles: dict[str, bytes], commit: str) -> None:
    """An older form is no excuse for another sum."""
    data = bundles[commit]
    at = data.index(b'"net_first"') if b'"net_first"' in data else data.index(b"line.monthly_fee")
    found = verify_bytes(data[:at] + b"X" + data[at + 1 :])
    assert not found.holds and found.cause is BreachCause.CHANGED


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with a note."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    store.append(
        folder, [("note", {"record": {"type": "fact", "key": "firm.name", "value": "Beispiel GmbH"}})]
    )
    return folder


@pytest.mark.parametrize(
    "record",
    [
        {"type": "hologram", "depth": 3},
        {"type": "fact", "key": "firm.name", "value": "Andere GmbH", "certainty": "high"},
    ],
)
def test_a_record_of_a_newer_version_is_left_aside_and_named(case: Path, record: dict[str, Any]) -> None:
    """A kind or a field that this version does not know: the case goes on without it, and says so."""
    store.append(case, [("note", {"form": FORM + 1, "record": record})])
    loaded = casefile.load(case)
    assert loaded.fact("firm.name") == "Beispiel GmbH"
    assert [finding.code for finding in loaded.findings].count("entry-unknown") == 1


def test_an_entry_of_an_unknown_kind_is_left_aside_and_named(case: Path) -> None:
    """So an older program passes over what this one writes in kinds of its own."""
    store.append(case, [("hologram", {"depth": 3})])
    assert "entry-unknown" in [finding.code for finding in casefile.load(case).findings]


def test_a_journal_line_of_a_newer_form_has_its_own_error(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not 'changed after it was written': a newer Heller wrote it."""
    path = case / store.JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"v":1,', b'"v":2,"w":7,'))
    with pytest.raises(NewerFormat):
        store.load(case)
    assert app.run(["show", str(case), "--lang", "en"]) == NewerFormat.exit_code == 8
    said = capsys.readouterr().err
    assert "newer Heller" in said and "changed after" not in said


def test_a_bundle_of_a_newer_form_is_not_judged(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its digests are checked, its figures are not: neither 'holds' nor 'does not hold', and its own exit code."""
    monkeypatch.setattr(build, "FORM", FORM + 1)
    made = casefile.build(case, date(2015, 6, 30), "de")
    found = verify_bytes(made.bundle.read_bytes())
    assert found.newer and found.holds and not found.whole
    assert [said.args["form"] for said in found.unchecked] == [FORM + 1]
    assert app.run(["verify", str(made.bundle), "--lang", "en"]) == NewerFormat.exit_code


def test_an_earlier_program_calls_a_later_bundle_not_checked(
    case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One that draws other pages, works out other figures and knows other sheets, under the same number."""
    data = casefile.build(case, date(2015, 6, 30), "de").bundle.read_bytes()
    sheets = [tmp_path / name for name in ("PRUEFEN.txt", "VERIFY.txt", "verify.py")]
    for sheet in sheets:
        sheet.write_text("an earlier one")
    own = f"heller {version('heller')}, files 0123456789abcdef"
    monkeypatch.setattr(made_again, "sheets", lambda: sheets)
    monkeypatch.setattr(made_again, "known_sheets", lambda: frozenset())
    monkeypatch.setattr(made_again, "figures_of", lambda claimed: b"others")
    for module in (made_again, program):
        monkeypatch.setattr(module, "program", lambda: own)
    found = verify_bytes(data)
    assert found.holds and not found.whole and found.breaches == ()
    assert sum("sheet" in said.id for said in found.unchecked) == 3


def test_a_torn_download_is_no_forgery(bundles: dict[str, bytes], tmp_path: Path) -> None:
    """Every beginning of a bundle is the beginning of a bundle, and said to be not whole."""
    data = bundles["41cca76"]
    dice = random.Random(18)
    for length in (
        len(data) - 1,
        len(data) - 30,
        len(data) // 2,
        4096,
        2,
        *(dice.randrange(1, len(data)) for _ in range(60)),
    ):
        torn = tmp_path / "torn.zip"
        torn.write_bytes(data[:length])
        assert app.run(["verify", str(torn), "--lang", "en"]) == UnfinishedCopy.exit_code == 9, length
