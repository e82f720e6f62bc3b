"""A document that says what was stated travels with the claim, and is cited where that is said."""

from datetime import date
from pathlib import Path

import pytest

from heller import casefile
from heller.casefile.bundle.scope import unread
from heller.model import bearing_out
from heller.model.claim import Claim

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("borne") / "case"
    casefile.open_case(folder)
    casefile.add(folder, sorted(p for p in EXAMPLE.iterdir() if p.name != "README.md"))
    return casefile.claim(folder, date(2015, 6, 30))


def test_the_confirmation_of_the_order_names_the_contract(claimed: Claim) -> None:
    """What a document proposes as the number of the contract is what is stated: it bears it out."""
    names = {e.digest: e.name for e in claimed.case.exhibits}
    found = [names[place.object] for place in bearing_out.of_facts(claimed.case, "line.number")]
    assert found == ["auftragsbestaetigung.eml"]


def test_what_bears_something_out_is_not_left_at_home(claimed: Claim) -> None:
    """Only the second wrapping of an invoice stays: no mail that confirms a promise, no order that was confirmed."""
    left = unread(claimed)
    assert [e.name for e in claimed.case.exhibits if e.digest in left] == ["rechnung-notanschluss.xml"]


def test_another_number_bears_nothing_out(claimed: Claim) -> None:
    """A document that says something else of a fact is no proof of it."""
    assert list(bearing_out.of_facts(claimed.case, "firm.staff")) == []
