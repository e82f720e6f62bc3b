"""A proposed purpose rests on whole words of the document's own text, and on its day."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import case, invoice, outage

from heller.damage.proposal import propose
from heller.model.document_class import Classification, DocumentClass
from heller.model.finding import Locator
from heller.model.kinds.invoice import InvoiceLine
from heller.model.kinds.paper import Paper
from heller.model.value import Value

FIRM = {"firm__name": "Muster Versand GmbH", "firm__address": "Kurier-Express-Straße 1, 00000 Musterstadt"}


def paper(words: str, *, seller: str = "Händler", day: str = "2015-02-10", buyer: str = "") -> Paper:
    """A receipt whose page says these words."""
    values = {"seller": Value(seller), "date": Value(day), "gross": Value("10.00"), "currency": Value("EUR")}
    return Paper(values, Locator("p"), words=words, kind=Classification(DocumentClass.RECEIPT), buyer=buyer)


def head(words: str, **said: str) -> str:
    """The head that is proposed, '' where none is."""
    found = propose(case(**FIRM), paper(words, **said), [outage().span])
    return found.head if found else ""


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("Muster Versand GmbH Musterstr. 12 Druckerpapier", ""),
        ("An Muster-Versand, einkauf@muster-versand.example, www.musterversand.example", ""),
        ("Kurier-Express-Straße 1, 00000 Musterstadt Toner", ""),
        ("Muster Versand GmbH, Versand 4,90", "extra_cost"),
        ("LTE-Router mit Antenne", "hardware"),
        ("Kabelbinder, Automobile, switched", ""),
        ("Netzwerkkabel 5 m", "hardware"),
        ("Expertise für Versandhandel", ""),
        ("Kurierfahrt Musterstadt", "extra_cost"),
        ("SIM-Karte mit Datenvolumen", "mobile_data"),
    ],
)
def test_whole_words_without_the_claimant(words: str, proposed: str) -> None:
    """Name, web address and street of the firm propose nothing; parts of words neither."""
    assert head(words) == proposed


def test_the_buyer_as_read_proposes_nothing_either() -> None:
    """Where nobody stated the firm, the buyer's name on the paper is left out all the same."""
    own = paper("Nordkurier Fracht AG Druckerpapier", buyer="Nordkurier Fracht AG")
    assert propose(case(), own, []) is None


@pytest.mark.parametrize(
    ("day", "proposed"),
    [("2015-02-03", ""), ("2015-02-04", "hardware"), ("2015-04-01", "hardware"), ("2015-05-01", "")],
)
def test_the_day_decides(day: str, proposed: str) -> None:
    """Before the outage, or long after it, words propose nothing."""
    assert head("Router", day=day) == proposed


def test_the_provider_is_named_by_whole_words() -> None:
    """'o2' is in 'Foto2000' by its letters only."""
    given = case(provider__name="o2")
    assert propose(given, paper("", seller="Foto2000 GmbH"), []) is None
    assert (found := propose(given, paper("", seller="o2 Telefónica"), [])) is not None
    assert found.head == "line_fee"


def test_lines_of_an_e_invoice_count_as_its_words() -> None:
    """Seller and lines; not the buyer."""
    bill = invoice("R-1", "100.00", seller="Laden")
    bill = replace(bill, issued=date(2015, 2, 10), lines=(InvoiceLine("LTE Router", bill.net, Locator("x")),))
    found = propose(case(**FIRM), bill, [])
    assert found is not None
    assert found.head == "hardware"
