"""A stamped copy of the dossier, and what a hash renewal listed, against the bundle."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.journal.authority import Authority

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping.renew import renew
from heller.cli import app
from heller.journal import store
from heller.journal.checking import renewal_lists


@pytest.fixture(scope="module")
def sealed(
    authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, casefile.Built, Path]:
    """A small case, stamped, renewed under SHA-512, sealed, with a stamped copy of its dossier."""
    case = tmp_path_factory.mktemp("carried") / "case"
    casefile.open_case(case)
    (case.parent / "rechnung.txt").write_text("Rechnung 4711")
    casefile.add(case, [case.parent / "rechnung.txt"])
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.stamp(case)
    renew(case, digest="sha512")
    built = casefile.build(case, date(2026, 11, 24), "de")
    return case, built, stamping.stamp_pdf(case, built.pdf)


def test_the_bundle_and_a_stamped_dossier_hold(
    sealed: tuple[Path, casefile.Built, Path], authority: Authority
) -> None:
    """All of it is checked, under the bundle's root and under one's own."""
    _, built, stamped = sealed
    outcome = casefile.verify_bundle(built.bundle, papers=[stamped])
    assert outcome.holds, outcome.breaches
    said = {check.id: check.args for check in outcome.checks}
    assert said["{name} is the dossier, with: {who}"]["name"] == stamped.name
    assert casefile.verify_bundle(built.bundle, roots=[authority.root], papers=[stamped]).holds


def test_another_dossier_or_one_that_was_painted_over_is_a_breach(
    sealed: tuple[Path, casefile.Built, Path], tmp_path: Path
) -> None:
    """At the command line it costs exit code 7."""
    _, built, stamped = sealed
    other = Path(shutil.copy(built.advice, tmp_path / "other.pdf"))
    assert not casefile.verify_bundle(built.bundle, papers=[other]).holds
    assert app.run(["verify", str(built.bundle), "--pdf", str(other)]) == 7
    assert app.run(["verify", str(built.bundle), "--pdf", str(stamped)]) == 0
    assert app.run(["verify", str(built.bundle), "--pdf", str(tmp_path / "nowhere.pdf")]) == 3


def test_a_list_that_names_other_bytes_is_a_breach(sealed: tuple[Path, casefile.Built, Path]) -> None:
    """An original, a tree head or the journal with other bytes; what was left out is none."""
    case, _, _ = sealed
    files = {
        f"data/{path.relative_to(case).as_posix()}": memoryview(path.read_bytes())
        for path in case.rglob("*")
        if path.is_file() and "derived" not in path.parts
    }
    assert "data/anchors/000001.sha512.txt" in files and renewal_lists.check_lists(files) == []
    (original,) = (name for name in files if name.startswith("data/objects/"))
    for name in (original, "data/anchors/000001.txt", f"data/{store.JOURNAL}"):
        assert renewal_lists.check_lists({**files, name: memoryview(b"x" * len(files[name]))}), name
    assert renewal_lists.check_lists({name: data for name, data in files.items() if name != original}) == []
