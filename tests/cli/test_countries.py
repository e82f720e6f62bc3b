"""The country of a line through the command line: stated, assumed and said so, or without a law that is known."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from heller import casefile, dossier
from heller.cli import app, demo, screen
from heller.journal.archive import unpack
from heller.model.amount import Range

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = ("--as-of", "30.06.2015")
GERMAN = ("§", "BGB", "TKG", "12.500", "12,500", "Amtsgericht", "Landgericht")


@pytest.fixture(autouse=True)
def doors() -> None:
    """What was printed elsewhere is not kept."""
    for door in (screen.out, screen.err):
        door.cache_clear()


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, opened as a case of New York: an address in Germany is left out."""
    folder = tmp_path_factory.mktemp("abroad") / "case"
    assert app.run(["open", str(folder), "--zone", "America/New_York"]) == 0
    files = [path for path in demo.inputs(EXAMPLE) if "angaben" not in path.name.lower()]
    casefile.add(folder, files)
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a verb prints."""
    capsys.readouterr()
    assert app.run([*words, "--lang", "de"]) == 0, words
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def verbs(case: Path) -> Iterator[list[str]]:
    """Verbs that speak of the law."""
    for verb in ("show", "claim", "deadlines", "questions", "missing", "decide", "mitigation"):
        yield [verb, str(case), *(() if verb == "mitigation" else DAY)]
    yield ["claim", str(case), *DAY, "--lifts"]


def test_a_case_without_a_law_keeps_its_damage(abroad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No cap and no paragraph of another country in any verb; the damage stands, and why is said."""
    claimed = casefile.claim(abroad, screen.as_day("30.06.2015"))
    fee = sum((p.amount for p in claimed.assessment.positions if p.apart), Range())  # of the dead days
    assert claimed.waterfall.due == claimed.assessment.total + fee
    assert claimed.assessment.total.likely.cents > 0
    for words in verbs(abroad):
        shown = said(capsys, *words)
        assert not [word for word in GERMAN if word in shown], words
    for verb in ("show", "claim"):
        shown = said(capsys, verb, str(abroad), *DAY)
        assert "Das Recht des Landes Vereinigte Staaten ist hier nicht bekannt" in shown
        assert "ohne angewandtes Recht" in shown and "Zu fordern" not in shown


def test_a_dossier_without_a_law_has_no_letter(abroad: Path, tmp_path: Path) -> None:
    """It shows outage, damage and exhibits, names no paragraph, and is verified like any other."""
    own = Path(shutil.copytree(abroad, tmp_path / "case"))
    built = casefile.build(own, screen.as_day("30.06.2015"), "de")
    assert casefile.verify_bundle(built.bundle).holds
    claim = json.loads(bytes(unpack(built.bundle.read_bytes()).files["data/claim.json"]))
    assert claim["positions"] and "§" not in json.dumps(claim, ensure_ascii=False)
    inner = dossier.compose(casefile.claim(own, screen.as_day("30.06.2015")), "de", inner=True)
    for printed in (dossier.compose(casefile.claim(own, screen.as_day("30.06.2015")), "de"), inner):
        assert printed.letter is None and "§" not in repr(printed)


def test_no_letter_of_demand_without_a_law(abroad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused with the reason; no figure and no day is put into a letter."""
    capsys.readouterr()
    assert app.run(["letter", str(abroad), "claim", *DAY, "--lang", "de"]) != 0
    refused = " ".join(capsys.readouterr().err.split())
    assert "Vereinigte Staaten" in refused and "Sehr geehrte" not in refused


def test_the_zone_of_vienna_gives_no_german_law(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Opened with the zone of Vienna: no German cap, a letter under § 1304 ABGB; Germany counts once it is stated."""
    case = tmp_path / "case"
    assert app.run(["open", str(case), "--zone", "Europe/Vienna"]) == 0
    answers = ["--since", "04.02.2015 08:12", "--people", "12", "--hour", "24,50", "--revenue", "4000",
               "--share", "80 %", "--margin", "38 %", "--at", "11.02.2015 10:00"]  # fmt: skip
    shown = said(capsys, "estimate", str(case), *answers)
    assert "ungewöhnlich hohen Schadens" in shown
    assert "§ 1304 ABGB" in shown
    assert not [word for word in GERMAN if word in shown.replace("§ 1304 ABGB", "")]
    assert app.run(["note", str(case), "fact", "line.country", "Deutschland"]) == 0
    shown = said(capsys, "estimate", str(case), *answers)
    assert "§ 254 Abs. 2 BGB" in shown and "12.500,00" in shown


def test_an_assumed_country_is_a_doubt_and_the_first_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until it is stated it is said which one was assumed, and why; then it is asked no more."""
    case = tmp_path / "case"
    assert app.run(["open", str(case), "--zone", "Europe/Busingen"]) == 0
    shown = said(capsys, "questions", str(case))
    assert "Angenommen wird Deutschland: die Zeitzone Europe/Busingen liegt dort" in shown
    doubts = said(capsys, "show", str(case), "--doubts")
    assert "Kein Land ist angegeben; angenommen wird Deutschland" in doubts
    assert app.run(["note", str(case), "fact", "line.country", "DE"]) == 0
    assert "Angenommen" not in said(capsys, "questions", str(case))
    assert "Kein Land" not in said(capsys, "show", str(case), "--doubts")


def test_a_country_is_written_by_name_or_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Austria, Österreich and at are one; Schlaraffenland is refused with how to write it."""
    case = tmp_path / "case"
    assert app.run(["open", str(case)]) == 0
    for written in ("Österreich", "austria", "at"):
        assert app.run(["note", str(case), "fact", "line.country", written]) == 0
        assert casefile.load(case).fact("line.country") == "AT"
    assert app.run(["note", str(case), "fact", "line.country", "Schlaraffenland"]) != 0
    assert "AT" in " ".join(capsys.readouterr().err.split())
