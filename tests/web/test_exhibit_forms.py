"""The page of an exhibit takes what a person says of it, withdraws it and lets it count again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.web.test_pages import visit

from heller import casefile
from heller.model.kinds.invoice import Invoice


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample case with a file that nobody can read."""
    case = Path(shutil.copytree(sample, tmp_path / "case"))
    (tmp_path / "zettel.bin").write_bytes(b"\x00\x01 nothing")
    casefile.add(case, [tmp_path / "zettel.bin"])
    return case


SAID = {"act": "give", "member": "", "kind": "invoice", "number": "B-7", "date": "5.2.2015", "seller": "Kiosk",
        "net": "100,00", "vat": "19,00", "gross": "119,00", "currency": "EUR", "who": "Frau Muster"}  # fmt: skip


def test_values_of_an_unread_exhibit(own: Path) -> None:
    """The form stands open on its page; what is typed becomes an invoice, a fault is shown with what was typed."""
    number = len(casefile.load(own).exhibits)
    client = visit(own, "de")
    page = client.get(f"/exhibits/{number}/").content.decode()
    assert 'name="gross"' in page and "<details open>" in page
    refused = client.post(f"/exhibits/{number}/", SAID | {"net": "1,00"})
    assert refused.status_code == 400
    assert 'value="Kiosk"' in refused.content.decode()
    assert client.post(f"/exhibits/{number}/", SAID).status_code == 302
    exhibit = casefile.load(own).exhibits[-1]
    assert [r.number for r in exhibit.reading.records if isinstance(r, Invoice)] == ["B-7"]


def test_withdraw_and_restore(own: Path) -> None:
    """Each says back what it did."""
    number = len(casefile.load(own).exhibits)
    client = visit(own, "en")
    gone = client.post(f"/exhibits/{number}/", {"act": "withdraw", "why": "not ours"})
    said = client.get(gone["Location"].partition("#")[0]).content.decode()
    assert f"K {number}" in said and "no longer counts" in said
    back = client.post(f"/exhibits/{number}/", {"act": "restore", "why": "it is"})
    assert back.status_code == 302
    assert client.post(f"/exhibits/{number}/", {"act": "restore", "why": "again"}).status_code == 400
