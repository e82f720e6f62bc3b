"""Papers in wordings that no rule was made on, set as PDFs: class, number, sum, fees. Made for the tests."""

from __future__ import annotations

import pytest
from tests.intake.documents import read
from tests.intake.papers import printed

from heller.model.document_class import DocumentClass as Of
from heller.model.kinds.paper import Paper
from heller.model.money import Money

HEAD = [
    "Nordlicht Netztechnik e. K.  -  Hafenstr. 5  -  20457 Hamburg",
    "",
    "Muster Versand GmbH",
    "Musterstr. 12",
    "00000 Musterstadt",
    "",
]
SUMS = [
    "1 LTE-Router                   200,00",
    "Nettobetrag                    200,00 EUR",
    "zzgl. 19 % MwSt                 38,00 EUR",
    "Gesamtbetrag                   238,00 EUR",
]
ENGLISH = [
    "1 LTE router                   200.00",
    "Subtotal                       EUR 200.00",
    "VAT 19%                         EUR 38.00",
    "Total                          EUR 238.00",
]
BACK = [
    "Nettobetrag                   -200,00 EUR",
    "zzgl. 19 % MwSt                -38,00 EUR",
    "Gesamtbetrag                  -238,00 EUR",
]
PAPERS = {
    "Proforma-Rechnung PF 33": (["Datum: 05.02.2026", *SUMS], Of.PRO_FORMA, "PF 33", "238.00"),
    "PROFORMA INVOICE": (["No. PI-9", "Date: 5 February 2026", *ENGLISH], Of.PRO_FORMA, "PI-9", "238.00"),
    "Kostenvoranschlag Nr. KV-12": (["Hamburg, den 05.02.2026", *SUMS], Of.QUOTATION, "KV-12", "238.00"),
    "Quote Q-2026-7": (
        ["Date 05 Feb 2026", "Valid until 20 Feb 2026", *ENGLISH],
        Of.QUOTATION,
        "Q-2026-7",
        "238.00",
    ),
    "Auftragsbestätigung AB-2026-5": (
        ["Ihre Bestellung: B-77 vom 04.02.2026", *SUMS],
        Of.ORDER_CONFIRMATION,
        "AB-2026-5",
        "238.00",
    ),
    "Lieferschein 2026-0815": (["Lieferdatum 06.02.2026", "Auftrag A-5"], Of.DELIVERY_NOTE, "2026-0815", ""),
    "Stornorechnung ST-3": (
        ["zu Rechnung R-8 vom 05.02.2026", "Datum 12.02.2026", *BACK],
        Of.CANCELLATION,
        "ST-3",
        "-238.00",
    ),
    "Rechnungsstorno": (
        ["Nr. ST-4 vom 12.02.2026", "Storno der Rechnung R-9", *SUMS],
        Of.CANCELLATION,
        "ST-4",
        "238.00",
    ),
    "Gutschrift GS-5": (
        ["zur Rechnung R-9 vom 05.02.2026", "Datum: 12.02.2026", *SUMS],
        Of.CREDIT_NOTE,
        "GS-5",
        "238.00",
    ),
    "Credit Note CN-4": (
        ["for invoice INV-88", "Date 12 Feb 2026", *ENGLISH],
        Of.CREDIT_NOTE,
        "CN-4",
        "238.00",
    ),
    "Gutschrift": (
        ["Gutschriftsnummer GU-5", "Abrechnung im Gutschriftsverfahren gemäß § 14 Abs. 2 UStG", *SUMS],
        Of.SELF_BILLED,
        "GU-5",
        "238.00",
    ),
    "1. Abschlagsrechnung Nr. AR-1": (["Datum: 05.02.2026", *SUMS], Of.PARTIAL, "AR-1", "238.00"),
    "Schlussrechnung SR-9": (
        [
            "Rechnungsdatum: 20.02.2026",
            *SUMS,
            "abzgl. Abschlagsrechnung AR-1 vom 05.02.2026   -59,50 EUR",
            "Restbetrag   178,50 EUR",
        ],
        Of.FINAL,
        "SR-9",
        "238.00",
    ),
    "Zahlungsavis": (
        ["Datum 20.02.2026", "Rechnung R-8   05.02.2026   238,00 EUR", "Summe   238,00 EUR"],
        Of.CARD_SLIP,
        "",
        "",
    ),
    "Zahlungsbestätigung": (
        ["20.02.2026", "Ihre Zahlung von 238,00 EUR zu Rechnung R-8 ist eingegangen."],
        Of.CARD_SLIP,
        "",
        "",
    ),
    "Forderungsaufstellung": (
        ["12.05.2026", "Hauptforderung aus Rechnung R-8   238,00 EUR", "Gesamtforderung   276,10 EUR"],
        Of.REMINDER,
        "",
        "",
    ),
    "Rechnungsgutschrift": (
        [
            "Nr. G-7",
            "Datum 05.02.2026",
            "Netto 50,00 EUR",
            "19 % MwSt 9,50 EUR",
            "Gutschriftbetrag 59,50 EUR",
        ],
        Of.CREDIT_NOTE,
        "G-7",
        "59.50",
    ),
    "Taxiquittung": (
        ["Datum 05.02.2026", "Betrag 62,00 EUR", "inkl. MwSt 7 % 4,06 EUR", "Betrag dankend erhalten"],
        Of.RECEIPT,
        "",
        "62.00",
    ),
    "ESTIMATE #55": (["Date: 5 February 2026", "Total EUR 123.00"], Of.QUOTATION, "55", "123.00"),
    "Versandbestätigung": (["Bestellnummer: 302-556", "Versandt am 06.02.2026"], Of.DELIVERY_NOTE, "", ""),
    "Stundenzettel": (["Datum 05.02.2026", "Techniker Meier 8,0 Std"], Of.DELIVERY_NOTE, "", ""),
    "Bill to:": (["Muster GmbH", "Return authorisation", "Date: 5 February 2026"], Of.OTHER, "", ""),
    "Kontoauszug Debitorenkonto": (
        ["Rechnung R-8  05.02.2026  238,00", "Saldo 0,00 EUR"],
        Of.STATEMENT,
        "",
        "",
    ),
    "Rechnung": (
        ["Rechnungsnummer: 77", "Rechnungsdatum: 05.02.2026", "Gesamtbetrag 119,00 EUR"],
        Of.INVOICE,
        "77",
        "119.00",
    ),
    "Arbeitsnachweis": (["Datum 05.02.2026", "Techniker 2,5 Std"], Of.DELIVERY_NOTE, "", ""),
}


def paper(title: str, lines: list[str]) -> Paper:
    """What a page with this title says."""
    found = read(printed([*HEAD, title, *lines]), "x.pdf")
    (only,) = (record for record in found.records if isinstance(record, Paper))
    return only


@pytest.mark.parametrize("title", PAPERS)
def test_what_a_paper_is(title: str) -> None:
    """No euro from a paper that is no cost: its class, its own number, its sum."""
    lines, of, number, gross = PAPERS[title]
    found = paper(title, lines)
    assert (found.kind.of, found.said("seller")) == (of, "Nordlicht Netztechnik e. K.")
    assert found.said("number").replace(" ", "") == number.replace(" ", "")
    if gross:
        assert found.said("gross") == gross


@pytest.mark.parametrize(
    ("title", "lines", "fees"),
    [
        (
            "Zahlungserinnerung",
            ["Rechnung R-8 vom 05.02.2026       238,00 EUR", "Mahngebühr                  5,00 EUR",
             "Verzugszinsen                1,23 EUR", "Gesamtforderung            244,23 EUR"],
            623,
        ),
        (
            "Payment reminder",
            ["Invoice INV-88 of 5 Feb 2026      EUR 238.00", "Late fee                    EUR 10.00",
             "Amount due                 EUR 248.00"],
            1000,
        ),
        (
            "3. Mahnung",
            ["Offene Posten:", "R-8   05.02.2026     238,00 EUR", "Mahnkosten                  15,00 EUR",
             "Zu zahlen                  253,00 EUR"],
            1500,
        ),
    ],
)  # fmt: skip
def test_the_fees_of_a_reminder_stand_apart(title: str, lines: list[str], fees: int) -> None:
    """Fees, interest and costs are not the invoice's sum."""
    found = paper(title, ["10.03.2026", *lines])
    assert (found.kind.of, found.fees) == (Of.REMINDER, Money(fees))


def test_the_head_of_a_slip_is_nobody_whom_it_is_addressed_to() -> None:
    """Its seller is not taken for a buyer as well."""
    lines = ["Baumarkt Beispiel GmbH", "Ring 1, 12345 Ort", "Kabel   11,90 A", "SUMME EUR   11,90",
             "girocard EUR   11,90",
             "MwSt A 19%  Netto 10,00  Steuer 1,90  Brutto 11,90", "06.02.2026 09:41  Bon 4711"]  # fmt: skip
    (found,) = (r for r in read(printed(lines), "x.pdf").records if isinstance(r, Paper))
    assert (found.said("seller"), found.buyer, found.said("gross")) == ("Baumarkt Beispiel GmbH", "", "11.90")
