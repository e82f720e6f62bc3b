"""What a provider's contract, letter or mail states is proposed with its place, and counts once confirmed."""

# ruff: noqa: E501 -- tables of sentences
from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from tests.intake.documents import BERLIN, read
from tests.intake.papers import page

from heller.intake import page_readings
from heller.intake.paper.layout import sheet
from heller.intake.paper.proposals import Letter, LetterLine, proposals
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.mail import Mail
from heller.model.kinds.proposed import Proposed
from heller.model.money import Money
from heller.model.record import Blob

WRITTEN = datetime(2026, 2, 5, 9, 30, tzinfo=UTC)
K = ContactKind


def contacts(sentence: str) -> list[Contact]:
    """What one sentence of a mail about a line proposes."""
    lines = [
        LetterLine("Ihr Glasfaseranschluss / your broadband connection.", Locator("m")),
        LetterLine("", Locator("m")),
        LetterLine(sentence, Locator("m", "body")),
    ]
    return [
        p.record
        for p in proposals(Letter(lines, "Netz AG", WRITTEN, "e-mail"))
        if isinstance(p.record, Contact)
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "until"),
    [
        ("Die Störung wird voraussichtlich bis zum 06.02.2026 behoben.", K.PROMISE, date(2026, 2, 6)),
        ("Unser Techniker kommt am 09.02.2026 zwischen 8 und 12 Uhr.", K.PROMISE, date(2026, 2, 9)),
        ("The fault will be fixed by 6 February 2026.", K.PROMISE, date(2026, 2, 6)),
        ("An engineer is scheduled for 2026-02-09.", K.PROMISE, None),
        ("Die Entstörung erfolgt innerhalb von 8 Stunden.", K.PROMISE, None),
        ("Entstörzeit: 8 Stunden", K.PROMISE, None),
        ("Die Verfügbarkeit beträgt im Jahresmittel 98,5 %.", K.PROMISE, None),
        ("Service availability of 99.5 % per year.", K.PROMISE, None),
        ("Wir haben Ihre Störungsmeldung vom 04.02.2026 aufgenommen.", K.FAULT_REPORT, None),
        ("Your fault report has been registered under ticket 4711.", K.FAULT_REPORT, None),
        ("Die Störung wurde heute behoben.", K.ONLINE_CLAIM, None),
        ("Your connection is working again.", K.ONLINE_CLAIM, None),
        ("Aus Kulanz bieten wir Ihnen eine Gutschrift von 50,00 EUR an.", K.OFFER, None),
        (
            "As a gesture of goodwill we offer you 50.00 EUR, valid until 28.02.2026.",
            K.OFFER,
            date(2026, 2, 28),
        ),
        ("Ihre Schadensersatzforderung lehnen wir ab.", K.REFUSAL, None),
        ("We are not liable for consequential loss.", K.REFUSAL, None),
        ("Bitte reichen Sie Belege für Ihren Schaden ein.", K.INVITATION, None),
        ("Hiermit kündigen wir den Vertrag zum 31.03.2026.", K.CONTACT, date(2026, 3, 31)),
        ("Wir setzen Ihnen eine Frist bis zum 20.02.2026.", K.CONTACT, date(2026, 2, 20)),
    ],
)
def test_sentences(sentence: str, kind: ContactKind, until: date | None) -> None:
    """One sentence, one contact; a day in it is its until."""
    (found,) = contacts(sentence)
    assert found.kind is kind
    assert until is None or found.until == until
    assert (found.at, found.who, found.source) == (WRITTEN, "Netz AG", Locator("m", "body"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Mit freundlichen Grüßen",
        "Vielen Dank für Ihr Vertrauen.",
        "Unsere AGB finden Sie im Internet.",
        "Bei Fragen rufen Sie uns an.",
    ],
)
def test_other_sentences_propose_nothing(sentence: str) -> None:
    """Courtesies are no contacts."""
    assert contacts(sentence) == []


def test_an_offer_is_cash_or_a_credit() -> None:
    """What is credited on the bill is no cash; the day of the next sentence is its end."""
    (credit,) = contacts(
        "Wir gewähren Ihnen eine Gutschrift von 50,00 EUR. Dieses Angebot gilt bis 28.02.2026."
    )
    assert (credit.amount, credit.terms and credit.terms.credit, credit.until) == (
        None,
        Money(5000),
        date(2026, 2, 28),
    )
    (cash,) = contacts("Als Entgegenkommen erstatten wir Ihnen 1.250,00 EUR, so unser Angebot.")
    assert (cash.amount, cash.terms) == (Money(125000), None)


CONFIRMATION = [
    "Netz Beispiel AG, Leitungsweg 1, 00000 Musterstadt", "", "Muster Versand GmbH", "Musterstr. 12", "00000 Musterstadt", "",
    "Auftragsbestätigung", "Auftragsnummer: 2026-5", "Datum: 05.01.2026", "", "Vertragsnummer: V-4711-22", "Produkt: CompanyConnect 10 Mbit/s", "",
    "Monatliches Entgelt (zzgl. MwSt)        500,00 EUR", "Entstörzeit: 8 Stunden, Verfügbarkeit 98,5 % im Jahresmittel", "",
    "Netz Beispiel AG USt-IdNr. DE123456789 HRB 1",
]  # fmt: skip


def test_an_order_confirmation_states_the_contract() -> None:
    """Provider, product, number, fee and what was promised, each with its place on the page."""
    found = page_readings._reading(
        sheet(page(CONFIRMATION)), Blob("ab.pdf", b"", "d"), "pdf", BERLIN, seen=False
    )
    said = [r for r in found.records if isinstance(r, Proposed)]
    facts = {p.record.key: p.record.value for p in said if isinstance(p.record, Fact)}
    assert facts == {
        "line.number": "V-4711-22",
        "line.product": "CompanyConnect 10 Mbit/s",
        "line.monthly_fee": "500.00",
        "provider.name": "Netz Beispiel AG",
    }
    assert [p.record.kind for p in said if isinstance(p.record, Contact)] == [K.PROMISE]
    assert all(p.source.place.startswith("page 1 at ") for p in said)


def test_a_gross_fee_is_no_fact() -> None:
    """The fact is net; what is said with VAT is left to a person."""
    lines = [line.replace("zzgl.", "inkl.") for line in CONFIRMATION]
    found = page_readings._reading(sheet(page(lines)), Blob("ab.pdf", b"", "d"), "pdf", BERLIN, seen=False)
    assert not [
        r
        for r in found.records
        if isinstance(r, Proposed) and isinstance(r.record, Fact) and r.record.key == "line.monthly_fee"
    ]


def test_a_mail_proposes_beside_itself() -> None:
    """The mail stays one record of its own; what it quotes is not proposed again."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Netz AG <service@netz.example>",
        "office@muster.example",
        "Ihre Störung",
    )
    mail["Date"] = "Thu, 05 Feb 2026 10:30:00 +0100"
    mail.set_content(
        "Guten Tag,\n\nder Anschluss wird bis zum\n06.02.2026 entstört.\n\n> Die Störung wird bis 01.01.2026 behoben.\n"
    )
    found = read(mail.as_bytes(), "m.eml")
    assert isinstance(found.records[0], Mail)
    (proposed,) = (r for r in found.records if isinstance(r, Proposed))
    assert isinstance(proposed.record, Contact)
    assert (proposed.record.until, proposed.record.at) == (
        date(2026, 2, 6),
        datetime(2026, 2, 5, 9, 30, tzinfo=UTC),
    )


def test_a_shop_proposes_nothing() -> None:
    """A confirmation that speaks of no line is none of the provider's."""
    lines = [
        "Auftragsbestätigung",
        "Datum: 05.01.2026",
        "Vertragsnummer: V-1",
        "Der Termin wird bis 06.02.2026 bestätigt.",
    ]
    found = page_readings._reading(sheet(page(lines)), Blob("ab.pdf", b"", "d"), "pdf", BERLIN, seen=False)
    assert not [r for r in found.records if isinstance(r, Proposed)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Business Internet, monatlich 59,90 EUR netto, Vertragsnummer lautet V-4711.", {"V-4711", "59.90"}),
        ("Your contract number is C-9988. The line was moved.", {"C-9988"}),
    ],
)
def test_facts_in_running_text(said: str, expected: set[str]) -> None:
    """A number and a fee inside a sentence, without the point that ends it."""
    lines = [LetterLine(said, Locator("d")), LetterLine("Ihr Anschluss", Locator("d"))]
    found = proposals(Letter(lines, "Netz AG", WRITTEN, "e-mail"))
    assert {one.record.value for one in found if isinstance(one.record, Fact)} == expected


def test_an_offer_with_its_deadline() -> None:
    """A sum to settle all claims is an offer; the day by which it has to be accepted stands in the next sentence."""
    said = "Wir bieten Ihnen für den Ausfall des Internetzugangs zur Abgeltung einmalig 100,00 EUR an. "
    lines = [LetterLine(f"{said}Bitte bestätigen Sie bis zum 28.02.2026.", Locator("d"))]
    (offer,) = (
        one.record
        for one in proposals(Letter(lines, "Netz AG", WRITTEN, "e-mail"))
        if isinstance(one.record, Contact)
    )
    assert (offer.kind, offer.amount, offer.until) == (K.OFFER, Money(10000), date(2026, 2, 28))


LETTERS = {
    "a day over the letter and a day in it": (
        ["Ihre Störungsmeldung vom 03.04.2024, Ticket 4455", "", "Die Störung wird voraussichtlich bis zum 08.04.2024 behoben."],
        {K.PROMISE},
    ),
    "money in one sum": (
        ["Wir zahlen Ihnen einmalig 300,00 EUR zur Abgeltung aller Ansprüche. Das Angebot gilt bis 30.04.2024."],
        {K.OFFER},
    ),
    "a credit": (
        ["als Zeichen des guten Willens schreiben wir Ihnen 25,00 EUR auf Ihrer nächsten Rechnung gut.",
         "Bitte teilen Sie uns bis zum 30.04.2024 mit, ob Sie einverstanden sind."],
        {K.OFFER},
    ),
    "an end": (["Wir bestätigen die Kündigung Ihres Vertrages V-778899 zum 30.06.2024."], {K.CONTACT}),
    "a refusal": (["Eine Entschädigung lehnen wir ab. Eine Rechtspflicht besteht nicht."], {K.REFUSAL}),
    "two promises in two lines": (["Entstörfrist: 8 Stunden", "Verfügbarkeit: 98,5 % im Jahresmittel"], {K.PROMISE}),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_letters_on_paper(name: str) -> None:
    """A provider's letter without a word of the line in it: dated by the day over it, one contact for each thing said."""
    said, kinds = LETTERS[name]
    head = ["Musternetz Telekom GmbH, Leitungsweg 1, 00000 Musterstadt", "", "Köln, den 05.04.2024", ""]
    found = page_readings._reading(
        sheet(page(head + said)), Blob("b.pdf", b"", "d"), "pdf", BERLIN, seen=False
    )
    told = [r.record for r in found.records if isinstance(r, Proposed) and isinstance(r.record, Contact)]
    assert {one.kind for one in told} == kinds
    assert {one.at.date() for one in told} == {date(2024, 4, 5)}
    assert len(told) == (2 if name.startswith("two") else 1)
