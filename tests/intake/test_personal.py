"""Finding names and wages in documents: by column, by record, and wherever a known name stands."""

from __future__ import annotations

import unicodedata
from zoneinfo import ZoneInfo

import pytest

from heller.intake import personal, reading
from heller.intake.personal import KnownValues
from heller.model.record import Blob

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("Herr Dröge kam, DRÖGE ging, Drögemüller blieb.", "Herr X-1 kam, X-1 ging, Drögemüller blieb."),
        (unicodedata.normalize("NFD", "Frau Dröge."), "Frau X-1."),
        ("İbrahim Çelik (İBRAHİM)", "X-2 Çelik (X-2)"),
        ("Hans Dröge, Hans", "X-1, Hans"),
        ("mail an h.droege@firma.example.", "mail an X-1."),
    ],
)
def test_a_name_is_found_however_it_is_written(said: str, marked: str) -> None:
    """As a whole word, in any case, in either normal form, the longest first."""
    known = {"Hans Dröge": "X-1", "Dröge": "X-1", "İbrahim": "X-2", "h.droege@firma.example": "X-1"}
    assert KnownValues(known).marked(said) == marked


def test_roles_and_numbers_are_no_names() -> None:
    """'Hotline' says nothing about a person; a customer's number does."""
    assert not any(map(personal.is_name, ("Hotline", "Key-Account-Manager", "Techniker", "", "-")))
    assert all(map(personal.is_name, ("M01 (IT)", "Erika Muster", "K17850")))


@pytest.mark.parametrize("quote", ['"', ""])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_columns_are_cut_where_their_cells_are(quote: str, delimiter: str) -> None:
    """The pieces are the cells of the columns of names and wages, with their quotation marks."""

    def cell(said: str) -> str:
        return f"{quote}{said}{quote}"

    rows = [["Mitarbeiter", "Kosten je Stunde", "Bemerkung"], ["Eva Löns", "31.50", "seit 2012"]]
    said = "".join(delimiter.join(map(cell, row)) + "\r\n" for row in rows)
    blob = Blob("loehne.csv", said.encode(), "00")
    pieces = list(personal.columns(said, reading.read(blob, ZONE)))
    assert [(p.field, said[p.start : p.end]) for p in pieces] == [
        ("names", cell("Eva Löns")),
        ("wages", cell("31.50")),
    ]
