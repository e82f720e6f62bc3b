"""What a paper is comes from its title and structure, in German and English; so do the papers it names."""

# ruff: noqa: E501 -- tables of titles
from __future__ import annotations

from datetime import date

import pytest
from tests.intake.documents import blob, read
from tests.intake.papers import said
from tests.intake.test_chains import given

from heller.intake import as_plain
from heller.model.document_class import DocumentClass as Class
from heller.model.kinds.paper import Paper
from heller.model.money import Money

HEAD = [
    "Funkladen Beispiel GmbH, Testweg 1, 00000 Musterstadt",
    "",
    "Muster Versand GmbH",
    "Musterstr. 12",
    "",
    "",
]
SUMS = [
    "",
    "Pos 1 LTE-Router 1 Stk                  100,00 EUR",
    "Nettobetrag                             100,00 EUR",
    "zzgl. 19 % MwSt                          19,00 EUR",
    "Gesamtbetrag                            119,00 EUR",
    "",
    "Funkladen Beispiel GmbH USt-IdNr. DE123456789 HRB 1",
]


def letter(*lines: str, sums: bool = True) -> Paper:
    """A business letter with some lines between address and sums."""
    return said([*HEAD, *lines, *(SUMS if sums else SUMS[-1:])])


@pytest.mark.parametrize(
    ("title", "of"),
    [
        ("Rechnung", Class.INVOICE), ("RECHNUNG Nr. 4711", Class.INVOICE), ("Rechnung Nr. 4711 vom 05.02.2026", Class.INVOICE),
        ("R E C H N U N G", Class.INVOICE), ("Invoice", Class.INVOICE), ("Rechnung / Lieferschein", Class.INVOICE),
        ("Ihre Rechnung für Februar 2026", Class.INVOICE), ("Rechnungskopie", Class.INVOICE), ("Tax Invoice", Class.INVOICE),
        ("Angebot", Class.QUOTATION), ("Angebot Nr. A-77", Class.QUOTATION), ("Unser Angebot A-77 vom 05.02.2026", Class.QUOTATION),
        ("Kostenvoranschlag", Class.QUOTATION), ("Quotation", Class.QUOTATION), ("Quote #77", Class.QUOTATION),
        ("Auftragsbestätigung", Class.ORDER_CONFIRMATION), ("Auftragsbestätigung AB-5", Class.ORDER_CONFIRMATION),
        ("Bestellbestätigung", Class.ORDER_CONFIRMATION), ("Order Confirmation", Class.ORDER_CONFIRMATION),
        ("Bestellung", Class.ORDER), ("Purchase Order PO-12", Class.ORDER), ("Bestellung Nr. 12", Class.ORDER),
        ("Lieferschein", Class.DELIVERY_NOTE), ("Lieferschein L-99", Class.DELIVERY_NOTE), ("Delivery Note", Class.DELIVERY_NOTE),
        ("Packing Slip", Class.DELIVERY_NOTE), ("Lieferschein Nr. L-99 vom 06.02.2026", Class.DELIVERY_NOTE),
        ("Mahnung", Class.REMINDER), ("2. Mahnung", Class.REMINDER), ("Zahlungserinnerung", Class.REMINDER),
        ("Letzte Mahnung", Class.REMINDER), ("Payment Reminder", Class.REMINDER), ("1. Zahlungserinnerung zu Rechnung R-1", Class.REMINDER),
        ("Final Notice", Class.REMINDER), ("Mahnung Nr. 3", Class.REMINDER),
        ("Proforma-Rechnung", Class.PRO_FORMA), ("Pro-forma Invoice", Class.PRO_FORMA), ("Proformarechnung Nr. 7", Class.PRO_FORMA),
        ("Abschlagsrechnung", Class.PARTIAL), ("1. Abschlagsrechnung", Class.PARTIAL), ("Anzahlungsrechnung Nr. 3", Class.PARTIAL),
        ("Teilrechnung 2", Class.PARTIAL), ("Prepayment Invoice", Class.PARTIAL), ("Deposit invoice", Class.PARTIAL),
        ("Schlussrechnung", Class.FINAL), ("Schlußrechnung Nr. 9", Class.FINAL), ("Final Invoice", Class.FINAL),
        ("Gutschrift", Class.CREDIT_NOTE), ("Gutschrift Nr. G-1 zu Rechnung R-1", Class.CREDIT_NOTE), ("Credit Note", Class.CREDIT_NOTE),
        ("Stornorechnung", Class.CANCELLATION), ("Storno zur Rechnung R-1", Class.CANCELLATION), ("Rechnungsstorno", Class.CANCELLATION),
        ("Cancellation invoice", Class.CANCELLATION), ("Rechnungskorrektur", Class.CORRECTED), ("Korrekturrechnung KR-1", Class.CORRECTED),
        ("Corrected Invoice", Class.CORRECTED), ("Quittung", Class.RECEIPT), ("Receipt", Class.RECEIPT),
        ("Vertrag", Class.CONTRACT), ("Dienstleistungsvertrag", Class.CONTRACT), ("Contract", Class.CONTRACT),
        ("Preisliste", Class.PRICE_LIST), ("Preisliste 2026", Class.PRICE_LIST), ("Price List", Class.PRICE_LIST),
        ("Kontoauszug", Class.STATEMENT), ("Statement of Account", Class.STATEMENT), ("Betreff: 2. Mahnung", Class.REMINDER),
    ],
)  # fmt: skip
def test_titles(title: str, of: Class) -> None:
    """One line names the class; sums and net of them are proven on all and change nothing."""
    assert letter(title, "Datum: 05.02.2026").kind.of is of
    assert letter("Datum: 05.02.2026", title).kind.of is of


@pytest.mark.parametrize(
    "line",
    [
        "Lieferschein: L-99", "Lieferschein L-99 vom 03.02.2026", "Angebot: A-77", "Ihre Bestellung: 4711", "Bestellnummer: 4711",
        "Rechnungsadresse wie Lieferadresse", "Angebot A-77 vom 01.02.2026", "Auftragsbestätigung: AB-5", "Bei Verzug folgt eine Mahnung ohne weiteren Hinweis",
        "Delivery note: 99", "Your order: 4711", "Vertragsnummer: V-5", "Kontoauszug bitte prüfen", "Gutschriften senden wir per Post",
    ],
)  # fmt: skip
def test_an_invoice_that_names_others_stays_one(line: str) -> None:
    """Under the title, in small letters, another document is named, not titled."""
    assert letter("Rechnung", "Rechnungsnummer: R-1", "Datum: 05.02.2026", line).kind.of is Class.INVOICE


@pytest.mark.parametrize(
    ("lines", "of", "number"),
    [
        (["Angebot", "Angebotsnummer: A-77", "Datum: 05.02.2026"], Class.QUOTATION, "A-77"),
        (["Angebot A-77", "Datum: 05.02.2026"], Class.QUOTATION, "A-77"),
        (["Lieferschein", "Lieferschein-Nr.: L-99", "Bestellnummer: 4711"], Class.DELIVERY_NOTE, "L-99"),
        (
            ["Auftragsbestätigung", "Auftragsnummer: 2026-5", "Ihre Bestellung: 4711"],
            Class.ORDER_CONFIRMATION,
            "2026-5",
        ),
        (["Mahnung", "Rechnungsnummer: R-1", "Datum: 10.03.2026"], Class.REMINDER, ""),
        (["Stornorechnung", "Rechnungsnummer: ST-2", "zu Rechnung R-1"], Class.CANCELLATION, "ST-2"),
        (["Gutschrift", "Gutschriftsnummer: G-1", "Rechnungsnummer: R-1"], Class.CREDIT_NOTE, "G-1"),
        (["Gutschrift G-1 zu Rechnung R-1"], Class.CREDIT_NOTE, "G-1"),
        (["Credit Note", "Credit Note No: G-1", "Original invoice: R-1"], Class.CREDIT_NOTE, "G-1"),
        (["Storno zu Rechnung R-1", "Belegnummer: ST-2"], Class.CANCELLATION, "ST-2"),
    ],
)
def test_its_own_number(lines: list[str], of: Class, number: str) -> None:
    """A number that on an invoice names another document is the own one here, and the other way round."""
    paper = letter(*lines)
    assert (paper.kind.of, paper.said("number")) == (of, number)


def test_what_it_names() -> None:
    """Numbers and days of other papers, by class; the labelled day goes before the day of another paper."""
    paper = letter(
        "Rechnung",
        "Rechnungsnummer: R-1",
        "Datum: 05.02.2026",
        "Ihre Bestellung: 4711",
        "Lieferschein L-99 vom 03.02.2026",
        "Angebot A-77 vom 20.01.2026",
        "Auftrag: AB-7",
    )
    assert {(r.of, r.number, r.issued) for r in paper.refers} == {
        (Class.ORDER, "4711", None),
        (Class.DELIVERY_NOTE, "L-99", date(2026, 2, 3)),
        (Class.QUOTATION, "A-77", date(2026, 1, 20)),
        (Class.ORDER_CONFIRMATION, "AB-7", None),
    }
    assert paper.said("date") == "2026-02-05"
    assert paper.buyer == "Muster Versand GmbH"


def test_a_reminder_lists_invoices_and_fees() -> None:
    """Every invoice of its table, its own day, and what it demands besides."""
    paper = said(
        [
            *HEAD,
            "Zahlungserinnerung",
            "Datum: 10.03.2026",
            "",
            "Rechnungsnummer      Datum            Betrag",
            "R-1001               05.02.2026       119,00 EUR",
            "R-1002               12.02.2026       238,00 EUR",
            "Mahngebühr                            5,00 EUR",
            "Verzugszinsen                         0,85 EUR",
            "Gesamtforderung                     362,85 EUR",
        ]
    )
    assert (paper.kind.of, paper.said("date"), paper.fees) == (Class.REMINDER, "2026-03-10", Money(585))
    assert {r.number for r in paper.refers} == {"R-1001", "R-1002"}


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("angebot.pdf", "kind", "quotation"),
        ("lieferschein.pdf", "kind", "delivery_note"),
        ("mahnung.pdf", "kind", "reminder"),
        ("mahnung.pdf", "fees", "5.85"),
        ("storno_positiv.pdf", "type", "384"),
        ("storno_positiv.pdf", "kind", "cancellation"),
        ("schlussrechnung.pdf", "date", "2026-02-20"),
        ("schlussrechnung.pdf", "kind", "final_invoice"),
        ("kartenbon.pdf", "gross", "13.78"),
        ("kartenbon.pdf", "kind", "receipt"),
        ("rechnung.pdf", "kind", "invoice"),
    ],
)
def test_the_given_papers(name: str, key: str, value: str) -> None:
    """The strangers' papers with their right values."""
    (document,) = as_plain.documents(read(given(name), name))
    said = as_plain.as_json(document, str)
    found = said[key]
    assert (found["value"] if isinstance(found, dict) else found) == value


def test_a_letter_is_of_no_class_and_shown_as_read() -> None:
    """A letter with a day is no invoice: what was read is there, nothing of it waits or counts."""
    paper = said(
        [
            *HEAD,
            "Musterstadt, 05.02.2026",
            "",
            "Sehr geehrte Damen und Herren,",
            "vielen Dank für das Gespräch.",
        ]
    )
    assert paper.kind.of is Class.OTHER
    assert paper.waiting == ()
    assert paper.said("date") == "2026-02-05"


def test_a_till_slip_without_title() -> None:
    """The total stands a second time as what was paid by card."""
    paper = said(
        [
            "Baumarkt Beispiel GmbH",
            "Testweg 6",
            "LTE Antenne      13,78",
            "SUMME            13,78",
            "EC-Karte         13,78",
        ]
    )
    assert (paper.kind.of, paper.said("gross")) == (Class.RECEIPT, "13.78")
    assert blob(b"").digest
