"""What of an original is printed: cited lines always, broken files never stop the press."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.dossier import fixture

from heller import dossier
from heller.dossier import exhibit_pages, printable
from heller.dossier.later import Later
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.mail import Mail
from heller.model.record import Reading


@given(st.integers(1, 5000), st.sets(st.integers(1, 5000), max_size=12))
def test_cited_lines_are_among_those_shown(total: int, cited: set[int]) -> None:
    """A dozen cited lines always fit on the sheet, in order, none twice, none beyond the end."""
    picked = exhibit_pages.pick(total, sorted(cited))
    assert {row for row in cited if row <= total} <= set(picked)
    assert picked == sorted(set(picked))
    assert len(picked) <= exhibit_pages.LINES
    assert picked[0] == 1 and picked[-1] <= total


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (None, "absent"),
        (b"%PDF-1.7\nbroken", "binary"),
        (b"\x89PNG\r\n\x1a\nbroken", "binary"),
        (b"PK\x03\x04\x00\x00\x00", "binary"),
        (b"", "whole"),
        ("Zeile eins\nGrüße\n".encode("cp1252"), "whole"),
    ],
)
def test_each_kind_of_bytes_has_its_way(data: bytes | None, kind: str) -> None:
    """Broken and missing originals are said to be so and raise nothing."""
    pages = printable.pages(data) if data and printable.has_pages(data) else None
    assert (
        exhibit_pages.show(Later.of(data) if data is not None else None, [], said=False, pages=pages).kind
        == kind
    )


def test_a_wide_page_lies_on_a_wide_sheet() -> None:
    """The second page of the invented offer is wide."""
    shown = exhibit_pages.show(Later.of(fixture.PDF), [], said=False, pages=printable.pages(fixture.PDF))
    assert [sheet.wide for sheet in shown.sheets] == [False, True]
    assert (shown.shown, shown.total) == (2, 2)


def test_long_texts_break_over_pages_and_lose_nothing() -> None:
    """A contact of three pages and a mail of two: every word is printed, the stamp goes on."""
    claim = fixture.claim()
    essay = " ".join(f"word{n}" for n in range(2500))
    contact = Contact(fixture.at(5, 9), ContactKind.CONTACT, "mail", "somebody", essay)
    letter = "\n".join(f"line{n}" for n in range(120))
    mail = Mail(fixture.at(6, 9), "a@example.org", "b@example.org", "s", letter, fixture.place("mail.eml"))
    exhibits = tuple(
        replace(e, reading=Reading("mail", "mail", (mail,))) if e.name == "mail.eml" else e
        for e in claim.case.exhibits
    )
    case = replace(claim.case, exhibits=exhibits, noted=(*claim.case.noted, contact))
    pdf = dossier.typeset(dossier.compose(replace(claim, case=case), "en"), fixture.ORIGINALS)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    everything = " ".join(" ".join(pages).replace("\ufffe", "").split())
    assert all(f"word{n}" in everything for n in (0, 1250, 2499))
    mailed = [page for page in pages if "line119" in page or "line0\r\n" in page]
    assert len(mailed) == 2
    assert all(
        "Exhibit" in page.replace("\xa0", " ") and "K\xa04" in page.replace(" ", "\xa0") for page in mailed
    )
