"""What the firm states: facts, contacts, receipts, wages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.intake.tables import BERLIN, blob, codes

from heller.intake.across import row_changes
from heller.intake.readers import contacts, facts, purposes, wages
from heller.model.finding import Locator, Weight
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.wage import Wage
from heller.model.money import Money

CONTACT_HEAD = "Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag\n"
PURPOSE_HEAD = "Rechnungsnummer;Schadensart;Anteil;Restwert;Grund\n"


def one_contact(row: str) -> tuple[Contact | None, list[str]]:
    """The contact of a row, and the codes of the findings."""
    found = contacts.read(blob(CONTACT_HEAD + row + "\n"), BERLIN)
    assert found.rows == 1
    assert found.rows_rejected == 1 - len(found.records)
    first = found.records[0] if found.records else None
    return (first if isinstance(first, Contact) else None), codes(found)


def one_purpose(row: str) -> tuple[Purpose | None, list[str]]:
    """The purpose of a row, and the codes of the findings."""
    found = purposes.read(blob(PURPOSE_HEAD + row + "\n"), BERLIN)
    first = found.records[0] if found.records else None
    return (first if isinstance(first, Purpose) else None), codes(found)


def test_a_fact_has_its_value_its_basis_and_its_place() -> None:
    """One row of angaben.csv, in German, becomes a fact in canonical form that knows where it stood."""
    content = "Angabe;Wert;Quelle\nMonatsentgelt netto;500,00 EUR;Vertrag Seite 2\n"
    found = facts.read(blob(content), BERLIN)
    assert found.records == (
        Fact(
            "line.monthly_fee",
            "500.00",
            "Vertrag Seite 2",
            Locator(blob(content).digest, "row 2", "500,00 EUR"),
        ),
    )


def test_an_unknown_fact_is_kept_as_it_stands_and_asked() -> None:
    """Word and value stay with their place; what was probably meant is named, by its own words."""
    content = "Angabe;Wert;Quelle\nMonatsentgeld neto;500,00;Vertrag\nSchuhgröße;43;\nFirma;Muster;\n"
    found = facts.read(blob(content), BERLIN)
    kept = [(fact.key, fact.value, fact.basis) for fact in found.records if isinstance(fact, Fact)]
    assert kept == [
        ("Monatsentgeld neto", "500,00", "Vertrag"),
        ("Schuhgröße", "43", ""),
        ("firm.name", "Muster", ""),
    ]
    assert (codes(found), found.rows_rejected) == (["fact.unknown"] * 2, 0)
    near, far = (str(finding.do) for finding in found.findings)
    assert "Monatsentgelt netto" in near and "Did you mean" not in far and "line." not in near + far


def test_the_row_of_an_unknown_fact_is_settled_by_its_name() -> None:
    """A person says which fact is meant; its value takes the form of that fact, or is refused."""
    at = Locator("x", "row 2", "500,00")
    kept = Fact("Grundpreis", "500,00 EUR", "Vertrag", at)
    meant = row_changes.with_values(kept, "key=Monatsentgelt netto", BERLIN)
    assert meant == Fact("line.monthly_fee", "500.00", "Vertrag", at)
    with pytest.raises(row_changes.OddChange):
        row_changes.with_values(kept, "key=Deckungsbeitrag", BERLIN)


def test_an_open_fact_is_noted_and_not_read() -> None:
    """'offen' is no value; the row counts as rejected, the finding is only a note."""
    found = facts.read(blob("Angabe;Wert\nAnbieterwechsel;offen\nMitverschulden;\n"), BERLIN)
    assert not found.records
    assert [finding.weight for finding in found.findings] == [Weight.NOTE, Weight.NOTE]
    assert (found.rows, found.rows_rejected) == (2, 2)


def test_a_fact_stated_twice_with_two_values_is_doubted() -> None:
    """Two margins: the later one counts, and the doubt names both rows. The same value twice is none."""
    found = facts.read(blob("Angabe;Wert\nDeckungsbeitrag;38 %\nshop.margin;40 %\nFirma;M\nFirm;M\n"), BERLIN)
    assert [fact.value for fact in found.records if isinstance(fact, Fact)] == ["0.38", "0.4", "M", "M"]
    assert codes(found) == ["fact.twice"]


def test_a_contact_of_an_unknown_kind_is_kept_and_asked() -> None:
    """It starts no period; a word nearly spelt like a known one is proposed, one far off is not guessed at."""
    rows = "04.02.2015;10:00;Zusge;ein;Tel.;A;B;x;;\n04.02.2015;11:00;Schwatz;ein;Tel.;A;B;y;;\n"
    found = contacts.read(blob(CONTACT_HEAD + rows), BERLIN)
    assert [one.kind for one in found.records if isinstance(one, Contact)] == [ContactKind.CONTACT] * 2
    assert codes(found) == ["contact.unknown_kind"] * 2
    near, far = (str(finding.do) for finding in found.findings)
    assert "Zusage" in near and "Did you mean" not in far


def test_a_contact_with_all_that_can_be_known() -> None:
    """The offer of the insurer: local time to UTC, a short year, an amount, the other side speaking."""
    contact, doubts = one_contact(
        '17.06.15;9.15 Uhr;Angebot;ein;Brief;Frau Muster;Herr Beispiel;"3.000 EUR; aus Kulanz";30.06.15;3.000,00 EUR'
    )
    assert doubts == []
    assert contact is not None
    assert (contact.at, contact.kind, contact.incoming) == (
        datetime(2015, 6, 17, 7, 15, tzinfo=UTC),
        ContactKind.OFFER,
        True,
    )
    assert (contact.said, contact.until, contact.amount) == (
        "3.000 EUR; aus Kulanz",
        date(2015, 6, 30),
        Money(300000),
    )
    assert (contact.channel, contact.who, contact.by) == ("Brief", "Frau Muster", "Herr Beispiel")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("01/07/2026;10:00;Zusage;ein;Tel.;A;B;x;;", "row.unreadable"),
        ("04.02.2015;gegen Mittag;Zusage;ein;Tel.;A;B;x;;", "row.unreadable"),
        ("29.03.2015;02:30;Zusage;ein;Tel.;A;B;x;;", "row.unreadable"),
        ("04.02.1015;10:00;Zusage;ein;Tel.;A;B;x;;", "row.unreadable"),
        (";10:00;Zusage;ein;Tel.;A;B;x;;", "row.empty"),
        ("04.02.2015;10:00;;ein;Tel.;A;B;x;;", "row.empty"),
        ("04.02.2015;10:00;Angebot;seitlich;Tel.;A;B;x;;", "row.unreadable"),
        ("04.02.2015;10:00;Angebot;;Tel.;A;B;x;;", "contact.no_direction"),
    ],
)
def test_a_contact_whose_day_kind_or_speaker_is_uncertain_is_rejected(row: str, code: str) -> None:
    """Legal weight hangs on these three, so none is guessed."""
    assert one_contact(row) == (None, [code])


def test_a_contact_without_a_time_keeps_its_day() -> None:
    """A letter has no time of day: noon of the day in the zone stands for it, in summer as in winter."""
    letter, doubts = one_contact("25.02.2015;;Anspruchsschreiben;aus;Brief;A;B;25.000 EUR;17.03.2015;")
    assert letter is not None
    assert (letter.at, letter.incoming, doubts) == (
        datetime(2015, 2, 25, 11, tzinfo=UTC),
        False,
        ["contact.no_time"],
    )


def test_who_speaks_follows_from_what_some_contacts_are() -> None:
    """A fault report is ours, a promise is theirs; said otherwise, it is doubted and kept as said."""
    ours, none = one_contact("04.02.2015;08:35;Störungsmeldung;;Telefon;Hotline;B;tot;;")
    assert ours is not None
    assert (ours.incoming, none) == (False, [])
    odd, doubts = one_contact("04.02.2015;08:35;Zusage;aus;Telefon;Hotline;B;x;;")
    assert odd is not None
    assert (odd.incoming, doubts) == (False, ["contact.odd_direction"])


def test_an_unreadable_date_or_amount_of_a_contact_is_left_out_loudly() -> None:
    """The contact stays evidence; a period or a sum that nobody can read is not invented."""
    contact, doubts = one_contact("04.02.2015;10:00;Angebot;ein;Tel.;A;B;x;Mitte März;12.500")
    assert contact is not None
    assert (contact.until, contact.amount) == (None, None)
    assert doubts == ["contact.until", "contact.amount"]


def test_a_purpose_has_head_share_and_remaining_worth() -> None:
    """A router that keeps 40 % of its worth, and a share of 42.86 %."""
    purpose, doubts = one_purpose("2015-0031;Hardware;42,86 %;40 %;Ersatzrouter")
    assert purpose is not None
    assert (purpose.invoice, purpose.head, purpose.share, purpose.residual, purpose.reason, doubts) == (
        "2015-0031",
        "hardware",
        Decimal("0.4286"),
        Decimal("0.4"),
        "Ersatzrouter",
        [],
    )


@pytest.mark.parametrize(
    ("row", "code", "head"),
    [
        ("R1;idle_hours;50 %;;", "purpose.no_receipts", "idle_hours"),
        ("R1;Schmerzensgeld;50 %;;", "purpose.unknown_head", "Schmerzensgeld"),
    ],
)
def test_a_head_that_takes_no_receipts_is_kept_and_asked(row: str, code: str, head: str) -> None:
    """The word, the share and the receipt stay; which head is meant is asked."""
    purpose, doubts = one_purpose(row)
    assert purpose is not None
    assert (purpose.invoice, purpose.head, purpose.share, doubts) == ("R1", head, Decimal("0.5"), [code])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("R1;Hardware;1;0 %;", "row.unreadable"),  # 1 % or the whole
        ("R1;Hardware;120 %;0 %;", "row.unreadable"),
        ("R1;Hardware;0 %;0 %;", "row.unreadable"),
        ("R1;Hardware;100 %;etwas;", "row.unreadable"),
        (";Hardware;100 %;0 %;", "row.empty"),
    ],
)
def test_a_purpose_that_could_cost_money_is_rejected(row: str, code: str) -> None:
    """Shares are certain or not read."""
    assert one_purpose(row) == (None, [code])


def test_empty_shares_are_read_and_said() -> None:
    """No share is the whole, no remaining worth is nothing left: both are noted, the second as a doubt."""
    purpose, doubts = one_purpose("R1;Hardware;;;")
    assert purpose is not None
    assert (purpose.share, purpose.residual) == (Decimal(1), Decimal(0))
    assert doubts == ["purpose.no_share", "purpose.no_residual"]
    private, none = one_purpose("R2;privat;;;Kaffee")
    assert private is not None
    assert (private.head, none) == ("none", [])


def test_the_shares_of_one_receipt_never_exceed_the_whole() -> None:
    """60 % and 40 % are read; a further 1 % of the same receipt is rejected, 'none' does not count."""
    rows = "R1;Hardware;60 %;0 %;\nr1;Mobilfunk;40 %;0 %;\nR1;Mehrkosten;1,5 %;;\nR1;privat;50 %;;\n"
    found = purposes.read(blob(PURPOSE_HEAD + rows), BERLIN)
    assert [purpose.head for purpose in found.records if isinstance(purpose, Purpose)] == [
        "hardware",
        "mobile_data",
        "none",
    ]
    assert codes(found) == ["purpose.overspent"]


def test_wages_and_their_surcharges() -> None:
    """31,50 EUR and 25 %; no surcharge is none and is noted; the same person twice is rejected."""
    rows = "Ada;31,50;25 %\nBen;€ 20,00;\nada;35,00;0 %\nCem;20,505;0 %\nDora;0,00;0 %\nEd;1.000;0 %\nF;30,00;1,5\n"
    found = wages.read(blob("Mitarbeiter;Kosten je Stunde;Überstundenzuschlag\n" + rows), BERLIN)
    assert [
        (wage.person, wage.per_hour, wage.overtime_surcharge)
        for wage in found.records
        if isinstance(wage, Wage)
    ] == [("Ada", Money(3150), Decimal("0.25")), ("Ben", Money(2000), Decimal(0))]
    assert codes(found) == ["wage.no_surcharge", "wage.twice", *["row.unreadable"] * 4]
    assert (found.rows, found.rows_rejected) == (7, 5)
