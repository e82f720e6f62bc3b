"""The desk of the other side without a browser: what it shows, what it writes, and what it never shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.casefile.desk_rounds import KEY
from tests.letters import worked
from tests.web.test_pages import client_of, visit

from heller import casefile
from heller.casefile.examination import examine, notes_path
from heller.model.kinds.fact import Fact
from heller.web.app import examined

PRIVATE = {  # facts that stay in the house, each with the ways in which its value may be written
    "suit.odds_low": ("0.4137", ("41.37", "41,37", "0.4137")),
    "suit.odds_high": ("0.4871", ("48.71", "48,71", "0.4871")),
    "suit.own_cost": ("4711.13", ("4711.13", "4,711.13", "4.711,13", "471113")),
    "lawyer.above_statute": ("3917.29", ("3917.29", "3,917.29", "3.917,29", "391729")),
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of a case that states what stays in its house."""
    folder = tmp_path_factory.mktemp("desk") / "case"
    worked.told(folder, "tailor")
    for key, (value, _) in PRIVATE.items():
        casefile.note(folder, Fact(key, value))
    return casefile.build(folder, worked.AS_OF, "de").bundle


@pytest.fixture
def sitting(bundle: Path, tmp_path: Path) -> tuple[dict[str, Any], Path]:
    """A desk before a copy of it."""
    own = tmp_path / "bundle.zip"
    own.write_bytes(bundle.read_bytes())
    return examined(examine(own), signer=KEY), own


def _ruled(client: Client) -> None:
    """All items ruled on, each in another way."""
    for said in (
        {"item": "mobile_data", "ruling": "cut", "amount": "10,00", "reason": "too_dear", "words": "üblich"},
        {"item": "line_fee", "ruling": "accept"},
        {"item": "lump_sums", "ruling": "doubt", "paper": "Vertrag", "until": "2026-08-31"},
    ):
        assert client.post("/desk/rule", said).status_code == 302


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_answer_is_made_at_the_desk(sitting: tuple[dict[str, Any], Path], lang: str) -> None:
    """Rulings are shown and kept beside the bundle; the answer is signed and names the bundle; other pages are shut."""
    more, path = sitting
    before, client = path.read_bytes(), client_of(more, lang)
    first = client.get("/desk/")
    assert first.status_code == 200 and f'<html lang="{lang}"' in first.content.decode()
    assert "style=" not in first.content.decode()
    _ruled(client)
    shown = client.get("/desk/").content.decode()
    assert "üblich" in shown and ("10,00" in shown or "10.00" in shown)
    tried = client.get("/desk/", {"fault.share": "50", "keep": "1"}).content.decode()
    assert 'id="effect"' in tried and "50 %" in tried.replace("\N{NO-BREAK SPACE}", " ")
    answer = client.post(
        "/desk/answer", {"by": "Frau Prüfer", "on": "2026-07-10", "offer": "40", "form": "json"}
    )
    body = json.loads(answer.content)
    assert [one["agreed"]["cents"] for one in body["answer"]["rulings"]] == [1000, 1031, 0]
    assert body["key"] and body["answer"]["offer"]["cents"] == 4000 and len(body["answer"]["tried"]) == 1
    assert path.read_bytes() == before and notes_path(path).exists()
    assert client.get("/desk/exhibits/1/").status_code == 200
    assert client.get("/desk/explain/", {"what": "due"}).status_code == 200
    assert client.get("/law/").status_code == 302  # nothing of a case is behind it


def test_what_makes_no_sense_is_said(sitting: tuple[dict[str, Any], Path]) -> None:
    """An amount that is none, an unknown item, more than was asked, an answer of nobody."""
    client = client_of(sitting[0])
    for said in (
        {"item": "moon", "ruling": "accept"},
        {"item": "line_fee", "ruling": ""},
        {"item": "line_fee", "ruling": "cut", "amount": "much", "reason": "law"},
        {"item": "line_fee", "ruling": "cut", "amount": "99999", "reason": "law"},
        {"item": "line_fee", "ruling": "doubt", "paper": "x", "until": "soon"},
    ):
        assert client.post("/desk/rule", said).status_code == 400
    assert client.post("/desk/answer", {"by": ""}).status_code == 400
    assert client.get("/desk/exhibits/99/").status_code == 404
    assert not notes_path(sitting[1]).exists()


def test_the_desk_never_shows_the_private_side(sitting: tuple[dict[str, Any], Path]) -> None:
    """No byte of a page, of the answer or of its paper holds a value that stays in the claimant's house."""
    more, path = sitting
    seen: list[bytes] = []
    for lang in ("de", "en"):
        client = client_of(more, lang)
        _ruled(client)
        pages = ["/desk/", "/desk/?fault.share=30", *(f"/desk/exhibits/{n}/" for n in (1, 2))]
        names = examine(path).claim
        pages += [f"/desk/explain/?what={what}" for what in ("due", "damage", "outage.1")]
        seen += [client.get(page).content for page in pages]
        for form in ("json", "pdf"):
            answer = client.post("/desk/answer", {"by": "X", "on": "2026-07-10", "form": form})
            seen.append(answer.content if form == "json" else _words_of(answer.content))
        assert not {one.key for one in names.case.records(Fact) if one.key in PRIVATE and one.value}
    for key, (_, written) in PRIVATE.items():
        for value in written:
            assert not [page for page in seen if value.encode() in page], (key, value)


def _words_of(pdf: bytes) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).encode()


def test_the_case_has_no_desk(sample: Path) -> None:
    """Who serves a case serves no bundle; objections, explanations and the dispute have pages of their own."""
    client = visit(sample)
    assert client.get("/desk/").status_code == 404
    assert client.get("/desk/explain/").status_code == 404
    for page in ("/attack/", "/explain/", "/explain/?what=overtime", "/dispute/"):
        assert client.get(page).status_code == 200, page
    assert client.get("/explain/?what=moon").status_code == 404
