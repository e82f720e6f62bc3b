"""What is odd is asked when it is written: by the command, on the page, and in the list of all facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.echo import echo
from heller.casefile.stated import stated
from heller.cli import app
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.record import Record

DAY = date(2015, 6, 30)
NOW = datetime(2015, 6, 30, 12, tzinfo=UTC)
AT = datetime(2015, 2, 5, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with its log."""
    return web_sample.case_in(tmp_path_factory.mktemp("made"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def call(kind: ContactKind, at: datetime = AT, who: str = "Hotline", **more: object) -> Contact:
    """A contact."""
    return Contact(at, kind, "Telefon", who, "Worte", **more)  # type: ignore[arg-type]


ODD: list[tuple[str, Callable[[], Record], str]] = [
    ("the future", lambda: call(ContactKind.CONTACT, NOW + timedelta(days=3)), "lies in the future"),
    (
        "another year",
        lambda: call(ContactKind.CONTACT, datetime(2012, 2, 4, tzinfo=UTC)),
        "more than a year before",
    ),
    ("nobody's name", lambda: call(ContactKind.CONTACT, who="weiß nicht"), "where a name belongs"),
    ("their demand", lambda: call(ContactKind.DEMAND, until=DAY), "starts no default of theirs"),
    ("a slipped point", lambda: Fact("line.monthly_fee", "50000.00"), "more than ten times"),
    (
        "a lot of money",
        lambda: CustomerClaim("Kunde", DAY, Money(99_999_900), "x"),
        "more than ten times the damage",
    ),
]


@pytest.mark.parametrize(("record", "words"), [row[1:] for row in ODD], ids=[row[0] for row in ODD])
def test_what_is_odd_is_asked(case: Path, record: Callable[[], Record], words: str) -> None:
    """One question, in words that say what is odd."""
    before = casefile.claim(case, DAY)
    entry = casefile.note(case, record())
    asked = echo(entry, before, casefile.claim(case, DAY), casefile.written(case, entry), NOW).asked
    assert len(asked) == 1 and words in asked[0].id


@pytest.mark.parametrize(
    "record",
    [
        call(ContactKind.CONTACT),
        call(ContactKind.DEMAND, incoming=False, until=DAY),
        Fact("line.monthly_fee", "520.00"),
    ],
)
def test_what_is_usual_is_not_asked(case: Path, record: Record) -> None:
    """No question that nobody needs."""
    before = casefile.claim(case, DAY)
    entry = casefile.note(case, record)
    assert echo(entry, before, casefile.claim(case, DAY), casefile.written(case, entry), NOW).asked == ()


def test_a_demand_that_came_in_starts_no_default(case: Path) -> None:
    """The provider's own dunning is no letter of ours: what is due stays."""
    before = casefile.claim(case, DAY).waterfall.due
    casefile.note(
        case, call(ContactKind.DEMAND, datetime(2015, 2, 6, 9, tzinfo=UTC), until=date(2015, 2, 10))
    )
    assert casefile.claim(case, DAY).waterfall.due == before


def test_contradicting_facts_stand_against_each_other(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note against a file, and a later file against an older note: both are shown, the latter is asked."""
    casefile.note(case, Fact("line.monthly_fee", "480.00", "Anruf"))
    later = case.parent / "vertrag.csv"
    later.write_text("Angabe;Wert;Quelle\nMonatsentgelt netto;490,00 EUR;Vertrag\n")
    casefile.add(case, [later])
    fee = next(one for one in stated(casefile.load(case)) if one.key == "line.monthly_fee")
    assert [(s.exhibit, s.fact.value, s.counts) for s in fee.statements] == [
        (1, "500.00", False),
        (0, "480.00", True),
        (9, "490.00", False),
    ]
    assert fee.contradicted and fee.newer_file is not None and fee.newer_file.exhibit == 9
    assert app.run(["facts", str(case), "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "stated in different ways" in said and "K 9 came after the note" in said
