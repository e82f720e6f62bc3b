"""`heller law` and `heller deadlines`: figures for machines, tables for people, refusals with a code."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.cli.questions import asked

from heller import casefile
from heller.cli import app, deadlines
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import Claim, Deadline, Jurisdiction, Waterfall
from heller.model.damage import Assessment, NormRef
from heller.model.outage import Detection
from heller.model.text import text

INTEREST = "interest --amount 12500 --from 2015-02-19 --to 2018-12-31"
FEES = "fees --value 12.500,00 --on 30.06.2025"
COMPENSATION = "compensation --fee 500 --reported 2026-02-04 --restored 2026-02-18 --state NW"
CAP = "cap --on 2015-02-04 --fault gross"
LIMITATION = "limitation --event 2015-02-04 --talks 2015-03-18/2015-06-17"
COURT = "court --value 12500 --on 2026-03-01"

GERMANY = Jurisdiction("DE", True, text("It is stated."), known=True)


EXPECTED = [
    (INTEREST, {"amount": "2000.80", "days": 1412}),  # computed from the Bundesbank's base rates
    (INTEREST + " --basis act/act", {"amount": "1999.38"}),
    (  # computed from the tables of 2025
        FEES,
        {
            "rvg_unit": "707.00",
            "gkg_unit": "313.50",
            "pretrial_net": "939.10",
            "pretrial_gross": "1117.53",
            "lawyer_net": "1787.50",
            "lawyer_gross": "2127.13",
            "court": "940.50",
            "risk_net": "4515.50",
            "risk_gross": "5194.76",
        },
    ),
    (FEES + " --instance 2", {"lawyer_net": "1999.60", "court": "1254.00", "risk_gross": "6013.04"}),
    (COMPENSATION, {"amount": "1000.00"}),  # § 58 (3) TKG, worked day by day
    (COMPENSATION + " --rule tkg59", {"amount": "800.00"}),
    (CAP, {"per_end_user": "12500.00", "per_event": "10000000.00", "lifted": False}),
    (CAP.replace("2015", "2022"), {"per_event": "30000000.00", "lifted": True}),
    (LIMITATION, {"ends": "2018-12-31"}),
    (COURT, {"court": "Landgericht", "lawyer_required": True}),
]


@pytest.mark.parametrize(("question", "expected"), EXPECTED)
def test_figures_for_machines(
    question: str, expected: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """The oracles of law, as strings with two decimals, with working and sources."""
    found = asked(question, capsys)
    assert {key: found[key] for key in expected} == expected
    assert found["working"] and all(isinstance(line, str) and line for line in found["working"])
    assert all(set(one) == {"id", "cite", "mark", "source"} for one in found["sources"])
    assert "{" not in "".join(found["working"] + found["notes"])


def test_other_readings(capsys: pytest.CaptureFixture[str]) -> None:
    """1,100 and 900 beside 1,000 and 800; 2 April 2019 beside the safe day."""
    assert "1100.00" in [one["amount"] for one in asked(COMPENSATION, capsys)["alternatives"]]
    at_change = asked(COMPENSATION + " --rule tkg59", capsys)
    assert "900.00" in [one["amount"] for one in at_change["alternatives"]]
    assert at_change["days"][0] == {"date": "2026-02-06", "amount": "100.00"}
    assert [one["ends"] for one in asked(LIMITATION, capsys)["alternatives"]] == ["2019-04-02"]


def test_talks_may_be_given_several_times(capsys: pytest.CaptureFixture[str]) -> None:
    """Both ways to write them, German days too: 106 days, of which 62 fall into the running period."""
    one = asked(LIMITATION + " 18.11.2015/02.03.2016", capsys)
    other = asked(LIMITATION + " --talks 2015-11-18/2016-03-02", capsys)
    assert one == other
    assert one["ends"] == "2019-03-03"  # 31 Dec 2018 plus 31 + 29 + 2 days


@pytest.mark.parametrize("question", [INTEREST, FEES, COMPENSATION, CAP, LIMITATION, COURT])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_people_get_words(question: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each answer cites a rule and leaves no placeholder open, in both languages."""
    assert app.run(["law", *question.split(), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert "§" in said
    assert not re.search(r"\{\w+", said)


def claim(as_of: str, *days: str) -> Claim:
    """A claim with deadlines of two rules, as a case would give it."""
    on = date.fromisoformat(as_of)
    held = tuple(
        Deadline(
            on=date.fromisoformat(day),
            what=text("The claim is time-barred after this day"),
            norm=NormRef(id, "§ 199 BGB", "VS", "Statute text"),
            computation=text("Three years from the end of {year}.", year="2015"),
            otherwise=text("From the day after, the provider is in default and owes interest."),
            passed=date.fromisoformat(day) < on,
        )
        for id, day in zip(("BGB-286", "BGB-199"), days, strict=False)
    )
    case = Case("case-1", datetime(2015, 6, 1, tzinfo=UTC))
    nothing = Assessment((), (), Range(), ())
    return Claim(case, Detection(), nothing, Waterfall(on, "", (), Range(), Range(), GERMANY, deadlines=held))


@pytest.fixture
def with_claims(monkeypatch: pytest.MonkeyPatch) -> dict[str, Claim]:
    """`casefile.claim` answers with the claim put under 'now'."""
    held: dict[str, Claim] = {"now": claim("2015-06-30", "2015-03-17", "2018-12-31")}
    monkeypatch.setattr(casefile, "claim", lambda *_: held["now"])
    return held


def test_deadlines_for_machines(
    with_claims: dict[str, Claim], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rule, computation and consequence of each, with the days left as seen on the day asked for."""
    assert app.run(["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--json", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["on"], one["passed"], one["days_left"]) for one in found["deadlines"]] == [
        ("2015-03-17", True, -105),
        ("2018-12-31", False, 1280),
    ]
    assert found["deadlines"][1]["rule"]["id"] == "BGB-199"
    assert found["deadlines"][1]["computation"] == "Three years from the end of 2015."
    assert found["deadlines"][1]["otherwise"]


def uids(path: Path) -> list[str]:
    """The identities in a calendar file."""
    return re.findall(r"UID:(\S+)", path.read_text())


def test_a_moved_deadline_keeps_its_identity(with_claims: dict[str, Claim], tmp_path: Path) -> None:
    """The calendar replaces the event instead of adding a second one; the language changes nothing."""
    out = tmp_path / "fristen.ics"
    run = ["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--ics", str(out)]
    assert app.run([*run, "--lang", "de"]) == 0
    before, first = uids(out), out.read_bytes()
    assert len(set(before)) == 2
    assert b"DTSTART;VALUE=DATE:20181231\r\n" in first and b"DTSTAMP:20150630T000000Z\r\n" in first
    assert app.run([*run, "--lang", "de"]) == 0
    assert out.read_bytes() == first
    with_claims["now"] = claim("2015-06-30", "2015-03-17", "2019-03-03")
    assert app.run([*run, "--lang", "en"]) == 0
    assert uids(out) == before
    assert b"DTSTART;VALUE=DATE:20190303\r\n" in out.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["fristen.ics"]


def test_no_other_file_is_overwritten(
    with_claims: dict[str, Claim], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A receipt named by mistake stays what it is; a folder that is not there is said."""
    receipt = tmp_path / "rechnung.pdf"
    receipt.write_bytes(b"%PDF-1.7")
    run = ["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--lang", "en", "--ics"]
    assert app.run([*run, str(receipt)]) == 3
    assert receipt.read_bytes() == b"%PDF-1.7"
    assert app.run([*run, str(tmp_path)]) == 3
    assert app.run([*run, str(tmp_path / "none" / "x.ics")]) == 6
    said = capsys.readouterr()
    assert said.err.count("What to do:") == 3 and "Traceback" not in said.err


def test_people_see_what_follows(
    with_claims: dict[str, Claim], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has passed and what is left; a case without deadlines says what it takes."""
    assert app.run(["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Passed; days since then: 105." in said and "Days left: 1,280." in said
    with_claims["now"] = claim("2015-06-30")
    assert app.run(["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--lang", "en"]) == 0
    assert "no deadline yet" in capsys.readouterr().out


def test_a_folder_that_is_no_case(tmp_path: Path) -> None:
    """Like every verb that takes a case: exit code 4, and no calendar is made."""
    out = tmp_path / "x.ics"
    assert app.run(["deadlines", str(tmp_path), "--as-of", "2015-06-30", "--ics", str(out)]) == 4
    assert not out.exists()


def test_the_day_itself_is_not_passed() -> None:
    """On the last day nothing is lost yet."""
    one = claim("2018-12-31", "2018-12-31").waterfall.deadlines[0]
    assert deadlines.distance(one, date(2018, 12, 31)) == text("Days left: {n}.", n=0)
