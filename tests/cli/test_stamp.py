"""heller stamp and heller renew at the command line: what they say, and what they give to machines."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.journal.authority import Authority
from tests.journal.test_beacons import CURVES, QUICKNET, RECEIPT, signed_by

from heller import casefile
from heller.casefile import stamping
from heller.cli import app
from heller.journal import store


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder."""
    casefile.open_case(tmp_path / "fall")
    return tmp_path / "fall"


def last(case: Path) -> tuple[str, dict[str, object]]:
    """Kind and body of the newest entry that is no anchor."""
    entry = [e for e in store.load(case).entries if e.kind != "anchor"][-1]
    return entry.kind, entry.body or {}


def test_from_nothing_to_two_stamps_and_a_record(
    authority: Authority, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what to do, then who stamped when; JSON says the same; a record is made of it."""
    assert app.run(["stamp", str(case), "--lang", "de"]) == 0
    assert "--tsa URL --root ZERTIFIKAT" in capsys.readouterr().out
    named = ["--tsa", authority.tsa("one"), "--tsa", authority.tsa("two"), "--root", str(authority.root)]
    assert app.run(["stamp", str(case), *named, "--qualified", "--lang", "de"]) == 0
    assert capsys.readouterr().out.count("mit Zeitstempel, nicht gesperrt") == 2
    assert app.run(["stamp", str(case), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(p["state"], p["qualified"]) for p in said["anchors"]] == [("checked", True)] * 2
    assert app.run(["renew", str(case), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["stamps"], one["chains"], one["algorithm"], one["fault"]) == (1, 1, "sha256", None)
    assert app.run(["renew", str(case), "--digest", "md5", "--lang", "en"]) == 3


def test_an_anchor_for_the_telephone(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line, a QR code in the terminal and as files; the witness who read it back is in the journal."""
    assert app.run(["stamp", str(case), "--offline", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["offline"]
    assert Path(shown["png"]).read_bytes()[:4] == b"\x89PNG" and "<svg" in Path(shown["svg"]).read_text()
    assert len(shown["message"]) <= 160  # one text message
    assert app.run(["stamp", str(case), "--offline", "--lang", "en"]) == 0
    assert "█" in capsys.readouterr().out
    told = ["--given", "Frau Muster, Kanzlei", "--channel", "SMS", "--at", "24.11.2026 10:40"]
    wrong = shown["line"][:-1] + ("A" if shown["line"][-1] != "A" else "B")
    assert app.run(["stamp", str(case), "--offline", *told, "--read-back", wrong]) == 3
    assert app.run(["stamp", str(case), "--offline", *told, "--read-back", shown["line"].lower()]) == 0
    kind, body = last(case)
    assert (kind, body["who"], body["read_back"], body["grade"]) == (
        "witness",
        "Frau Muster, Kanzlei",
        True,
        "stated",
    )
    assert body["time"] == "2026-11-24T09:40:00Z" and body["number"] == 1
    assert app.run(["stamp", str(case), "--offline", "--given", " "]) == 3


def test_a_receipt_and_a_round_as_witnesses(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A real receipt counts as shown until its certificate is there; changed ones leave the case as it was."""
    assert app.run(["stamp", str(case), "--offline", "--till", RECEIPT, "--lang", "de"]) == 0
    assert "6ffbac57" in capsys.readouterr().out
    kind, body = last(case)
    assert (kind, body["source"], body["time"]) == ("beacon", "tse", "2020-06-16T10:58:12Z")
    assert body["code"] == RECEIPT and body["certificates"] == []
    assert "beacon-stated" in {found.code for found in casefile.load(case).findings}
    before = (case / "journal.jsonl").read_bytes()
    (tmp_path / "bon.png").write_bytes(b"\x89PNG\0\0")
    for given in (
        RECEIPT.replace("3,020", "3,021"),
        "V0;x",
        str(tmp_path / "nowhere"),
        str(tmp_path / "bon.png"),
    ):
        assert app.run(["stamp", str(case), "--offline", "--till", given]) == 3
    assert (case / "journal.jsonl").read_bytes() == before
    (tmp_path / "round.json").write_text(json.dumps(QUICKNET))
    assert (
        app.run(["stamp", str(case), "--offline", "--beacon", str(tmp_path / "round.json"), "--lang", "de"])
        == 0
    )
    kind, body = last(case)
    assert (body["source"], body["ref"], body["time"]) == ("drand", "quicknet 657413", "2023-09-15T11:00:03Z")
    (tmp_path / "round.json").write_text("{}")
    assert app.run(["stamp", str(case), "--offline", "--beacon", str(tmp_path / "round.json")]) == 3


def test_a_till_that_signed_an_anchor_with_a_certificate_that_is_trusted(
    authority: Authority, case: Path, tmp_path: Path
) -> None:
    """The module's data are the spoken line: the anchor existed by then; its key leads to a root."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    stamping.add(case, [], [authority.root])
    line = stamping.show(case).line
    key = serialization.load_pem_private_key((authority.folder / "two.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    ended = datetime.now(UTC).replace(microsecond=0)
    code = signed_by(*CURVES[1], "unixTime", line, key, ended)
    (tmp_path / "bon.txt").write_text(code)
    certificate = ["--till-certificate", str(authority.certificate("two"))]
    assert app.run(["stamp", str(case), "--offline", "--till", str(tmp_path / "bon.txt"), *certificate]) == 0
    _, body = last(case)
    assert (body["number"], body["size"]) == (1, 1) and body["certificates"]
    held = casefile.load(case)
    assert held.brackets[0].not_after is not None and held.brackets[0].not_after.at == ended
    assert "beacon-stated" not in {found.code for found in held.findings}
    other = ["--till-certificate", str(authority.certificate("one"))]
    assert app.run(["stamp", str(case), "--offline", "--till", str(tmp_path / "bon.txt"), *other]) == 3
    assert datetime.fromisoformat(str(body["time"])) == ended
