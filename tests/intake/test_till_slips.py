"""The slips of tills as kinds: who sells, what was paid in the end, and two looks at one slip. All are made here."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.intake.papers import read, said

from heller.intake.paper import passes
from heller.intake.paper.layout import Sheet, Word, sheet
from heller.intake.paper.slip_head import seller
from heller.model.finding import Finding, Weight
from heller.model.kinds.paper import Paper
from heller.model.record import Reading
from heller.model.text import text
from heller.model.value import Support


def strip(*lines: str, sure: int = 100) -> Sheet:
    """A narrow page with these lines."""
    words = []
    for n, line in enumerate(lines):
        at = 0
        for word in line.split(" "):
            if word:
                words.append(Word(word, 1, 10 + 6 * at, 20 * n, 10 + 6 * (at + len(word)), 20 * n + 12, sure))
            at += len(word) + 1
    return sheet(words, ((260, 700),))


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Beispiel Markt KG", "Hauptstr. 3", "24103 Kiel"), "Beispiel Markt KG"),
        (("Petra schreibt hier", "KAFFEE AM PLATZ", "Am Platz 4", "10115 Berlin"), "KAFFEE AM PLATZ"),
        (("SCHRAUBEN &", "DRAHT", "NO. 12, LANGE GASSE", "TEL 0431 555"), "SCHRAUBEN & DRAHT"),
        (
            ("MUSTER BUCH", "CO. (M) SDN BHD", "(Co. No. 123456-W)", "12 Jalan Ros"),
            "MUSTER BUCH CO. (M) SDN BHD",
        ),
        (("24 SCHNELL MARKT S/B (519999-X)", "LOT 2811", "TAMAN BERG"), "24 SCHNELL MARKT S/B"),
        (("RECHNUNG", "Muster Eisenwaren e.K.", "Werkstr. 7"), "Muster Eisenwaren e.K."),
        (("RELAIS DE LA PLACE", "ROUTE DE MEKNES", "15000 KHEMISSET"), "RELAIS DE LA PLACE"),
        (("Zur Ecke", "Inhaberin: wirtshaus zur ecke sdn bhd", "Ufer 3"), "wirtshaus zur ecke sdn bhd"),
    ],
)
def test_who_sells_stands_at_the_head_of_a_slip(lines: tuple[str, ...], name: str) -> None:
    """With its legal form wherever it stands in the head, else right over its address."""
    found = seller(strip(*lines, "TAX INVOICE", "Kunde Muster GmbH", "Wasser 1,50"))
    assert found is not None and found.name.startswith(name)


def test_a_head_that_is_hardly_read_names_nobody() -> None:
    """An unread seller is asked for; a wrong one would be believed."""
    assert seller(strip("KAFFEE AM PLATZ", "Am Platz 4", "10115 Berlin", sure=70)) is None
    assert seller(strip("Quittung", "12,50", "Danke")) is None


TOTALS = {
    "rounded, both named": (
        ("Total (incl. tax)   23.26", "Rounding   -0.01", "TOTAL   23.25", "Cash  50.00", "Change  26.75"),
        ("23.26", "23.25"),
    ),
    "rounded, the last without a word that can be read": (
        ("TOTAL AMT   60.31", "ROUNDING ADJ   -0.01", "RH   60.30", "CASH   70.30", "CHANGE   10.00"),
        ("60.31", "60.30"),
    ),
    "no total is named, the money says it": (
        ("Tee   8.50", "Reis   20.20", "SUBTOTAL   28.70", "CASH   100.00", "CHANGE   71.30"),
        ("28.70", "28.70"),
    ),
    "a count is no total": (
        ("Total Qty:  2   16.98", "TOTAL TAX   1.02", "TOTAL   18.00", "CASH   18.00", "CHANGE   0.00"),
        ("18.00", "18.00"),
    ),
    "net and tax, then rounded": (
        ("SUB-TOTAL (EX)   26.00", "TAX 6%   1.56", "ROUNDING   -0.01", "TOTAL   27.55", "CASH   27.55"),
        ("27.55", "27.55"),
    ),
    "a step without a nil before the point": (
        ("Total Sales (Inclusive GST)   181.98", "Rounding Adjustment   .02", "Rounding   182.00"),
        ("181.98", "182.00"),
    ),
    "German, in coins": (
        ("Summe   10,02", "Rundung   -0,02", "Zu zahlen   10,00", "Bar   20,00", "Rückgeld   10,00"),
        ("10.02", "10.00"),
    ),
}


@pytest.mark.parametrize(("lines", "sums"), TOTALS.values(), ids=TOTALS)
def test_what_was_paid_in_the_end(lines: tuple[str, ...], sums: tuple[str, str]) -> None:
    """The gross, and what was paid of it after rounding to coins."""
    paper = said(("Quittung", "Laden Muster GmbH", "Datum 03.02.2024", *lines))
    gross, pay = paper.said("gross"), paper.said("pay") or paper.said("gross")
    assert (gross, pay) == sums


def test_a_rounded_sum_is_no_contradiction() -> None:
    """Net and tax differ from what was paid by the step that the slip prints, and by nothing else."""
    lines = ("Quittung", "SUB-TOTAL (EX)   26.00", "TAX 6%   1.56", "ROUNDING   -0.01", "TOTAL   27.55")
    _, doubts = read(lines)
    assert "sums-differ" not in {doubt.code for doubt in doubts}


def test_a_figure_under_a_percent_sign_that_its_line_names_is_a_sum() -> None:
    """'Disc%' over the column makes rates of its figures, but not of the total in it."""
    paper = said(("Quittung", "Menge   Preis   Disc%", "1   18.00   5", "Total            18.00"))
    assert paper.said("gross") == "18.00"


def test_a_day_that_its_time_is_glued_to() -> None:
    """A recogniser loses the blank between them."""
    assert said(("Quittung", "Date :26-05-201815:16:13", "Total   4.80")).said("date") == "2018-05-26"


def test_two_looks_are_joined_field_by_field() -> None:
    """What the first missed comes from the second, nothing is replaced, and its doubt goes."""
    first, _ = read(("Quittung", "Datum 03.02.2024", "Tee   8.50"), seen=True)
    second, _ = read(
        ("Quittung", "Datum 04.02.2024", "Muster Laden GmbH", "USt-IdNr. DE123456789", "Summe   8.50"),
        seen=True,
    )
    assert first and second
    unclear = Finding("unclear-gross", text("number"), text("number"), Weight.WARNING)
    one, other = (_reading(paper, doubts) for paper, doubts in ((first, (unclear,)), (second, ())))
    assert passes.missing(one) == ("seller", "gross") and not passes.missing(other)
    joined = passes.joined(one, other)
    (paper,) = joined.records
    assert isinstance(paper, Paper)
    assert (paper.said("date"), paper.said("gross"), paper.said("seller")) == (
        "2024-02-03",
        "8.50",
        "Muster Laden GmbH",
    )
    assert joined.findings == () and paper.values["gross"].grade is Support.SEEN
    assert Decimal(paper.said("gross")) == Decimal("8.5")
    assert passes.joined(Reading("photo", "", (), (), rows=1), other) == other


def _reading(paper: Paper, doubts: tuple[Finding, ...]) -> Reading:
    return Reading("photo", "slip", (paper,), doubts, rows=1)


@pytest.mark.parametrize(
    "lines",
    [
        ("Sub-Total   25,60", "Coupon Discount   21,70", "Grand Total   3,90", "BAR   5,00", "RUECKGELD   1,10"),
        ("SUMME EUR   25,60", "Gutschein   -21,70", "Zu zahlen   3,90", "BAR   5,00", "RUECKGELD   1,10"),
        ("Zwischensumme   25,60", "Geschenkkarte 12345   21,70", "SUMME   3,90", "girocard   3,90",
         "MwSt 19%  Netto 3,28  Steuer 0,62  Brutto 3,90"),
    ],
)  # fmt: skip
def test_a_coupon_between_two_totals_proves_neither(lines: tuple[str, ...]) -> None:
    """It lowers a price or pays a part of it: cash and tax bear out what was paid, not what the thing cost."""
    found, doubts = read(("Pizza Beispiel GmbH", "Weg 1", "12345 Ort", "05.02.2026", *lines))
    assert found is not None
    assert found.values["gross"].grade is Support.READ
    assert "coupon" in {doubt.code for doubt in doubts}


def test_a_coupon_for_the_next_time_changes_nothing() -> None:
    """What is printed of a coupon and leads to no total leaves the proof as it is."""
    lines = (
        "SUMME EUR   25,60",
        "BAR   30,00",
        "RUECKGELD   4,40",
        "Ihr Coupon: 5,00 EUR beim naechsten Einkauf",
    )
    found = said(("Pizza Beispiel GmbH", "Weg 1", "12345 Ort", "05.02.2026", *lines))
    assert found.values["gross"].grade is Support.PROVEN


def test_a_card_slip_prints_one_sum() -> None:
    """What was paid, also where no word names it."""
    found = said(
        ("Tankstelle Beispiel", "KUNDENBELEG", "Terminal-ID 54012345", "EUR   23,80", "05.02.2026 10:22")
    )
    assert found.said("gross") == "23.80"


@pytest.mark.parametrize("mark", ["", "-"])
def test_the_total_of_one_rate_is_not_the_total(mark: str) -> None:
    """Totals of two rates and what is to be paid, its colon read as a minus: the whole counts, nothing is proven."""
    lines = ("Brot   2,13   4   8,52", "Summe 0 %: 19,83", "Summe 7 % netto: 30,24", "MwSt 7 %: 2,12",
             "Summe 7 % brutto: 32,36", "Summe 0 %: 19,83", f"Zu zahlen: {mark}52,19")  # fmt: skip
    found = said(("Baeckerei Beispiel GmbH", "Weg 1", "12345 Ort", "Datum: 05.02.2026", *lines))
    assert (found.said("gross"), found.values["gross"].grade) == ("52.19", Support.READ)
