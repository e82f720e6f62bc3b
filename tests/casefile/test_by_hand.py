"""Any exhibit takes values by hand, read or not; it can be withdrawn and restored by its number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.intake.documents import cii

from heller import casefile
from heller.model.document_class import DocumentClass
from heller.model.errors import InputRefused
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.record import Reading
from heller.model.value import Support

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILES = {
    "unread.bin": b"\x00\x01\x02 no format that is known",
    "empty.txt": b"",
    "note.txt": b"Bar bezahlt, der Laden gab mir nur diesen Zettel.",
    "bill.xml": cii([10000], 1900),
}
SAID = {
    "kind": "invoice",
    "number": "B-7",
    "date": "5.2.2026",
    "seller": "Kabel-Kiosk",
    "gross": "119,00 €",
    "vat": "19,00",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with files of which nobody knows what they say, and an e-invoice."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    casefile.open_case(tmp_path / "case", NOW)
    casefile.add(tmp_path / "case", [tmp_path / name for name in FILES], NOW)
    return tmp_path / "case"


def reading(case: Path, number: int) -> Reading:
    """What an exhibit says now."""
    found = casefile.claim(case, date(2026, 3, 2)).case.exhibits
    return next(e.reading for e in found if e.number == number)


def invoices(case: Path, number: int) -> list[Invoice]:
    """The invoices of an exhibit."""
    return [r for r in reading(case, number).records if isinstance(r, Invoice)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_values_of_a_file_that_nobody_can_read(case: Path, number: int) -> None:
    """Kind, number, day, sums, seller and purpose; the third sum follows, the unit stands beside an amount."""
    casefile.give(case, number, SAID | {"purpose": "extra_cost"}, "Frau Muster", now=NOW)
    (invoice,) = invoices(case, number)
    assert (invoice.number, invoice.seller, invoice.issued) == ("B-7", "Kabel-Kiosk", date(2026, 2, 5))
    assert (invoice.net, invoice.vat, invoice.gross) == (Money(10000), Money(1900), Money(11900))
    assert (invoice.kind.of, invoice.kind.grade) == (DocumentClass.INVOICE, Support.GIVEN)
    (purpose,) = casefile.claim(case, date(2026, 3, 2)).case.records(Purpose)
    assert (purpose.invoice, purpose.head) == ("B-7", "extra_cost")
    told = next(f for f in reading(case, number).findings if f.code == "given-by")
    assert told.text.args["who"] == "Frau Muster"


def test_an_e_invoice_takes_a_correction(case: Path) -> None:
    """The invoice that a person corrected stands in the place of the one that was read, once."""
    casefile.give(case, 4, {"seller": "Anders GmbH"}, "Frau Muster", now=NOW)
    (invoice,) = invoices(case, 4)
    assert (invoice.seller, invoice.gross) == ("Anders GmbH", Money(11900))
    casefile.give(case, 4, {"kind": "pro_forma"}, "Frau Muster", now=NOW)
    (invoice,) = invoices(case, 4)
    assert invoice.kind.of is DocumentClass.PRO_FORMA


def test_a_document_that_is_no_cost_needs_no_sums(case: Path) -> None:
    """A delivery note with its number and day."""
    casefile.give(case, 1, {"kind": "Lieferschein", "number": "L-9", "date": "2026-02-05"}, "X", now=NOW)
    (paper,) = (r for r in reading(case, 1).records if isinstance(r, Paper))
    assert (paper.kind.of, paper.said("number")) == (DocumentClass.DELIVERY_NOTE, "L-9")
    assert paper.values["number"].grade is Support.GIVEN
    assert paper.waiting == ()


@pytest.mark.parametrize(
    "said",
    [{"gross": "119,00"}, {"kind": "invoice"}, SAID | {"purpose": "urlaub"}, SAID | {"net": "90,00"}],
)
def test_what_cannot_be_an_answer_writes_nothing(case: Path, said: dict[str, str]) -> None:
    """No kind, no values, an unknown purpose, sums that do not add up."""
    before = len(casefile.entries(case).entries)
    with pytest.raises(InputRefused):
        casefile.give(case, 1, said, "X", now=NOW)
    assert len(casefile.entries(case).entries) == before


def test_an_exhibit_is_withdrawn_and_restored_by_its_number(case: Path) -> None:
    """Out, back, and out again; what is said back names it; twice is refused."""
    assert len(invoices(case, 4)) == 1
    bill = casefile.target(case, "K4")
    casefile.correct(case, bill, "belongs to another case", NOW)
    assert invoices(case, 4) == []
    with pytest.raises(InputRefused):
        casefile.correct(case, bill, "again", NOW)
    with pytest.raises(InputRefused):
        casefile.give(case, 4, {"seller": "X"}, "X", now=NOW)
    casefile.restore(case, bill, "it does belong here", NOW)
    assert len(invoices(case, 4)) == 1
    with pytest.raises(InputRefused):
        casefile.restore(case, bill, "again", NOW)
    casefile.correct(case, bill, "no, it does not", NOW)
    assert invoices(case, 4) == []
    with pytest.raises(InputRefused):
        casefile.target(case, "K9")
