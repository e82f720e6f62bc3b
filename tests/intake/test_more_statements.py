"""Statements of banks that no profile knows, in headings and words of their own; made for the tests."""

from __future__ import annotations

import pytest
from tests.intake.documents import codes, read
from tests.intake.test_bank_kinds import moved

from heller.intake.written.day_forms import day
from heller.model.kinds.unit import Unit

BOTH = ["-119.00", "5950.00"]
# What went out and what came in is the same in all of them: 119.00 for a router, 5950.00 from a customer.
STATEMENTS = {
    "sh": (
        "Buchungstag;Valuta;Auftraggeber/Empfänger;Verwendungszweck;Umsatz;S/H;Währung\n"
        "05.02.2026;05.02.2026;Funkladen;R-1;119,00;S;EUR\n"
        "06.02.2026;06.02.2026;Kunde AG;AR 17;5.950,00;H;EUR\n"
    ),
    "sollhaben": (
        "Datum;Text;Soll;Haben;Saldo\n05.02.2026;R-1;119,00;;881,00\n06.02.2026;AR 17;;5.950,00;6.831,00\n"
    ),
    "lastgut": (
        "Valuta;Buchungstext;Lastschrift;Gutschrift\n"
        "05.02.2026;R-1;119,00;\n"
        "06.02.2026;AR;;5.950,00\n"
        "Total;;119,00;5.950,00\n"
    ),
    "ausein": (
        "Buchung;Name;Zweck;Ausgabe;Einnahme\n"
        "2026-02-05;Funkladen;R-1;119,00;\n"
        "2026-02-06;Kunde;AR;;5950,00\n"
        "Summe;;;119,00;5950,00\n"
    ),
    "moneyout": (
        "Date,Description,Money out,Money in,Balance\n"
        "05/02/2026,R-1,119.00,,881.00\n"
        "26/02/2026,AR 17,,5950.00,6831.00\n"
    ),
    "drcr": (
        "Transaction Date,Narrative,Amount,Dr/Cr,Currency\n"
        "2026-02-05,R-1,119.00,DR,EUR\n"
        "2026-02-06,AR 17,5950.00,CR,EUR\n"
    ),
    "debitcredit": (
        "Posting date;Details;Type;Amount;Currency\n"
        "05.02.2026;R-1;Debit;119,00;EUR\n"
        "06.02.2026;AR 17;Credit;5950,00;EUR\n"
    ),
    "blankhead": (
        "Datum;Empfänger;Zweck;Betrag;;Währung\n"
        "05.02.2026;Funkladen;R-1;119,00;S;EUR\n"
        "06.02.2026;Kunde;AR 17;5.950,00;H;EUR\n"
    ),
    "plusminus": ("Datum;Zweck;Betrag;+/-\n05.02.2026;R-1;119,00;-\n06.02.2026;AR 17;5.950,00;+\n"),
    "belgut": (
        "Buchungsdatum;Buchungstext;Belastung;Gutschrift;Valuta;Saldo\n"
        "05.02.2026;R-1;119.00;;05.02.2026;881.00\n"
        "06.02.2026;AR;;5'950.00;06.02.2026;6'831.00\n"
    ),
    "zahlart": (
        "Datum;Zahlungsart;Partner;Betrag\n"
        "05.02.2026;Auszahlung;Funkladen;119,00\n"
        "06.02.2026;Einzahlung;Kunde;5.950,00\n"
    ),
    "richtung": (
        "Datum;Richtung;Partner;Betrag EUR\n"
        "05.02.2026;ausgehend;Funkladen;119,00\n"
        "06.02.2026;eingehend;Kunde;5.950,00\n"
    ),
    "dirEN": (
        "Date;Direction;Counterparty;Amount;Currency\n"
        "2026-02-05;OUT;Funkladen;119.00;EUR\n"
        "2026-02-06;IN;Kunde;5950.00;EUR\n"
    ),
    "dirEN2": (
        "Date;Transaction type;Counterparty;Amount;Currency\n"
        "2026-02-05;withdrawal;Funkladen;119.00;EUR\n"
        "2026-02-06;deposit;Kunde;5950.00;EUR\n"
    ),
    "monzo": (
        "Transaction ID,Date,Time,Type,Name,Category,Amount,Currency,Notes and #tags,Money Out,Money In\n"
        "tx_1,05/02/2026,10:00:00,Card payment,Funkladen,Bills,-119.00,EUR,,-119.00,\n"
        "tx_2,26/02/2026,10:00:00,Faster payment,Kunde,Income,5950.00,EUR,,,5950.00\n"
    ),
    "holvi": (
        "Date,Amount,Currency,Counterparty,Description,Reference,Message,Filing ID\n"
        "05 Feb 2026,-119.00,EUR,Funkladen,,R-1,,F1\n"
        "06 Feb 2026,5950.00,EUR,Kunde,,AR,,F2\n"
    ),
    "fints": (
        "Buchungstag;Wertstellungstag;BLZ;Kontonr;Verwendungszweck;Umsatz;Waehrung\n"
        "05.02.26;05.02.26;10020030;123;R-1;-119,00;EUR\n"
        "06.02.26;06.02.26;10020030;123;AR;5950,00;EUR\n"
    ),
    "kontist": (
        "Buchungsdatum,Valutadatum,Transaktionstyp,Empfänger,IBAN,Verwendungszweck,Betrag,Kategorie\n"
        "2026-02-05,2026-02-05,SEPA,Funkladen,DE02120300000000202051,R-1,-119.00,x\n"
        "2026-02-06,2026-02-06,SEPA,Kunde,DE02120300000000202051,AR,5950.00,y\n"
    ),
    "fyrst": (
        "Umsätze\n"
        "Konto;123\n"
        "\n"
        "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Man"
        "datsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl "
        "der Schecks;Soll;Haben;Währung\n"
        "5.2.2026;5.2.2026;SEPA Überweisung;Funkladen;R-1;;;;;;;;;;;-119,00;;EUR\n"
        "6.2.2026;6.2.2026;Gutschrift;Kunde;AR;;;;;;;;;;;;5.950,00;EUR\n"
        "Kontostand;;;;28.2.2026;6.831,00;EUR\n"
    ),
    "parens": ("Date,Description,Amount\n2026-02-05,R-1,(119.00)\n2026-02-06,AR,5950.00\n"),
    "cr": ("Date,Description,Amount\n2026-02-05,R-1,119.00 DR\n2026-02-06,AR,5950.00 CR\n"),
    "zwsum": (
        "Datum;Text;Betrag;Währung\n"
        "05.02.2026;R-1;-119,00;EUR\n"
        "06.02.2026;AR;5.950,00;EUR\n"
        "06.02.2026;Summe Februar;5.831,00;EUR\n"
        "28.02.2026;Endsaldo;6.831,00;EUR\n"
    ),
    "tabs": ("Datum\tText\tBetrag\tWährung\n05.02.2026\tR-1\t-119,00\tEUR\n06.02.2026\tAR\t5.950,00\tEUR\n"),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_which_way_money_went(name: str) -> None:
    """By a letter, a word, a sign, a column or brackets; sums and balances are no entries."""
    found = moved(read(STATEMENTS[name].encode(), f"{name}.csv"))
    assert sorted(entry.split()[0] for entry in found) == BOTH


def test_words_that_nobody_knows_are_no_takings() -> None:
    """A list with the other side of each payment is a bank's, never that of a till."""
    found = read(
        b"Datum;Zahlungsart;Partner;Betrag\n05.02.2026;Typ1;A;119,00\n06.02.2026;Typ2;B;5.950,00\n", "x.csv"
    )
    assert not any(isinstance(record, Unit) for record in found.records)
    assert codes(found)


def test_months_by_name() -> None:
    """In German and English, before and behind the day."""
    forms = ("dd mon yyyy", "mon dd yyyy")
    for said in ("5 Feb 2026", "05-Feb-2026", "5. Februar 2026", "Feb 5, 2026", "February 05 2026"):
        assert str(day(said, forms)) == "2026-02-05"
    assert day("5 Foo 2026", forms) is None
