"""A line that is still dead, reported days before it was measured: what `heller letter`, `heller dossier` and the pages
make of it, before and after somebody says what explains it."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.casefile.known_facts import FACTS

from heller import casefile
from heller.cli import app as command
from heller.web import app as pages
from heller.web import memory, work

# A log that ends as the line dies, after a report of five days before. All of it is invented.
LOG = """05.03.24 10:00:12 Internetverbindung wurde getrennt.
05.03.24 10:00:10 DSL antwortet nicht (Keine DSL-Synchronisierung).
25.02.24 11:00:20 Internetverbindung wurde erfolgreich hergestellt. IP-Adresse: 198.51.100.9
25.02.24 10:00:12 Internetverbindung wurde getrennt.
25.02.24 10:00:10 DSL antwortet nicht (Keine DSL-Synchronisierung).
"""
CONTACTS = """Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag
29.02.2024;08:35;Störungsmeldung;aus;Telefon;Hotline;Frau Muster;Der Anschluss ist tot.;;
"""
AS_OF = ["--as-of", "2024-03-15", "--lang", "en"]
BOTH = "cannot both be right"
STILL = "since 5 Mar 2024, 10:00, still down"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The case with that log, that report and those facts."""
    folder = tmp_path / "case"
    for name, said in (("log.txt", LOG), ("contacts.csv", CONTACTS)):
        (tmp_path / name).write_text(said, encoding="utf-8")
    casefile.open_case(folder)
    casefile.add(folder, [tmp_path / "log.txt", tmp_path / "contacts.csv"])
    for key, value in FACTS.items():
        assert command.run(["note", "fact", str(folder), key, value]) == 0
    return folder


def explain(case: Path) -> None:
    """What the firm says explains the two statements."""
    words = ["note", "fact", str(case), "outage.contradiction", "The report was about the telephone."]
    assert command.run(words) == 0


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """How a verb ended, and all it printed, in one line."""
    capsys.readouterr()
    ended = command.run([*words, *AS_OF])
    said = capsys.readouterr()
    return ended, " ".join((said.out + said.err).split())


def test_the_letter_waits_for_an_explanation_and_then_says_still_dead(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two statements that cannot both be right are asked first; no letter of demand has an end that nobody saw."""
    assert STILL in printed(capsys, "show", str(case))[1]
    ended, said = printed(capsys, "letter", str(case), "claim")
    assert ended == 3 and BOTH in said
    explain(case)
    ended, said = printed(capsys, "letter", str(case), "claim")
    assert ended == 0 and "still down" in said and "to 5 Mar" not in said


def test_the_dossier_waits_for_it_too(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused before, built after; the claim for programs has no end, and the last day to sue is told all the same."""
    ended, said = printed(capsys, "dossier", str(case))
    assert ended == 3 and BOTH in said and not list((case / "derived").glob("*.pdf"))
    explain(case)
    ended, _ = printed(capsys, "dossier", str(case))
    assert ended == 0 and list((case / "derived").glob("dossier-*.pdf"))
    ended, said = printed(capsys, "deadlines", str(case))
    assert ended == 0 and "31 Dec 2027" in said  # the year in which the claim arose ends in 2024, § 199 BGB


def test_limitation_runs_though_the_line_is_not_back(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody saw an end: four years later the line may still be dead, and the claim is time-barred all the same."""
    explain(case)
    for day, barred in (("2027-12-31", False), ("2028-01-01", True)):
        capsys.readouterr()
        assert command.run(["show", str(case), "--as-of", day, "--doubts", "--lang", "en"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert ("may be time-barred since 31 Dec 2027" in said) is barred


def test_the_pages_ask_before_they_write(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of letters says what waits and writes the letter once it is explained; so does the page of the dossier,
    and the page of questions asks with the euros that hang on it."""
    monkeypatch.setattr(memory, "PATIENCE", 60.0)
    monkeypatch.setattr(work, "start", lambda *given: refusals.append(_refusal(*given)))
    refusals: list[str] = []
    client = Client(headers={"host": "127.0.0.1:8765", "accept-language": "en"}, **pages.surroundings(case))
    client.cookies["heller_day"] = "2024-03-15"

    def letters() -> str:
        pages_ = [client.get(page).content.decode() for page in ("/letters/", "/letters/claim/")]
        return " ".join(html.unescape(" ".join(pages_)).split())

    assert BOTH in letters() and "still down" not in letters()
    client.post("/dossier/", {"day": "15.03.2024", "lang": "en"})
    explain(case)
    assert BOTH not in letters() and "still down" in letters()
    client.post("/dossier/", {"day": "15.03.2024", "lang": "en"})
    assert [BOTH in said for said in refusals] == [True, False]


def _refusal(folder: Path, day: date, lang: str) -> str:
    """What the builder of the dossier says, in this process."""
    told: Any = Told()
    work.build(told, folder, day, lang)
    kind, what = told.sent[-1]
    return what[0].id if kind == work.FAILED else ""


class Told:
    """The builder's end of the pipe."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def send(self, said: tuple[str, Any]) -> None:
        """Keep it."""
        self.sent.append(said)

    def close(self) -> None:
        """Nothing to close."""
