"""heller journal and heller erase: what people see, what others can check, what an erasure costs."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from tests.journal.authority import Authority, authority

from heller import casefile
from heller.casefile import stamping
from heller.cli import app, screen
from heller.journal import anchors, store
from heller.model.kinds.fact import Fact

__all__ = ["authority"]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Consoles write to what the test captures."""
    for made in (screen.out, screen.err):
        made.cache_clear()


@pytest.fixture
def case(authority: Authority, tmp_path: Path) -> Path:
    """A case with an exhibit, between two stamps."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    stamping.add(folder, [authority.tsa("one")], [authority.root])
    stamping.stamp(folder)
    (tmp_path / "rechnung.csv").write_text("a;b\n1;2\n")
    casefile.add(folder, [tmp_path / "rechnung.csv"])
    stamping.stamp(folder)
    return folder


def invented(folder: Path, minutes: int) -> None:
    """The entry of a stamp that nobody gave, of so many minutes from now over the newest anchor."""
    anchor = anchors.newest(folder)
    at = (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
    body = {"anchor": anchor.digest, "number": anchor.number, "size": anchor.size, "token": "ab" * 32}
    more = {"time": at, "accuracy_us": 0, "tsa": "testzeit", "certificate": ""}
    store.append(folder, [("stamp", {**body, **more})])


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command line prints."""
    assert app.run([*words]) == code, capsys.readouterr()
    return capsys.readouterr().out


def test_every_entry_stands_between_what_proves_it(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In German and English, with width and reason; JSON says the same."""
    english = said(capsys, "journal", "show", str(case), "--lang", "en")
    assert "Proven to within" in english and "time stamp by Test TSA one (entry 2)" in english
    assert "rechnung.csv" in english
    assert "Zeitstempel von Test TSA one (Eintrag 2)" in said(
        capsys, "journal", "show", str(case), "--lang", "de"
    )
    rows = json.loads(said(capsys, "journal", "show", str(case), "--json"))
    exhibit = next(row for row in rows if row["kind"] == "exhibit")
    assert exhibit["not_before"]["entry"] == 2 and exhibit["not_after"]["entry"] == 5
    assert 0 <= exhibit["width_seconds"] < 600


def test_a_stamp_that_only_an_entry_tells_of_bounds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever writes a time of ten years ago into an entry has not got a stamp of ten years ago."""
    casefile.open_case(tmp_path / "case")
    invented(tmp_path / "case", -60 * 24 * 3650)
    casefile.note(tmp_path / "case", Fact("firm.name", "Beispiel GmbH"))
    rows = json.loads(said(capsys, "journal", "show", str(tmp_path / "case"), "--json"))
    assert all(row["not_before"] is None and row["not_after"] is None for row in rows)
    assert "stamp-astray" in {found.code for found in casefile.load(tmp_path / "case").findings}


def test_where_nobody_stamped_it_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only this machine's clock says when."""
    casefile.open_case(tmp_path / "new")
    shown = said(capsys, "journal", "show", str(tmp_path / "new"), "--lang", "en")
    assert "Only this machine's clock says when" in shown and "Nobody has stamped this journal" in shown


def test_a_journal_that_does_not_hold_shows_every_breach(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two changed lines are two breaches and more, and exit code 5."""
    path = case / "journal.jsonl"
    path.write_bytes(
        path.read_bytes().replace(b'"kind":"exhibit"', b'"kind":"exhibiT"').replace(b'"seq":2', b'"seq":9')
    )
    shown = said(capsys, "journal", "show", str(case), "--lang", "en", code=5)
    assert shown.count("✗") >= 2


def test_originals_are_compared_where_that_is_asked(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed one and a missing one are named with their entries."""
    said(capsys, "journal", "show", str(case), "--originals")
    (path,) = (p for p in (case / "objects").rglob("*") if p.is_file())
    path.write_bytes(path.read_bytes() + b"x")
    assert "entry 3 was changed" in said(
        capsys, "journal", "show", str(case), "--originals", "--lang", "en", code=5
    )
    path.unlink()
    assert "entry 3 is missing" in said(
        capsys, "journal", "show", str(case), "--originals", "--lang", "en", code=5
    )


def test_a_proof_is_checked_without_the_case(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its text, against an anchor that somebody holds, with a key; a changed one does not hold."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "pub.pem").write_bytes(public)
    proof = str(tmp_path / "3.tlog-proof")
    said(
        capsys,
        "journal",
        "prove",
        str(case),
        "3",
        "--disclose",
        "--key",
        str(tmp_path / "key.pem"),
        "--out",
        proof,
    )
    anchor = str(anchors.newest(case).path)
    check = ["journal", "check", proof, "--anchor", anchor, "--key", str(tmp_path / "pub.pem")]
    found = json.loads(said(capsys, *check, "--json"))
    assert found["holds"] and found["entry"] == 3 and found["said"]["name"] == "rechnung.csv"
    assert "The proof holds." in said(capsys, *check, "--lang", "en")
    Path(proof).write_text(Path(proof).read_text().replace("index 3", "index 2"))
    assert "does not hold" in said(capsys, *check, "--lang", "en", code=7)
    assert said(capsys, "journal", "check", anchor, code=7)


def test_growth_is_checked_against_the_anchor_that_was_handed_out(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old file is all the other side needs; a journal that was begun anew gives no proof."""
    (tmp_path / "held.txt").write_bytes((case / "anchors" / "000001.txt").read_bytes())
    out, held = str(tmp_path / "grown.txt"), str(tmp_path / "held.txt")
    said(capsys, "journal", "grown", str(case), "--from", held, "--out", out)
    found = json.loads(said(capsys, "journal", "check", out, "--anchor", held, "--json"))
    assert found["holds"] and (found["then"], found["size"]) == (1, 4)
    assert said(capsys, "journal", "grown", str(case), "--from", "2").startswith("old 4\n")
    casefile.open_case(tmp_path / "anew")
    said(capsys, "journal", "grown", str(tmp_path / "anew"), "--from", held, code=5)


def test_an_anchor_is_printed_as_it_is(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the screen, as a file, as a checkpoint; `head` and `sha256sum` check it."""
    shown = said(capsys, "journal", "anchor", str(case), "--lang", "en")
    assert shown.startswith("heller-anchor/1\norigin ") and "heller stamp" in shown
    made = json.loads(said(capsys, "journal", "anchor", str(case), "--json"))
    words = dict(line.split(" ", 1) for line in Path(made["path"]).read_text().splitlines() if " " in line)
    command = f"head -c {words['bytes']} journal.jsonl | sha256sum"
    digest = subprocess.run(command, shell=True, cwd=case, check=True, capture_output=True, text=True).stdout
    assert words["prefix"] == "sha256:" + digest.split()[0]
    lines = said(capsys, "journal", "anchor", str(case), "--checkpoint").split("\n")
    assert lines == [words["origin"], words["size"], words["root"], "", ""]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("prove CASE 99", "There is no entry 99; the last one is 6."),
        ("prove CASE 3 --anchor 1", "and not entry 3."),
        ("prove CASE 3 --anchor 9", "There is no anchor 9; the last one is 2."),
        ("grown CASE --from 9", "There is no anchor 9; the last one is 2."),
        ("grown CASE --from CASE", "case cannot be read: Is a directory."),
        ("check missing.txt", "missing.txt cannot be read: No such file"),
        ("anchor CASE --key CASE/journal.jsonl", "journal.jsonl is no Ed25519 key in PEM"),
    ],
)
def test_what_cannot_be_used_is_refused(
    case: Path, words: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what happened and what to do, on the channel for errors, exit code 3."""
    given = [word.replace("CASE", str(case)) for word in words.split()]
    assert app.run(["journal", *given, "--lang", "en"]) == 3
    shown = capsys.readouterr()
    assert why in " ".join(shown.err.split()) and shown.out == ""


def test_a_file_that_the_disk_refuses_is_said(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with every file that a verb writes: what happened, what to do, exit code 6."""
    assert app.run(["journal", "anchor", str(case), "--out", str(case), "--lang", "en"]) == 6
    said = " ".join(capsys.readouterr().err.split())
    assert "case cannot be written: Is a directory." in said and "Name another file" in said


def test_an_erasure_shows_its_cost_and_waits_for_a_yes(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing goes without --yes; what the law wants kept is said with its norms and marks."""
    before: dict[str, Any] = {p.name: p.read_bytes() for p in case.iterdir() if p.is_file()}
    shown = said(capsys, "erase", str(case), "3", "--why", "Wunsch der Person", "--lang", "de", code=3)
    assert "§ 147 Abs. 3 AO" in shown and "(VS)" in shown and "Anlage K 1" in shown
    assert {p.name: p.read_bytes() for p in case.iterdir() if p.is_file()} == before
    done = said(capsys, "erase", str(case), "3", "--why", "Wunsch der Person", "--yes", "--lang", "de")
    assert "Gelöscht" in done
    assert store.load(case).entries[3].body is None
    assert "gelöscht" in said(capsys, "journal", "show", str(case), "--lang", "de")
    assert said(capsys, "erase", str(case), "3", "--why", "x", "--yes", code=3) == ""
