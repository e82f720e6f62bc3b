"""heller estimate, missing, mitigation, margin, and the notes that feed them, run as a person runs them."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from heller import casefile
from heller.cli import app
from heller.model.facts import first_estimate, shop
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.measure import Measure
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.quick_estimate import QuickEstimate

FIVE = [
    "--since", "04.02.2015 08:12", "--people", "12", "--hour", "24,50", "--revenue", "4000", "--share", "80 %",
    "--margin", "38 %", "--at", "11.02.2015 10:00",
]  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    code = app.run(list(argv))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def as_json(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    """What a run prints for machines."""
    code, out, err = run(capsys, *argv, "--json")
    assert code == 0, err
    return json.loads(out)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case in which nothing is yet."""
    casefile.open_case(tmp_path / "case")
    return tmp_path / "case"


def test_five_answers_three_figures_and_a_letter(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures as worked by hand, the cap, the notice: in both languages, without a case."""
    code, out, _ = run(capsys, "estimate", *FIVE, "--lang", "de")
    assert code == 0
    for said in (
        "364,80",
        "1.216,00",
        "12.500,00",
        "§ 254 Abs. 2",
        "12. Februar 2015",
        "[Ihr Unternehmen]",
    ):
        assert said in out
    _, out, _ = run(capsys, "estimate", *FIVE, "--lang", "en")
    for said in ("1,216.00", "Yours faithfully", "12 February 2015", "reached after 11 working days"):
        assert said in out


def test_a_weekend_is_no_day_to_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Written on a Friday, the answer is asked for by Monday."""
    friday = [*FIVE[:-1], "06.02.2015 10:00"]
    assert "9 February 2015" in run(capsys, "estimate", *friday, "--lang", "en")[1]


def test_it_is_kept_in_the_journal_and_shown_later(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One entry; the letter names firm and line; `heller show` sets the present figure against it."""
    for fact in (("Firma", "Muster GmbH"), ("Produkt", "CompanyConnect 34"), ("Vertragsnummer", "4711")):
        assert run(capsys, "note", str(case), "fact", *fact)[0] == 0
    letter = tmp_path / "notice.txt"
    code, out, _ = run(capsys, "estimate", str(case), *FIVE, "--letter", str(letter), "--lang", "en")
    assert code == 0 and "entry 4" in out
    assert all(said in letter.read_text() for said in ("Muster GmbH", "CompanyConnect 34", "4711"))
    (kept,) = casefile.load(case).records(QuickEstimate)
    assert (kept.per_day.likely.cents, kept.since) == (
        121600,
        datetime.fromisoformat("2015-02-04T08:12+01:00"),
    )
    _, out, _ = run(capsys, "show", str(case), "--as-of", "2015-06-30", "--lang", "en")
    assert "The estimate of 11 Feb 2015" in out.replace("\n", " ")
    assert (
        as_json(capsys, "show", str(case), "--as-of", "2015-06-30")["estimates"][0]["made"]["people"] == "12"
    )
    code, _, err = run(capsys, "estimate", str(case), *FIVE, "--letter", str(letter), "--lang", "en")
    assert code == 6 and "cannot be written" in err
    assert "Muster GmbH" in letter.read_text()


def test_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """Cents, the cap, the letter, no entry without a case."""
    found = as_json(capsys, "estimate", *FIVE)
    assert found["per_day"]["likely"] == {"cents": 121600, "currency": "EUR"}
    assert found["cap"]["reached_after"] == 11 and found["entry"] is None
    assert found["notice"]["body"].count("\n") > 20


def test_what_is_missing_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a terminal, again until it can be read; a day alone counts from its beginning."""
    given = iter(["", "twelve", "0", "morgen", "04.02.2015", "40", "100", "80", "38 %"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda: next(given))
    code, out, err = run(capsys, "estimate", "--at", "11.02.2015 10:00", "--lang", "en")
    assert code == 0 and "972.80" in out
    assert "How many people cannot work?" in err and "Write a number" in err
    monkeypatch.setattr("builtins.input", _nothing)
    assert run(capsys, "estimate", "--lang", "en")[0] == 130


def _nothing() -> str:
    raise EOFError


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (FIVE[2:], "An answer is missing"),
        ([*FIVE[:2], *FIVE[2:-1], "gestern"], "gestern cannot be read"),
        (["--since", "12.02.2015", *FIVE[2:]], "begins after"),
        ([*FIVE[:10], "--margin", "138 %", *FIVE[12:]], "138 % cannot be read"),
        ([*FIVE[:2], "--people", "-4", *FIVE[4:]], "not between 0 and"),
    ],
)
def test_what_cannot_be_is_refused(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, with what to write instead."""
    code, _, err = run(capsys, "estimate", *argv, "--lang", "en")
    assert code == 3
    assert said in err and "What to do" in err


def test_notes_of_claims_measures_and_purposes(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each becomes one record; what cannot be read is refused and nothing is written."""
    at = str(case)
    assert run(capsys, "note", at, "customer_claim", "Muster GmbH", "late", "delivery", "--amount", "500,00",
               "--at", "16.02.2015 09:00", "--paid", "02.03.2015")[0] == 0  # fmt: skip
    assert run(capsys, "note", at, "measure", "LTE", "router", "--once", "200", "--per-day", "15", "--avoids", "90 %",
               "--offered", "05.02.2015", "--taken", "09.02.2015", "--why", "sold out")[0] == 0  # fmt: skip
    assert run(capsys, "note", at, "purpose", "R1", "hardware", "for it", "--anyway", "50 %")[0] == 0
    loaded = casefile.load(case)
    assert loaded.records(CustomerClaim)[0].reason == "late delivery"
    assert str(loaded.records(Measure)[0].avoids) == "0.9"
    assert str(loaded.records(Purpose)[0].anyway) == "0.5"
    for argv in (
        ("customer_claim", "Muster GmbH", "late"),
        ("customer_claim", "Muster GmbH"),
        ("customer_claim", "Muster GmbH", "late", "--amount", "5,00", "--paid", "gestern"),
        ("measure", "LTE", "--avoids", "190 %"),
        ("measure", "LTE", "--once", "much"),
        ("purpose", "R1", "hardware", "--anyway", "half"),
    ):
        assert run(capsys, "note", at, *argv)[0] == 3, argv
    assert casefile.load(case).entries == loaded.entries


def test_missing_mitigation_and_margin_of_an_empty_case(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is known yet, and each says what it needs."""
    for verb, said in (
        ("missing", "No proof is missing"),
        ("mitigation", "No measure is noted"),
        ("margin", "No contribution margin"),
    ):
        code, out, err = run(capsys, verb, str(case), "--lang", "en")
        assert code == 0, err
        assert said in out
    assert as_json(capsys, "missing", str(case))["missing"] == []
    assert as_json(capsys, "margin", str(case))["share"] is None
    assert as_json(capsys, "mitigation", str(case))["options"] == []


EXTF = (
    '"EXTF";700;21;"Buchungsstapel";9;20150306102500000;;"";"";"";1001;456;20140101;4;20140101;20141231;'
    '"";"";1;;0;"EUR";"";"";"";"";"03";;;"";""\nUmsatz;S\n'
)


def test_margin_of_bookings_and_of_annual_accounts(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Account by account with the decision; then the lower one of two sources."""
    lines = [
        f"1190,00;S;;;;;10000;8400;;10{m:02d}\n595,00;S;;;;;3400;70000;;10{m:02d}\n" for m in range(1, 13)
    ]
    export = tmp_path / "EXTF.csv"
    export.write_text(EXTF + "".join(lines))
    assert run(capsys, "add", str(case), str(export))[0] == 0
    run(capsys, "note", str(case), "measure", "LTE", "--per-day", "15", "--offered", "05.02.2015")
    run(capsys, "note", str(case), "measure", "UMTS")
    run(capsys, "note", str(case), "measure", "DSL", "--taken", "09.02.2015")
    log = tmp_path / "kontakte.csv"
    log.write_text(
        "Datum;Uhrzeit;Art;Weg;Gegenüber;Inhalt\n04.02.2015;08:12;Störungsmeldung;Telefon;Hotline;tot\n"
    )
    run(capsys, "add", str(case), str(log))
    _, out, _ = run(capsys, "margin", str(case), "--lang", "en")
    for said in (
        "8400",
        "3400",
        "variable",
        "as SKR03 has it",
        "Contribution margin 50%, between 50% and 50%",
    ):
        assert said in out
    for fact in (("BWA Umsatzerlöse", "600000"), ("BWA Wareneinsatz", "420000")):
        run(capsys, "note", str(case), "fact", *fact)
    _, out, _ = run(capsys, "margin", str(case), "--lang", "en")
    assert "Contribution margin 30%." in out and "the lower one, counts" in out
    assert as_json(capsys, "margin", str(case))["share"] == "0.3000"


def test_the_answers_become_facts_and_are_written_once(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six facts beside the estimate; the same answers again write nothing, another margin writes itself alone, and
    what the case knows is not asked again."""
    assert run(capsys, "estimate", str(case), *FIVE, "--lang", "en")[0] == 0
    known = casefile.load(case)
    assert known.facts[shop.MARGIN] == Decimal("0.38")
    assert [known.facts[spec] for spec in (first_estimate.PEOPLE, first_estimate.SHARE)] == [
        12,
        Decimal("0.8"),
    ]
    written = len(casefile.entries(case).entries)
    code, out, _ = run(capsys, "estimate", str(case), "--at", "11.02.2015 10:00", "--lang", "en")
    assert code == 0 and "nothing was written" in out.replace("\n", " ")
    assert len(casefile.entries(case).entries) == written
    assert run(capsys, "estimate", str(case), "--margin", "40 %", "--at", "11.02.2015 10:00")[0] == 0
    assert len(casefile.entries(case).entries) == written + 2  # the new estimate and the new margin
    assert casefile.load(case).facts[shop.MARGIN] == Decimal("0.4")


def test_what_a_paper_says_is_not_written_over(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A margin of the annual accounts stays; the estimate's own answer stands beside it in `show`."""
    assert run(capsys, "note", str(case), "fact", "Deckungsbeitrag", "31 %", "--basis", "BWA 2014")[0] == 0
    assert run(capsys, "estimate", str(case), *FIVE)[0] == 0
    assert casefile.load(case).facts[shop.MARGIN] == Decimal("0.31")
    _, out, _ = run(capsys, "show", str(case), "--as-of", "2015-06-30", "--lang", "en")
    assert "31% after the papers, 38% in the estimate" in out.replace("\n", " ")
