"""Heller's own files never become exhibits: no salt, no advice, no closed field travels to the other side."""

from __future__ import annotations

import shutil
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from heller import casefile
from heller.casefile.bundle.build import Built
from heller.casefile.writing.folders import walk
from heller.journal import anchors
from heller.model.errors import InputRefused

DAY = date(2015, 6, 30)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a file."""
    home = tmp_path_factory.mktemp("own")
    (home / "angaben.csv").write_text("Angabe;Wert;Quelle\nFirma;Beispiel GmbH;Handelsregister\n")
    casefile.open_case(home / "case")
    casefile.add(home / "case", [home / "angaben.csv"])
    return home / "case"


@pytest.fixture(scope="module", params=["de", "en"])
def built(case: Path, request: pytest.FixtureRequest) -> Built:
    """Its dossier in either language."""
    return casefile.build(case, DAY, request.param)


def test_nothing_of_its_own_is_taken_in(case: Path, built: Built, tmp_path: Path) -> None:
    """Bundle, dossier, advice, figures, journal, bodies, tree head: under any name, from any case."""
    anchors.newest(case)
    own = {
        "paket.zip": built.bundle,
        "brief.pdf": built.pdf,
        "rat.pdf": built.advice,
        "protokoll.log": case / "journal.jsonl",
        "daten.txt": case / "bodies.jsonl",
        "kopf.txt": case / "anchors" / "000001.txt",
    }
    before = len(casefile.entries(case).entries)
    for name, path in own.items():
        copy = tmp_path / name
        shutil.copy(path, copy)
        with pytest.raises(InputRefused, match="file of Heller itself") as refused:
            casefile.add(case, [copy])
        assert "heller " in str(refused.value.do), "each has a way"
    assert len(casefile.entries(case).entries) == before


def test_what_holds_them_is_not_taken_in(case: Path, built: Built, tmp_path: Path) -> None:
    """A packed case, a mail with a bundle, the answer of an authority over a tree head of this case."""
    anchors.newest(case)
    packed = Path(shutil.make_archive(str(tmp_path / "fall"), "zip", case.parent, case.name))
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "ra@kanzlei.example", "Ergänzungen"
    letter.set_content("Anbei.")
    letter.add_attachment(built.bundle.read_bytes(), maintype="application", subtype="zip", filename="b.zip")
    (tmp_path / "post.eml").write_bytes(bytes(letter))
    head = sha256((case / "anchors" / "000001.txt").read_bytes()).digest()
    (tmp_path / "antwort.tsr").write_bytes(b"0\x82\x01\x02" + head + b"rest")
    (tmp_path / "fremd.tsr").write_bytes(b"0\x82\x01\x02" + bytes(32) + b"rest")
    for path, way in (
        (packed, "journal join"),
        (tmp_path / "post.eml", "journal join"),
        (tmp_path / "antwort.tsr", "stamp"),
    ):
        with pytest.raises(InputRefused, match="file of Heller itself") as refused:
            casefile.add(case, [path])
        assert way in str(refused.value.do)
    entries = len(casefile.entries(case).entries)
    assert casefile.add(case, [tmp_path / "fremd.tsr"]) and len(casefile.entries(case).entries) == entries + 1


def test_a_case_is_no_folder_of_files(case: Path, tmp_path: Path) -> None:
    """Named itself it is refused; among other files it is left out, with its reason."""
    with pytest.raises(InputRefused):
        casefile.add(case, [case])
    home = tmp_path / "alles"
    shutil.copytree(case, home / "fall")
    (home / "notiz.txt").write_text("eine Notiz")
    found = walk([home])
    assert [path.name for path in found.files] == ["notiz.txt"]
    assert [left.path.name for left in found.left_out] == ["fall"]


def test_a_file_of_somebody_else_is_no_file_of_its_own(case: Path, tmp_path: Path) -> None:
    """A zip, a JSON and a text that only look a little alike are taken in."""
    files = {"a.json": '{"boot": 1}', "b.txt": "heller-anchor\n", "c.jsonl": '{"body":"x","salt":"y"}\n'}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert len(casefile.add(case, [tmp_path / name for name in files])) == 3
