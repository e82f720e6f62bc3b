"""Places in originals are said short, exactly, and never for what is no exhibit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.dossier import fixture

from heller.dossier.refs import Refs, rows_of, runs_of
from heller.dossier.wording import NBSP, Words
from heller.model.finding import Locator


def said(*places: str, lang: str = "de") -> list[str]:
    """What is printed for places in the invented list of orders, exhibit 2."""
    refs = Refs(fixture.case().exhibits, Words(lang))
    found = refs(fixture.place("bestellungen.csv", place) for place in places)
    return [ref.label.replace(NBSP, " ") for ref in found]


def test_neighbouring_rows_become_a_run() -> None:
    """Three rows in a row are one run; each row is named once."""
    assert said("row 5", "row 4", "row 3", "row 9", "row 4") == ["Anlage K 2, Zeilen 3–5, 9"]
    assert said("row 3", lang="en") == ["Exhibit K 2, row 3"]


def test_many_scattered_rows_are_counted() -> None:
    """Nobody reads forty row numbers in a cell; the sheet of the exhibit marks them."""
    assert said(*(f"row {n}" for n in range(1, 80, 2))) == ["Anlage K 2, 40 Zeilen"]


def test_a_path_into_markup_is_not_printed() -> None:
    """An XPath says nothing to a reader of paper."""
    assert said("/rsm:Invoice/ram:Total") == ["Anlage K 2"]


def test_what_is_no_exhibit_is_left_out() -> None:
    """A place in a file that is not in the list has no number to name."""
    refs = Refs(fixture.case().exhibits, Words("de"))
    assert refs([Locator("ff" * 32, "row 1"), None]) == ()


@given(st.sets(st.integers(1, 500)))
def test_runs_hold_exactly_the_rows(rows: set[int]) -> None:
    """Nothing is lost or added by writing runs, and no two runs touch."""
    runs = runs_of(sorted(rows))
    assert [n for a, b in runs for n in range(a, b + 1)] == sorted(rows)
    assert all(b + 1 < c for (_, b), (c, _) in pairwise(runs))
    assert rows_of(f"row {n}" for n in rows) == sorted(rows)
