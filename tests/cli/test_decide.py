"""`heller decide`, `heller questions`, the board and the notes that feed them, on a small case in files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.web import web_sample

from heller import casefile
from heller.cli import app, screen
from heller.model.kinds.contact import Contact
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.terms import Waiver

DAY = "--as-of 2015-06-30 --lang en"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case; nobody may write into it."""
    return web_sample.case_in(tmp_path_factory.mktemp("decide"))


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(sample, tmp_path / "case"))


def said(folder: Path, verb: str, more: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    """What a verb prints, its lines joined."""
    assert app.run([*verb.split(), str(folder), *more.split()]) == code
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def machine(folder: Path, verb: str, more: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What it prints for machines."""
    assert app.run([*verb.split(), str(folder), *more.split(), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_inputs_stand_beside_the_figures(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Odds, costs, duration and bearer are named before any figure; the offer of the files is weighed."""
    shown = said(sample, "decide", f"--odds 40-60 --months 12 {DAY}", capsys)
    assert "40% to 60%, as you stated" in shown and "12 months; interest until 30 Jun 2016" in shown
    assert "Versicherer: 600.00 €" in shown and "A counter-offer makes sense between" in shown
    assert not re.search(r"\{\w+", shown)


def test_german_says_only_its_own_sentences(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No header of the catalogue slips in where a part of a sentence is empty."""
    shown = said(sample, "decide", "--odds 40-60 --as-of 2015-06-30 --lang de", capsys)
    assert "Content-Type" not in shown and "aufgegeben: nicht angegeben" in shown


def test_without_odds_nothing_is_invented(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No expectation, no counter-offer; break-even odds are there."""
    decided = machine(sample, "decide", DAY, capsys)["decision"]
    assert decided["odds"] is None and decided["expected"] is None and decided["counter"] is None
    assert 0 < float(decided["offers"][0]["break_even"]) < 1
    assert "Heller invents none" in said(sample, "decide", DAY, capsys)


def test_what_is_supposed_is_not_written(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The journal is as it was, and the next run knows nothing of the odds."""
    before = len(casefile.entries(sample).entries)
    assert machine(sample, "decide", f"--odds 55 {DAY}", capsys)["decision"]["odds"] == ["0.55", "0.55"]
    assert len(casefile.entries(sample).entries) == before
    assert machine(sample, "decide", DAY, capsys)["decision"]["odds"] is None


def test_what_is_stated_counts_in_the_next_run(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Facts of the case are the inputs, in German too."""
    facts = (("suit.odds_low", "30 %"), ("Erfolgsaussicht höchstens", "70 %"), ("Instanzen", "2"))
    for name, value in facts:
        assert app.run(["note", str(own), "fact", name, value]) == 0
    capsys.readouterr()
    decided = machine(own, "decide", DAY, capsys)["decision"]
    assert decided["odds"] == ["0.3", "0.7"]
    assert any("instances: {n}" in value["id"] and value["args"]["n"] == 2 for _, value in decided["inputs"])


@pytest.mark.parametrize(
    "wrong", ["--odds maybe", "--odds 40-160", "--instances 3", "--months x", "--funding 2,5,1"]
)
def test_what_cannot_be_read_is_refused(sample: Path, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, with what to write instead."""
    assert "is no value for" in said(sample, "decide", f"{wrong} {DAY}", capsys, 3)


def test_an_offer_with_terms_is_noted(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cash, credit and its worth, waiver and expiry come back in the decision."""
    terms = [
        "--amount",
        "500",
        "--credit",
        "2.000,00",
        "--worth",
        "50 %",
        "--waives",
        "alles",
        "--until",
        "15.07.2015",
    ]
    assert (
        app.run(["note", str(own), "offer", "Vergleich", "--who", "X", "--at", "20.06.2015 10:00", *terms])
        == 0
    )
    offer = casefile.load(own).records(Contact)[-1]
    assert offer.terms is not None and offer.terms.waiver is Waiver.ALL
    capsys.readouterr()
    shown = said(own, "decide", f"--odds 50 {DAY}", capsys)
    assert (
        "1,500.00 €" in shown
        and "every claim from the contract" in shown
        and "open until 15 Jul 2015" in shown
    )


def test_a_policy_is_noted_and_would_pay(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands in the claim with what it would pay and in the deadlines with its notice."""
    terms = {"deductible": "100", "limit": "5000", "waiting": "12", "waiting-deducted": "yes", "notice": "7"}
    options = [word for name, value in terms.items() for word in (f"--{name}", value)]
    assert app.run(["note", str(own), "policy", "cyber", "Muster AG", *options, "--covers", "ja"]) == 0
    legal = ["police", "Rechtsschutz", "--covers", "yes", "--notified", "10.02.2015"]
    assert app.run(["note", str(own), *legal]) == 0
    cyber, lawsuit = casefile.load(own).records(Policy)
    assert (cyber.insurer, cyber.waiting_deducted, cyber.notice_days) == ("Muster AG", True, 7)
    assert lawsuit.kind is PolicyKind.LEGAL_EXPENSES
    capsys.readouterr()
    assert "Cyber insurance Muster AG: would pay" in said(own, "claim", DAY, capsys)
    assert "Cyber insurance: report the loss" in said(own, "deadlines", DAY, capsys)
    assert "legal-expenses insurance beyond 0.00 €" in said(own, "decide", DAY, capsys)


@pytest.mark.parametrize(
    "wrong",
    [
        "policy",
        "policy fire",
        "policy cyber --covers perhaps",
        "policy cyber --waiting 1,5",
        "policy cyber --limit -5",
        "policy cyber --notified 31.02.2015",
        "offer x --credit viel",
        "offer x --worth 300",
        "offer x --waives half",
    ],
)
def test_terms_that_cannot_be_read_write_nothing(
    own: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The case is as it was, and the error says what to write."""
    before = len(casefile.entries(own).entries)
    kind, *more = wrong.split()
    words = more if more and not more[0].startswith("--") else ["?", *more]
    assert app.run(["note", str(own), kind, *words]) == 3
    assert "as it was" in capsys.readouterr().err.replace("\n", " ")
    assert len(casefile.entries(own).entries) == before


def test_questions_show_what_hangs_on_them(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and machines; an answer is asked no more."""
    shown = said(own, "questions", DAY, capsys)
    assert "heller note CASE fact line.individual_terms" in shown
    keys = {one["key"] for one in machine(own, "questions", DAY, capsys)["questions"]}
    assert "firm.state" not in keys and "suit.odds_low" in keys
    assert app.run(["note", str(own), "fact", "line.individual_terms", "no"]) == 0
    capsys.readouterr()
    assert "line.individual_terms" not in {
        one["key"] for one in machine(own, "questions", DAY, capsys)["questions"]
    }


def test_questions_with_many_answers_show_their_span(capsys: pytest.CaptureFixture[str]) -> None:
    """Sixteen states are one line; nothing left to ask is said."""
    from heller.cli import questions
    from heller.dossier.wording import Words
    from heller.model.advice import Answer, Question
    from heller.model.amount import Range
    from heller.model.money import Money
    from heller.model.text import text

    sums = [Answer(str(n), text("yes"), Range.exact(Money(n * 100))) for n in range(4)]
    questions.show(
        (Question("firm.state", text("State"), text("Why"), Money(300), tuple(sums)),), Words("en")
    )
    assert "Between 0.00 € and 3.00 € due." in capsys.readouterr().out.replace("\xa0", " ")
    screen.out.cache_clear()
    questions.show((), Words("en"))
    assert "Nothing is left to ask." in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_claim_shows_columns_and_board(
    sample: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Degrees of fault side by side, grounds with their exhibits, no placeholder left open."""
    day = f"--as-of 2015-06-30 --lang {lang}"
    claim, board = said(sample, "claim", day, capsys), said(sample, "claim", f"--lifts {day}", capsys)
    assert ("Gross negligence" if lang == "en" else "Grobe Fahrlässigkeit") in claim
    assert ("Exhibit" if lang == "en" else "Anlage") in board and "+" in board
    assert not re.search(r"\{\w+", claim + board)


def test_nothing_to_weigh_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty case has no decision, for people and for machines."""
    casefile.open_case(tmp_path / "empty")
    assert "nothing to weigh" in said(tmp_path / "empty", "decide", DAY, capsys)
    assert machine(tmp_path / "empty", "decide", DAY, capsys)["decision"] is None


def test_deadlines_of_the_case_name_carriers_and_the_provider(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is deleted when, with the source of the figure."""
    found = {one["rule"]["id"] for one in machine(sample, "deadlines", DAY, capsys)["deadlines"]}
    assert {"CARRIER-TELEKOM", "CARRIER-SIPGATE", "BGB-199", "BGB-286"} <= found


def test_show_names_the_questions_that_change_the_sum(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a smaller cap agreed nowhere and a damage above it, the question stands with its euros."""
    assert "What is not stated yet" not in said(own, "show", DAY, capsys)
    assert machine(own, "show", DAY, capsys)["questions"]
    from tests.dossier import fixture

    from heller.cli import show
    from heller.dossier.wording import Words

    show.open_questions(fixture.claim(), Words("en"))
    assert "1,000.00" in capsys.readouterr().out


def test_the_question_of_vat_is_worth_what_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Net and gross are both assessed: the euros beside the question are their difference."""
    files = web_sample.write(tmp_path / "files")
    (facts,) = [path for path in files if path.name.startswith("angaben")]
    rows = facts.read_bytes().splitlines(keepends=True)
    facts.write_bytes(b"".join(row for row in rows if b"Vorsteuer" not in row))
    folder = tmp_path / "case"
    casefile.open_case(folder)
    casefile.add(folder, files)
    asked = {one["key"]: one for one in machine(folder, "questions", DAY, capsys)["questions"]}
    worth = asked["firm.deducts_input_vat"]["worth"]["cents"]
    due = []
    for answer in ("yes", "no"):
        assert app.run(["note", str(folder), "fact", "firm.deducts_input_vat", answer]) == 0
        capsys.readouterr()
        due.append(machine(folder, "claim", DAY, capsys)["due"]["likely"]["cents"])
    assert worth == due[1] - due[0] > 0
