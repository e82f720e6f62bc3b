"""Reports by which a till closes its day (Z-Bericht), as PDF and as a photo: takings where two figures agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import typst
from pypdfium2 import PdfDocument
from tests.intake.documents import BERLIN, blob, codes
from tests.intake.papers import page

from heller import intake
from heller.intake.paper.layout import sheet
from heller.intake.paper.till_report import TillReport, reports
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money

INN = (
    "Gasthof zur Furt (erfunden)",
    "Z-Bericht Nr. 1234",
    "Datum: 17.07.2026 23:45",
    "Umsatz brutto        1.234,50 EUR",
    "Steuersatz   Netto   MwSt   Brutto",
    "19,00 %   500,00   95,00   595,00",
    "7,00 %   597,66   41,84   639,50",
    "Bar     12    434,50",
    "EC-Karte   23   800,00",
    "Trinkgeld    35,00",
    "Kassenanfangsbestand   200,00",
    "Kassenbestand bar  634,50",
    "GT  1.234.567,89",
)


def only(lines: Sequence[str]) -> TillReport:
    """The one closing on an invented page."""
    (found,) = reports(sheet(page(lines)))
    return found


@pytest.mark.parametrize(
    ("lines", "number", "day", "gross", "net"),
    [
        (INN, "1234", date(2026, 7, 17), 123450, 109766),
        (
            ("Café Eck", "TAGESABSCHLUSS", "Z-Nr: 0087", "18.07.2026 23:10", "Bar 434,50", "Karte 800,00",
             "Summe 1234,50", "Storno 2  -12,00"),
            "0087", date(2026, 7, 18), 123450, None,
        ),
        (
            ("The Corner Shop", "End of Day Report", "Report No 55", "Business date 2026-07-17",
             "Gross sales  1,190.00", "VAT 19%  190.00", "Net sales  1,000.00"),
            "55", date(2026, 7, 17), 119000, 100000,
        ),
        (
            ("Z-Abschlag Nr 7", "Zeitraum von 16.07.2026 10:00 bis 17.07.2026 01:10", "A 19% 100,00 19,00 119,00",
             "B 7% 100,00 7,00 107,00", "SUMME 226,00", "bar 226,00"),
            "7", date(2026, 7, 16), 22600, 20000,
        ),
        (
            ("Kassenabschluss", "Buchungstag 03.02.2026", "Gesamtumsatz 85,60", "MwSt 7 %", "girocard 85,60"),
            "", date(2026, 2, 3), 8560, 8000,
        ),
    ],
)  # fmt: skip
def test_a_closing_says_its_day_and_its_takings(
    lines: tuple[str, ...], number: str, day: date, gross: int, net: int | None
) -> None:
    """Rates, ways of payment, or net and tax bear the sum out; cash in the drawer and totals of all times do not."""
    found = only(lines)
    assert (found.number, found.day, found.gross) == (number, day, Money(gross))
    assert found.net == (None if net is None else Money(net))


def test_a_till_closed_after_midnight_closes_the_day_before() -> None:
    """Where no day of business is named; it is said."""
    found = only(["Z-Bon", "18.07.2026 00:45", "Summe 100,00", "Bar 100,00"])
    assert (found.day, found.late) == (date(2026, 7, 17), True)


def test_what_nothing_bears_out_and_several_days_are_asked() -> None:
    """A sum alone, sums that differ, a closing of a week; a report of the time between and a receipt are none."""
    for lines in (["Umsatz 100,00"], ["Umsatz 100,00", "Bar 90,00"]):
        found = only(["Z-Bericht", "17.07.2026", *lines])
        assert (found.gross, found.said) == (None, Money(10000))
    week = only(["Z-Bericht", "von 13.07.2026 bis 19.07.2026", "Summe 100,00", "Bar 100,00"])
    assert (week.day, week.gross) == (None, Money(10000))
    for other in (
        ["X-Bericht", "Summe 100,00", "Bar 100,00"],
        ["Bon 12", "Summe 1,00", "Bar 1,00", "Z-Bericht"],
    ):
        assert not [one for one in reports(sheet(page(other))) if one.gross == Money(10000)]


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF of lines, each cell set apart."""
    rows = ("\n".join(f"{line}\\" for line in lines).replace("  ", " #h(24pt) ") for lines in pages)
    return typst.compile(
        ("#set page(width: 300pt, height: 360pt)\n" + "\n#pagebreak()\n".join(rows)).encode()
    )


def test_a_pdf_of_closings_is_takings_by_day() -> None:
    """Two pages are two closings; of the second nothing bears the sum out: it is asked, with what types it."""
    second = ["Z-Bericht Nr. 1235", "Datum: 18.07.2026", "Umsatz brutto  900,00"]
    found = intake.read(blob(pdf(INN, second), "z.pdf"), BERLIN)
    (unit,) = (record for record in found.records if isinstance(record, Unit))
    assert (unit.kind, unit.at, unit.value, unit.gross) == (
        UnitKind.TAKINGS, datetime(2026, 7, 17, 10, tzinfo=UTC), Money(123450), True,
    )  # fmt: skip
    assert unit.rate is not None and Money(123450) - Money(109766) == Money(round(109766 * unit.rate))
    assert (unit.number, unit.fate, unit.timed) == ("1234", Fate.HELD, False)
    assert (codes(found), found.rows, found.rows_rejected) == ({"till-report-open"}, 2, 1)
    assert "takings" in str(found.findings[0].do)


def test_a_photo_of_a_closing_is_read_as_one() -> None:
    """Recognised letters are no weaker here: the figures bear each other out, or it is asked."""
    out = BytesIO()
    PdfDocument(pdf(INN))[0].render(scale=3).to_pil().save(out, "PNG")
    found = intake.read(blob(out.getvalue(), "z.png"), BERLIN)
    (unit,) = (record for record in found.records if isinstance(record, Unit))
    assert (unit.at.date(), unit.value, unit.rate and unit.rate.quantize(Decimal("0.001"))) == (
        date(2026, 7, 17), Money(123450), Decimal("0.125"),
    )  # fmt: skip
