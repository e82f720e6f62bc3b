"""Files come twice: alike lists under other names, numbers and channels are found by what they say, and asked."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.cli import app
from heller.intake.across import versions
from heller.model.amount import ProofGrade
from heller.model.case import Exhibit
from heller.model.finding import Locator
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.wage import Wage
from heller.model.money import Money
from heller.model.record import Reading
from heller.model.span import Span

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("made") / "case"
    casefile.open_case(folder)
    casefile.add(folder, [path for path in sorted(EXAMPLE.iterdir()) if path.name != "README.md"])
    return folder


@pytest.fixture(scope="module")
def alone(made: Path) -> str:
    """Its likely damage, each list once."""
    return damage(made)


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
def test_alike_orders_count_once_until_it_is_said_what_they_are(case: Path, alone: str, content: str) -> None:
    """The damage stays what it is, whatever the numbers and the channel are called; and it is asked."""
    number, first = add(case, "export-neu.csv", content), number_of(case, "bestellungen.csv")
    assert damage(case) == alone
    assert asked(case) == [(first, number)]
    assert any(
        task.exhibit == number and "replaces" in task.command
        for task in casefile.tasks(casefile.claim(case, DAY))
    )


def test_each_answer_has_its_own_sum_and_can_be_given_again(case: Path, alone: str) -> None:
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
        "adds": alone,
        "apart": sums["apart"],
        "same": alone,
        "signed": alone,
    }
    assert Decimal(sums["apart"]) > Decimal(alone) * Decimal("1.4"), "both count"
    assert abs(Decimal(sums["replaces"]) - Decimal(alone)) < 1, "the same orders under another name"
    casefile.correct(case, casefile.entries(case).entries[-1].seq, "doch offen")
    assert damage(case) == alone, "what was answered before holds again"


def test_orders_of_two_channels_that_differ_are_no_question(case: Path) -> None:
    """Another shop with other orders of other customers on the same days counts beside the first, without a word."""
    head, *rows = ORDERS.splitlines(keepends=True)
    other = [
        re.sub(r";(\d+),(\d\d);EUR", lambda m: f";{int(m[1]) + 7},{m[2]};EUR", row) for row in rows[:400]
    ]
    said = re.sub(r"B-(\d+)", lambda m: f"M-{int(m[1]) + 4321}", "".join(other))
    add(case, "marktplatz.csv", head + said.replace(";K1", ";K8").replace(";shop", ";marketplace"))
    assert asked(case) == []


RAISED = re.sub(r";(\d+),(\d\d);EUR", lambda m: f";{int(m[1]) + 7},{m[2]};EUR", ORDERS)
CORRECTED = {
    "corrected sums under another prefix and channel": RAISED.replace("B-", "M-").replace(
        ";shop", ";marketplace"
    ),
    "corrected sums, renumbered": re.sub(r"B-(\d+)", lambda m: f"N-{int(m[1]) + 4321}", RAISED).replace(
        ";shop", ";x"
    ),
}


@pytest.mark.parametrize("content", CORRECTED.values(), ids=CORRECTED)
def test_corrected_orders_do_not_count_beside_the_old_ones(case: Path, alone: str, content: str) -> None:
    """No sum and no number is the same: they are found by day and customer, or by the figures of the number."""
    number, first = add(case, "neu.csv", content), number_of(case, "bestellungen.csv")
    assert damage(case) == alone and asked(case) == [(first, number)]


def sample(tmp_path: Path) -> Path:
    """A small case without its log."""
    case = tmp_path / "case"
    files = [path for path in web_sample.write(tmp_path / "files") if path.name != "ping.log"]
    casefile.open_case(case)
    casefile.add(case, files)
    return case


MOVED = web_sample.HOURS.replace("08:00;", "13:00;").replace("09:00;", "14:00;").replace("12:00;", "17:30;")
LATER = re.sub(r"\d\d\.\d\d\.2015", "12.03.2015", web_sample.HOURS)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nachgereicht.csv", MOVED, "maybe-version"),
        ("stunden_korrigiert.csv", MOVED, "maybe-version"),
        ("Stunden (2).csv", LATER, "maybe-addition"),
        ("stunden-unterschrieben.txt", "Unterschrift", "maybe-signed"),
        ("anderes.csv", LATER, ""),
        ("stunden-maerz.csv", LATER, ""),
    ],
)
def test_a_file_is_asked_by_its_people_days_and_name(
    name: str, content: str, code: str, tmp_path: Path
) -> None:
    """Other hours of the same people and days, the same name, a scan of that name; until answered nothing counts
    twice, and another list of other days counts without a word."""
    case = sample(tmp_path)
    before = damage(case)
    number = add(case, name, content)
    found = [f for f in casefile.claim(case, DAY).case.findings if f.code.startswith("maybe-")]
    assert [f.code for f in found] == ([code] if code else [])
    if code:
        assert found[0].text.args["second"] == number
        assert [t.exhibit for t in casefile.tasks(casefile.claim(case, DAY)) if t.kind == "twin"] == [number]
        casefile.twins(case, number, number_of(case, "stunden.csv"), "Frau Muster", what="apart")
        assert not [f for f in casefile.claim(case, DAY).case.findings if f.code.startswith("maybe-")]
    if code in ("maybe-version", "maybe-signed"):
        casefile.correct(case, casefile.entries(case).entries[-1].seq, "offen")
        assert damage(case) == before


def test_wages_and_contacts_are_compared(tmp_path: Path) -> None:
    """A list of wages with other rates, the contacts once more: asked; as a newer version the new rate counts."""
    case = sample(tmp_path)
    files = {e.name for e in casefile.load(case).exhibits}
    wages = next(p for p in (tmp_path / "files").iterdir() if "lohn" in p.name or "loehne" in p.name)
    assert wages.name in files
    before, said = damage(case), wages.read_text("latin-1")
    raised = re.sub(r";(\d+),(\d\d)", lambda m: f";{int(m[1]) + 10},{m[2]}", said, count=1)
    number = add(case, "loehne-2015.csv", raised)
    assert damage(case) == before and asked(case) == [(number_of(case, wages.name), number)]
    casefile.twins(case, number, number_of(case, wages.name), "Frau Muster", what="replaces")
    assert damage(case) != before and asked(case) == []
    contacts = "Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag\n" + "".join(
        f"0{n}.02.2015;10:15;Zusage;ein;Telefon;Frau X;Inhaber;Morgen geht es {n};;\n" for n in (4, 5, 6)
    )
    first = add(case, "kontakte-a.csv", contacts)
    again = add(case, "kontakte-b.csv", contacts.replace("Morgen", "Übermorgen"))
    assert asked(case) == [(first, again)]


def test_a_workbook_of_two_lists_is_asked_for_each(tmp_path: Path) -> None:
    """What one file says of hours and another of wages: each list is found, none counts twice."""
    first, second = (
        Exhibit(n, str(n), f"{n}.xlsx", "", 1, datetime(2015, 3, n, tzinfo=UTC), n, reading)
        for n, reading in ((1, _both("20.00")), (2, _both("25.00")))
    )
    linked, found = versions.link((first, second), ())
    assert [one.code for one in found] == ["maybe-version", "maybe-version"]
    assert linked[1].reading.records == ()


def _both(rate: str) -> Reading:
    start = datetime(2015, 2, 5, 8, tzinfo=UTC)
    shift = Shift("Erika", Span.of(start, minutes=60), 60, ShiftKind.REMOVAL, Locator(rate))
    return Reading("xlsx", "", (shift, Wage("Erika", Money.of(rate, "EUR"), Decimal(0), Locator(rate))))


def test_monthly_files_of_one_name_are_asked_once_each(tmp_path: Path) -> None:
    """Three exports of one name and three months: two questions, not three; all count."""
    case = sample(tmp_path)
    for n in (3, 4):
        (tmp_path / str(n)).mkdir()
        path = tmp_path / str(n) / "stunden.csv"
        path.write_text(re.sub(r"\d\d\.\d\d\.2015", f"12.0{n}.2015", web_sample.HOURS), encoding="utf-8")
        casefile.add(case, [path])
    found = [f for f in casefile.claim(case, DAY).case.findings if f.code == "maybe-addition"]
    assert len(found) == 2


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
