"""A bundle is verified on a machine that knows nothing of the one that made it: an empty home, no folder of layouts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.bundle.scope import Scope
from heller.casefile.derived.premises import premises_of
from heller.cli import app
from heller.model.kinds.bank_entry import BankEntry

DAY = date(2015, 6, 30)
TABLE = """Wann;Wer;Wofür;Wieviel;Danach
05.02.2015;Beispiel Elektronik GmbH;Rechnung R-100;-357,00;643,00
06.02.2015;Kunde;Zahlung;1.000,00;1.643,00
"""
COLUMNS = ["booked=Wann", "partner=Wer", "purpose=Wofür", "amount=Wieviel", "balance=Danach"]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose bank table is read by a layout that a person confirmed on this machine."""
    home = tmp_path_factory.mktemp("here")
    files = web_sample.write(home / "files")
    (home / "files" / "umsaetze.csv").write_text(TABLE)
    folder = home / "case"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELLER_PROFILES", str(home / "profiles"))
        told = [f"--column={one}" for one in COLUMNS]
        words = ["profile", str(home / "files" / "umsaetze.csv"), *told, "--currency=EUR", "--save"]
        assert app.run([*words, "--lang", "en"]) == 0
        casefile.open_case(folder)
        casefile.add(folder, [*files, home / "files" / "umsaetze.csv"])
    return folder


def verified_elsewhere(bundle: Path, home: Path) -> tuple[int, dict[str, Any]]:
    """Exit code and outcome of `heller verify` with an empty home and next to no environment."""
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "heller", "verify", str(bundle), "--json", "--lang", "en"],
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)


def test_a_layout_of_this_machine_lies_in_the_journal(case: Path) -> None:
    """The table is read by the case's own copy, wherever the user's folder is gone."""
    layouts = premises_of(casefile.entries(case).entries).layouts
    assert [one.columns["amount"] for one in layouts.values()] == [("Wieviel",)]
    assert [entry.amount.cents for entry in casefile.load(case).records(BankEntry)] == [-35700, 100000]


def test_a_layout_nobody_needs_stays_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a file of the case was read by goes into its journal."""
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path / "profiles"))
    (tmp_path / "bank.csv").write_text(TABLE)
    told = [f"--column={one}" for one in COLUMNS]
    assert app.run(["profile", str(tmp_path / "bank.csv"), *told, "--currency=EUR", "--save"]) == 0
    (tmp_path / "notiz.txt").write_text("nichts")
    casefile.open_case(tmp_path / "case")
    casefile.add(tmp_path / "case", [tmp_path / "notiz.txt"])
    assert "layout" not in [entry.kind for entry in casefile.entries(tmp_path / "case").entries]


def test_a_layout_that_is_confirmed_later_reads_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`heller profile --save --case` writes it into the case; the exhibit that nobody could read is read then."""
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path / "profiles"))
    (tmp_path / "bank.csv").write_text(TABLE)
    case = tmp_path / "case"
    casefile.open_case(case)
    casefile.add(case, [tmp_path / "bank.csv"])
    assert casefile.load(case).records(BankEntry) == ()
    told = [f"--column={one}" for one in COLUMNS]
    words = ["profile", str(tmp_path / "bank.csv"), *told, "--currency=EUR", "--save", "--case", str(case)]
    assert app.run(words) == 0
    assert len(casefile.load(case).records(BankEntry)) == 2


@pytest.mark.parametrize(
    ("lang", "scope", "close"),
    [
        ("de", Scope.ALL, ()),
        ("en", Scope.CITED, ()),
        ("de", Scope.ALL, ("names", "wages")),
        ("de", Scope.CITED, ("wages",)),
    ],
)
def test_every_kind_of_bundle_holds_in_an_empty_home(
    case: Path, tmp_path: Path, lang: str, scope: Scope, close: tuple[str, ...]
) -> None:
    """All and cited, open and closed: nothing of the machine that made it is asked."""
    built = casefile.build(case, DAY, lang, scope=scope, close=close)
    code, outcome = verified_elsewhere(built.bundle, tmp_path / "home")
    assert outcome["breaches"] == []
    assert code == (13 if close else 0), outcome["not_checked"]
    assert all("redacted" in said for said in outcome["not_checked"])
