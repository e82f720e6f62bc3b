"""The inbox page: the clipped picture beside the form, an answer becomes an entry, a fault is explained."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.intake.papers import DATA
from tests.web.test_pages import visit

from heller import casefile
from heller.model.kinds.decided import Decided

BILL = "RE-E-974-Hetzner_2016-01-19_R0005532486.pdf"


@pytest.fixture(scope="module")
def waiting(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with a bill on paper; nobody may write into it."""
    case = Path(shutil.copytree(sample, tmp_path_factory.mktemp("inbox") / "case"))
    casefile.add(case, [DATA / BILL])
    return case


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_inbox_shows_values_and_pictures(waiting: Path, lang: str) -> None:
    """Each value that was read stands beside the address of its picture; nothing foreign is loaded."""
    said = visit(waiting, lang).get("/inbox/").content.decode()
    assert f'<html lang="{lang}"' in said
    assert ("104,00" if lang == "de" else "104.00") in said
    assert said.count("/clip?member=&amp;name=") == 9
    assert "style=" not in said and "<script>" not in said


def test_a_clip_is_a_picture_of_the_place(waiting: Path) -> None:
    """PNG, not larger than is of use; an unknown name or exhibit is not found."""
    answer = visit(waiting).get("/inbox/9/clip?member=&name=gross")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG")
    for address in (
        "/inbox/9/clip?member=&name=colour",
        "/inbox/99/clip?name=gross",
        "/inbox/1/clip?name=net",
    ):
        assert visit(waiting).get(address).status_code == 404


def test_an_answer_is_an_entry_with_a_name(waiting: Path, tmp_path: Path) -> None:
    """Confirming writes who decided and remembers the name for the next one."""
    own = Path(shutil.copytree(waiting, tmp_path / "case"))
    client = visit(own, "de")
    page = client.get("/inbox/").content.decode()
    form = dict(
        re.findall(r'name="(\w+)" value="([^"]*)"', page.partition("compare")[2].partition("</form>")[0])
    )
    form |= {"exhibit": "9", "member": "", "who": "Frau Muster", "act": "give"}
    answer = client.post("/inbox/", form)
    assert answer.status_code == 302
    (decided,) = casefile.load(own).records(Decided)
    assert (decided.who, decided.values["gross"], decided.changed) == ("Frau Muster", "104.00", ())
    assert "Rechnung R0005532486" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "change", [{"who": ""}, {"gross": "12"}, {"exhibit": "777"}, {"exhibit": "x"}, {"net": "abc"}]
)
def test_a_wrong_answer_is_explained(waiting: Path, change: dict[str, str]) -> None:
    """Nothing is written; the page says what is wrong and keeps what was typed."""
    before = len(casefile.entries(waiting).entries)
    form = {"exhibit": "9", "member": "", "who": "X", "act": "give", "seller": "Hetzner Online GmbH"}
    form |= {"date": "19.01.2016", "net": "87,39", "vat": "16,61", "gross": "104,00", "currency": "EUR"}
    answer = visit(waiting).post("/inbox/", form | change)
    assert answer.status_code == 400
    assert b"What to do:" in answer.content
    assert len(casefile.entries(waiting).entries) == before


def test_class_role_and_chain_are_shown(sample: Path, tmp_path: Path) -> None:
    """In the inbox and on the page of the exhibit: what the paper is, why it counts nothing, and what it belongs to."""
    own = Path(shutil.copytree(sample, tmp_path / "case"))
    papers = DATA.parent / "papers"
    casefile.add(own, [papers / "mahnung.pdf", papers / "rechnung.pdf"])
    client = visit(own, "de")
    inbox = client.get("/inbox/").content.decode()
    assert "Arten der Belege" in inbox
    assert "Mahngebühren und Zinsen von 5,85" in inbox
    page = client.get("/exhibits/9/").content.decode()
    assert "Mahnung" in page
    assert "Rechnung R-1 (K 10)" in page
    assert '<option value="reminder"' in inbox


def test_a_proposal_is_taken_with_one_button(sample: Path, tmp_path: Path) -> None:
    """The page shows what a mail states; the button writes it down."""
    own = Path(shutil.copytree(sample, tmp_path / "case"))
    mail = b"From: Netz AG <s@netz.example>\nTo: o@muster.example\nSubject: x\nDate: Thu, 05 Feb 2026 10:30:00 +0100\n"
    (tmp_path / "m.eml").write_bytes(mail + b"\nIhr Anschluss.\n\nVertragsnummer: V-4711-99\n")
    casefile.add(own, [tmp_path / "m.eml"])
    client = visit(own, "de")
    page = client.get("/inbox/").content.decode()
    assert "V-4711-99" in page
    assert "Ja, übernehmen" in page
    form = {"exhibit": "9", "other": "1", "who": "Frau Muster", "act": "take"}
    assert client.post("/inbox/", form).status_code == 302
    assert casefile.load(own).fact("line.number") == "V-4711-99"


def test_what_is_ticked_is_confirmed_at_once(waiting: Path, tmp_path: Path) -> None:
    """Each by an entry of its own, with one name typed once; what was not ticked waits on."""
    own = Path(shutil.copytree(waiting, tmp_path / "case"))
    client = visit(own)
    page = client.get("/inbox/").content.decode()
    keys = re.findall(r'name="task" value="([^"]+)"', page)
    assert len(keys) >= 2 and any(key.startswith("look|9|") for key in keys)
    before = len(casefile.entries(own).entries)
    some = keys[:2]
    done = client.post("/inbox/confirm", {"task": some, "who": "Frau Muster"})
    assert f"done={len(some)}" in done["Location"] and "left=" not in done["Location"]
    assert len(casefile.entries(own).entries) == before + len(some)
    still = client.get("/inbox/").content.decode()
    assert not any(f'value="{key}"' in still for key in some)
    assert client.cookies["heller_who"].value == "Frau Muster"


def test_nobody_confirms_without_a_name(waiting: Path) -> None:
    """The page says where it is written; nothing is."""
    before = len(casefile.entries(waiting).entries)
    answer = visit(waiting).post("/inbox/confirm", {"task": ["look|9|0||"], "who": " "})
    assert answer.status_code == 400 and "Write your name" in answer.content.decode()
    assert len(casefile.entries(waiting).entries) == before


def test_a_sum_that_may_be_two_is_asked_at_its_field(waiting: Path) -> None:
    """The fault and its readings stand at the field itself."""
    form = {"exhibit": "9", "member": "", "who": "X", "act": "give", "seller": "Hetzner Online GmbH"}
    form |= {"date": "19.1.2016", "net": "8.730", "vat": "16,61", "gross": "104,00", "currency": "EUR"}
    said = visit(waiting).post("/inbox/", form).content.decode()
    assert 'name="net-as" value="8730.00"' in said and "more than one way" in said


def test_list_and_exhibit_count_the_same_doubts(waiting: Path) -> None:
    """The badge of the list is the number on the page."""
    client = visit(waiting)
    page = client.get("/exhibits/").content.decode()
    for number, count in re.findall(r'href="/exhibits/(\d+)/#findings">(\d+)<', page):
        own = client.get(f"/exhibits/{number}/").content.decode()
        assert f'Doubts <span class="count">{count}</span>' in own
