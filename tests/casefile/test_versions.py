"""Files come twice: alike lists under other names, numbers and channels are found by what they say, and asked."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.cli import app
from heller.model.amount import ProofGrade

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)
ALONE = "17541.63"
TWICE = "28767.14"  # what the same orders under another prefix came to when both counted


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("made") / "case"
    casefile.open_case(folder)
    casefile.add(folder, [path for path in sorted(EXAMPLE.iterdir()) if path.name != "README.md"])
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def damage(case: Path) -> str:
    """The likely damage."""
    return str(casefile.claim(case, DAY).assessment.total.likely.decimal)


def number_of(case: Path, name: str) -> int:
    """The exhibit of a file."""
    return next(e.number for e in casefile.load(case).exhibits if e.name == name)


def asked(case: Path) -> list[tuple[object, object]]:
    """The pairs of exhibits of which it is asked what they are to each other."""
    found = casefile.claim(case, DAY).case.findings
    return [(f.text.args["first"], f.text.args["second"]) for f in found if f.code == "maybe-version"]


def add(case: Path, name: str, content: str) -> int:
    """Take in a file; returns its exhibit."""
    path = case.parent / name
    path.write_text(content, encoding="utf-8")
    return casefile.add(case, [path])[0].number


ORDERS = (EXAMPLE / "bestellungen.csv").read_text("utf-8-sig")
PREFIXES = {
    "another prefix": ORDERS.replace("\nB-", "\nSW"),
    "another channel": ORDERS.replace(";shop", ";marketplace"),
    "another prefix and channel": ORDERS.replace("\nB-", "\n#9").replace(";shop", ";Filiale"),
    "without customers": re.sub(r";K\d+;", ";;", ORDERS.replace("\nB-", "\nX-")),
    "a part of it": "".join(ORDERS.replace("\nB-", "\nSW").splitlines(keepends=True)[:900]),
}


@pytest.mark.parametrize("content", PREFIXES.values(), ids=PREFIXES)
def test_alike_orders_count_once_until_it_is_said_what_they_are(case: Path, content: str) -> None:
    """17,541.63 stays 17,541.63, whatever the numbers and the channel are called; and it is asked."""
    number, first = add(case, "export-neu.csv", content), number_of(case, "bestellungen.csv")
    assert damage(case) == ALONE
    assert asked(case) == [(first, number)]
    assert any(
        task.exhibit == number and "replaces" in task.command
        for task in casefile.tasks(casefile.claim(case, DAY))
    )


def test_each_answer_has_its_own_sum_and_can_be_given_again(case: Path) -> None:
    """Newer version, addition, another thing, the same; only 'another thing' counts both."""
    number, first = (
        add(case, "export-neu.csv", PREFIXES["another prefix"]),
        number_of(case, "bestellungen.csv"),
    )
    sums = {}
    for what in ("replaces", "adds", "apart", "same", "signed"):
        casefile.twins(case, number, first, "Frau Muster", what=what)
        sums[what] = damage(case)
        assert asked(case) == []
    assert sums == {
        "replaces": sums["replaces"],
        "adds": ALONE,
        "apart": TWICE,
        "same": ALONE,
        "signed": ALONE,
    }
    assert abs(Decimal(sums["replaces"]) - Decimal(ALONE)) < 1, "the same orders under another name"
    casefile.correct(case, casefile.entries(case).entries[-1].seq, "doch offen")
    assert damage(case) == ALONE, "what was answered before holds again"


def test_orders_of_two_channels_that_differ_are_no_question(case: Path) -> None:
    """Another shop with other orders on the same days counts beside the first, without a word."""
    head, *rows = ORDERS.splitlines(keepends=True)
    other = [
        re.sub(r";(\d+),(\d\d);EUR", lambda m: f";{int(m[1]) + 7},{m[2]};EUR", row) for row in rows[:400]
    ]
    add(case, "marktplatz.csv", head + "".join(other).replace("B-", "M-").replace(";shop", ";marketplace"))
    assert asked(case) == []


def test_a_corrected_hour_sheet_does_not_count_beside_the_old_one(tmp_path: Path) -> None:
    """It is asked, with how many rows differ; as a newer version it counts alone, as the signed scan it proves more."""
    case = web_sample.case_in(tmp_path, "ping.log")
    before, first = damage(case), number_of(case, "stunden.csv")
    number = add(case, "stunden-neu.csv", web_sample.HOURS.replace("09:00;12:00", "09:00;11:00"))
    assert damage(case) == before and asked(case) == [(first, number)]
    question = next(f for f in casefile.claim(case, DAY).case.findings if f.code == "maybe-version")
    assert (question.text.args["counts"].args["alike"], question.text.args["counts"].args["differ"]) == (2, 1)  # type: ignore[union-attr]
    casefile.twins(case, number, first, "Frau Muster", what="replaces")
    assert Decimal(before) - Decimal(damage(case)) == Decimal("42.00")
    casefile.twins(case, number, first, "Frau Muster", what="signed")
    assert damage(case) == before
    hours = [p for p in casefile.claim(case, DAY).assessment.positions if p.head == "overtime"]
    assert {p.grade for p in hours} == {ProofGrade.RECEIPT}


def test_the_command_asks_when_a_file_comes(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`heller add` says it at once, with the command that answers."""
    path = case.parent / "export.csv"
    path.write_text(PREFIXES["another prefix"], encoding="utf-8")
    assert app.run(["add", str(case), str(path), "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Is it a version of another file?" in said and "decide-reading CASE 23 replaces 4" in said
