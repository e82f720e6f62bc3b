"""Bad input is answered with what happened, why it matters, what to do; the case stays as it was."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app
from heller.journal import store
from heller.model.kinds.fact import Fact

VERBS = [
    ["add", "CASE", "x.csv"],
    ["note", "CASE", "promise", "Wir schalten morgen."],
    ["show", "CASE"],
    ["outages", "CASE"],
    ["assess", "CASE"],
    ["claim", "CASE"],
    ["dossier", "CASE"],
    ["serve", "CASE", "--no-browser"],
]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder with one fact."""
    folder = tmp_path / "fall"
    casefile.open_case(folder)
    casefile.note(folder, Fact("firm.name", "Beispiel GmbH"))
    return folder


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".gone" not in str(p)
    }  # what is .gone is being removed


@pytest.mark.parametrize("verb", VERBS, ids=lambda v: v[0])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_folder_that_is_no_case(
    verb: list[str], lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every verb says so in both languages, with exit code 4, and makes nothing."""
    (tmp_path / "x.csv").write_text("a;b\n")
    words = [str(tmp_path / w) if w in ("CASE", "x.csv") else w for w in verb]
    before = state(tmp_path)
    assert app.run([*words, "--lang", lang]) == 4
    said = capsys.readouterr().err
    assert {"de": "Was zu tun ist", "en": "What to do"}[lang] in said
    assert "Traceback" not in said
    assert state(tmp_path) == before


def test_a_missing_file_leaves_the_case_as_it_was(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One missing file of two: none is taken in."""
    (case.parent / "da.csv").write_text("Angabe;Wert;Quelle\n")
    before = state(case)
    assert app.run(["add", str(case), str(case.parent / "da.csv"), str(case.parent / "weg.csv")]) == 3
    assert state(case) == before
    assert "weg.csv" in capsys.readouterr().err


ODD = {
    "leer.csv": b"",
    "nur-kopf.csv": b"Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung\n",
    "fremd.csv": "Angabe;Wert;Quelle\nFlughöhe;Müller;x\n".encode("utf-16"),
    "kaputt.csv": bytes(range(256)) * 20,
    "bild.pdf": b"%PDF-1.4\n1 0 obj\n",
    "kaputt.xml": b"<?xml version='1.0'?><Invoice",
    "mail.eml": b"\xff\xfe\x00garbage",
    "ping.log": b"PING 203.0.113.53 (203.0.113.53) 56(84) bytes of data.\n",
    "nichts.bin": b"\0" * 5000,
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_costs_a_finding(name: str, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is kept as an exhibit, a doubt says what is wrong, and the case still works."""
    (case.parent / name).write_bytes(ODD[name])
    assert app.run(["add", str(case), str(case.parent / name)]) == 0
    assert app.run(["show", str(case), "--as-of", "2015-06-30"]) == 0
    folded = casefile.load(case)
    assert [e.name for e in folded.exhibits] == [name]
    assert folded.exhibits[0].reading.findings, "nobody said what is wrong"
    assert "Traceback" not in "".join(capsys.readouterr())


def test_interrupted_in_the_middle(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files: no entry, no stray original."""
    for name in ("a.csv", "b.csv"):
        (case.parent / name).write_text(name)
    before = state(case)
    real = store.put_object
    seen: list[bytes] = []

    def put(folder: Path, data: bytes, coming: Callable[[str], None]) -> tuple[str, bool]:
        if seen:
            raise KeyboardInterrupt
        seen.append(data)
        return real(folder, data, coming)

    monkeypatch.setattr(store, "put_object", put)
    assert (
        app.run(["add", str(case), str(case.parent / "a.csv"), str(case.parent / "b.csv")]) == app.INTERRUPTED
    )
    assert state(case) == before


@pytest.mark.parametrize(
    "words",
    [
        ["note", "CASE", "gerücht", "Es heißt ..."],
        ["note", "CASE", "fact", "Monatsentgeld", "500"],
        ["note", "CASE", "fact", "line.monthly_fee", "viel"],
        ["note", "CASE", "fact", "firm.name"],
        ["note", "CASE", "promise", "x", "--at", "31.02.2015"],
        ["note", "CASE", "offer", "x", "--amount", "viel"],
        ["note", "CASE", "correct", "99", "vertippt"],
        ["note", "CASE", "correct", "eins", "vertippt"],
        ["note", "CASE", "purpose", "4711", "geschenk"],
        ["note", "CASE", "purpose", "4711", "idle_hours"],
        ["claim", "CASE", "--as-of", "30. Februar"],
        ["show", "CASE", "--lang", "fr"],
    ],
    ids=lambda w: " ".join(w[1:4]),
)
def test_nonsense_is_refused_with_what_to_do(
    words: list[str], case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, nothing written."""
    before = state(case)
    assert app.run([str(case) if w == "CASE" else w for w in words]) == 3
    assert "What to do:" in capsys.readouterr().err
    assert state(case) == before


@pytest.mark.parametrize("words", [["gibtsnicht"], ["open"], ["claim", "x", "--unbekannt"]], ids=" ".join)
def test_a_wrong_command_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and where to look."""
    assert app.run(words) == app.USAGE
    assert "heller" in "".join(capsys.readouterr())


def test_verify_what_is_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file is refused (3); a file that is no archive does not hold (7)."""
    (tmp_path / "x.zip").write_bytes(b"kein Archiv")
    assert app.run(["verify", str(tmp_path / "weg.zip")]) == 3
    assert app.run(["verify", str(tmp_path / "x.zip")]) == 7
    assert "Traceback" not in "".join(capsys.readouterr())


def test_open_on_a_folder_that_holds_something(case: Path) -> None:
    """Nothing is overwritten."""
    before = state(case)
    assert app.run(["open", str(case)]) == 4
    assert state(case) == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small file system of its own")
def test_a_full_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a real full file system: exit code 6, and the case is as it was."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount a small file system here")
    try:
        case = disk / "fall"
        casefile.open_case(case)
        before = state(case)
        (tmp_path / "gross.csv").write_bytes(b"x" * (1 << 20))
        assert app.run(["add", str(case), str(tmp_path / "gross.csv")]) == 6
        assert "full" in capsys.readouterr().err
        assert state(case) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_changed_journal_stops_every_verb(case: Path) -> None:
    """Exit code 5: nothing is worked out from what was tampered with."""
    path = case / "bodies.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Beispiel", b"Beispeil"))
    assert app.run(["show", str(case)]) == 5
    assert app.run(["note", str(case), "promise", "x"]) == 5
