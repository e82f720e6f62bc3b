"""Changing one's mind on the pages does what the command line does: the two doors show the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.web.test_pages import visit

from heller import casefile
from heller.casefile.echo import sums
from heller.cli import app
from heller.model.kinds.fact import Fact

DAY = date(2015, 6, 30)
ROW = {"entry": "K3", "row": "3", "why": "x"}
# What is sent to a page, what is typed instead, and the likely damage afterwards.
ROWS: list[tuple[str, dict[str, str], list[str], str]] = [
    ("/change/take-back", {"entry": "K6", "why": "falsch"}, ["correct", "K6", "falsch"], "-300.00"),
    ("/change/row", ROW | {"change": "minutes=90"}, ["row", "K3", "3", "minutes=90", "x"], "-63.00"),
    ("/change/row", ROW | {"change": "withdrawn"}, ["row", "K3", "3", "withdrawn", "x"], "-126.00"),
    (
        "/exhibits/6/",
        {"invoice": "R-100", "head": "none", "share": "100 %"},
        ["purpose", "K6", "privat"],
        "-300.00",
    ),
    (
        "/note/",
        {"form": "fact", "key": "line.monthly_fee", "value": "weiß nicht"},
        ["fact", "line.monthly_fee", "weiß", "nicht"],
        "",
    ),
]


@pytest.mark.parametrize(("page", "sent", "typed", "moved"), ROWS, ids=[" ".join(row[2]) for row in ROWS])
def test_the_two_doors_show_the_same(
    own: Path, tmp_path: Path, page: str, sent: dict[str, str], typed: list[str], moved: str
) -> None:
    """The same sums before and after, by the page and by the command; and the page says what it moved."""
    other = Path(shutil.copytree(own, tmp_path / "other"))
    before = casefile.claim(own, DAY)
    answer = visit(own).post(page, sent)
    assert answer.status_code == 302, answer.content
    assert app.run(["note", str(other), *typed, "--lang", "en"]) == 0
    after = casefile.claim(own, DAY)
    assert sums(after) == sums(casefile.claim(other, DAY))
    if moved:
        total = after.assessment.total.likely - before.assessment.total.likely
        assert str(total.decimal) == moved


def test_a_page_says_what_was_and_what_is(own: Path) -> None:
    """The echo stands on the page that follows: the old record struck out, the new one, the sums."""
    client = visit(own)
    answer = client.post("/exhibits/6/", {"invoice": "R-100", "head": "none", "share": "100 %"}, follow=True)
    said = answer.content.decode()
    assert "<del>" in said and "<ins>" in said and "→" in said


def test_a_withdrawn_exhibit_comes_back_on_its_page(own: Path) -> None:
    """Taken back, its page offers to let it count again."""
    client, before = visit(own), sums(casefile.claim(own, DAY))
    client.post("/change/take-back", {"entry": "K3", "why": "falsch"})
    assert b'value="restore"' in client.get("/exhibits/3/").content
    client.post("/change/restore", {"entry": "K3", "why": "doch"})
    assert sums(casefile.claim(own, DAY)) == before
    assert client.post("/change/restore", {"entry": "K3", "why": "doch"}).status_code == 400


def test_a_note_is_edited_on_the_page(own: Path) -> None:
    """The form comes filled; what is sent stands in the place of what was there."""
    client = visit(own)
    note = {
        "form": "promise",
        "at": "04.02.2015",
        "at-time": "09:00",
        "said": "morgen früh",
        "who": "Hotline",
    }
    forms = client.get("/note/").content.decode()
    note["form"] = "promise" if "form=promise" in forms else "contact"
    note["kind"] = "promise"
    assert client.post("/note/", note).status_code == 302
    entry = casefile.entries(own).entries[-1].seq
    filled = client.get(f"/note/?form={note['form']}&instead={entry}").content.decode()
    assert "morgen früh" in filled and 'value="04.02.2015"' in filled
    assert client.post("/note/", note | {"said": "morgen abend", "instead": str(entry)}).status_code == 302
    said = [str(getattr(record, "said", "")) for record in casefile.load(own).noted]
    assert said == ["morgen abend"]


def test_facts_that_contradict_each_other_are_asked_on_the_page(own: Path) -> None:
    """As by `heller facts`: both statements with where they stand, and which one counts."""
    casefile.note(own, Fact("firm.employees", "5", "Lohnliste"))
    casefile.note(own, Fact("firm.employees", "6", "Buchhaltung"))
    said = visit(own, "de").get("/note/").content.decode()
    assert "unterschiedlich" in said or "verschieden" in said
    assert "Lohnliste" in said and "Buchhaltung" in said
