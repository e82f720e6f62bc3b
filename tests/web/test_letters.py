"""Letters in the browser: a list of what is ready, one to read and print, and the entry once it has gone out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.test_pages import visit

from heller import casefile
from heller.dossier.letters import letters
from heller.model.kinds.contact import Contact


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_letter_has_its_page(sample: Path, lang: str) -> None:
    """Ready or not: what is missing is said with what to do, in both languages."""
    client = visit(sample, lang)
    page = client.get("/letters/").content.decode()
    for name in letters():
        assert f'href="/letters/{name}/"' in page
        answer = client.get(f"/letters/{name}/")
        said = answer.content.decode()
        assert answer.status_code == 200 and ("<textarea" in said) != ('role="alert"' in said), name
    assert client.get("/letters/nothing/").status_code == 404


def test_what_is_chosen_stands_in_the_letter(sample: Path) -> None:
    """A day and a sum; nonsense is shown at its field and writes nothing."""
    client = visit(sample)
    assert "24 December 2026" in client.get("/letters/fault_report/", {"by": "24.12.2026"}).content.decode()
    wrong = client.get("/letters/fault_report/", {"by": "33.12.2026"})
    assert wrong.status_code == 400 and "could not be read" in wrong.content.decode()
    pdf = client.get("/letters/fault_report/pdf", {"by": "24.12.2026"})
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"


def test_a_letter_that_went_out_is_written_down(own: Path) -> None:
    """With its way; without one nothing is written; a reload of the list writes it no second time."""
    client = visit(own)
    before = len(casefile.load(own).records(Contact))
    assert client.post("/letters/fault_report/", {"channel": ""}).status_code == 400
    answer = client.post("/letters/fault_report/", {"channel": "Fax", "proof": "report 1"})
    assert answer.status_code == 302 and answer["Location"].startswith("/letters/?entry=")
    found = casefile.load(own).records(Contact)
    letter = max(found, key=lambda one: one.at).letter
    assert len(found) == before + 1 and letter is not None and letter.proof == "report 1"
    client.get(answer["Location"])
    assert len(casefile.load(own).records(Contact)) == before + 1
    client.cookies["heller_day"] = "2099-01-01"
    page = client.get("/letters/").content.decode()
    assert "owes an answer" in page, page[page.index("<main") :][:1500]
