"""Account statements as PDF: rows whose balances prove them, in the layouts of several banks."""

from __future__ import annotations

import pytest
from tests.intake.papers import page

from heller.intake.bank import printed_rows, printed_statement
from heller.intake.bank.statement import Statement
from heller.intake.paper.layout import sheet

SPARKASSE = [
    "Sparkasse Beispielstadt                          Kontoauszug 2/2026",
    "IBAN DE02 1005 0000 0054 5404 02",
    "Datum    Erläuterung                              Betrag EUR",
    "                   Kontostand am 31.01.2026, Auszug Nr. 1     1.000,00",
    "05.02.2026   Lastschrift                            -119,00",
    "             Funkladen Beispiel GmbH",
    "             RE R-1",
    "06.02.2026   Gutschrift                            5.950,00",
    "             Grosskunde AG AR 17",
    "                   Kontostand am 28.02.2026 um 20:00 Uhr      6.831,00",
]
VOLKSBANK = [
    "Volksbank Musterstadt eG",
    "Kontoauszug",
    "IBAN: DE02120300000000202051      EUR-Konto",
    "Bu-Tag  Wert  Vorgang",
    "                    alter Kontostand vom 31.01.2026       1.000,00 H",
    "05.02.  05.02.  Basislastschrift                          119,00 S",
    "                Funkladen Beispiel GmbH  R-1",
    "06.02.  06.02.  Überweisungsgutschrift                  5.950,00 H",
    "                Grosskunde AG",
    "                    neuer Kontostand vom 28.02.2026       6.831,00 H",
]
COLUMNS = [
    "ACCOUNT STATEMENT                             Page 1",
    "Account DE02500105175407324931   EUR",
    "Date         Description             Paid out     Paid in      Balance",
    "01 Feb 2026  Balance brought forward                            1,000.00",
    "05 Feb 2026  Funkladen R-1             119.00                     881.00",
    "06 Feb 2026  Grosskunde AG                        5,950.00      6,831.00",
    "             Closing balance                                    6,831.00",
]
UNNAMED = [
    "Kontoauszug Nr. 2   Konto 1234567 in EUR",
    "                                                                   Saldo",
    "31.01.2026  Saldovortrag                                        1.000,00",
    "05.02.2026  Funkladen R-1                 119,00                  881,00",
    "06.02.2026  Grosskunde AR 17                        5.950,00    6.831,00",
]
TWO_SIDES = [
    "Umsatzübersicht Girokonto EUR",
    "Alter Saldo 31.01.2026                                  1.000,00",
    "05.02.26    Funkladen R-1                  119,00",
    "06.02.26    Grosskunde AR 17                            5.950,00",
    "Neuer Saldo 28.02.2026                                  6.831,00",
]
LAYOUTS = {
    "sparkasse": SPARKASSE,
    "volksbank": VOLKSBANK,
    "columns": COLUMNS,
    "unnamed": UNNAMED,
    "sides": TWO_SIDES,
}


def statement(lines: list[str]) -> Statement | None:
    """What an invented page says as an account statement."""
    return printed_statement.read(sheet(page(lines)), "digest")


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_rows_of_a_printed_statement(name: str) -> None:
    """Signs beside the amount, letters, columns, or only the balance: what went out and came in is the same."""
    found = statement(LAYOUTS[name])
    assert found is not None
    assert [(e.booked.isoformat(), e.amount.cents, e.amount.currency) for e in found.entries] == [
        ("2026-02-05", -11900, "EUR"),
        ("2026-02-06", 595000, "EUR"),
    ]
    assert "R-1" in found.entries[0].purpose
    assert found.opening is not None and found.closing is not None
    assert (found.opening.cents, found.closing.cents) == (100000, 683100)


def test_a_row_that_no_balance_proves_is_not_read() -> None:
    """Amounts without signs whose balance does not close are counted as not read."""
    lines = [line.replace("6.831,00", "7.777,00") for line in TWO_SIDES]
    lines[0] = "Kontoauszug"
    found = statement(lines)
    assert found is not None
    assert (len(found.entries), len(found.rejected)) == (0, 2)


def test_an_invoice_is_no_statement() -> None:
    """Rows with days and amounts alone make none."""
    lines = ["Rechnung R-1", "05.02.2026  Router   100,00", "06.02.2026  Kabel   50,00", "Summe   150,00"]
    assert statement(lines) is None


def test_a_statement_over_new_year() -> None:
    """A day without a year lies next to the last full day on the pages."""
    lines = [
        "Kontoauszug EUR",
        "alter Kontostand vom 30.12.2025    100,00 H",
        "31.12.  31.12.  Lastschrift          10,00 S",
        "02.01.  02.01.  Lastschrift          20,00 S",
        "neuer Kontostand vom 05.01.2026     70,00 H",
    ]
    found = statement(lines)
    assert found is not None
    assert [e.booked.isoformat() for e in found.entries] == ["2025-12-31", "2026-01-02"]


RUNNING = [  # no word for the end, no title: the balance runs along the rows
    "Example Bank plc",
    "Statement 1 February 2026 to 28 February 2026",
    "Date        Description            Paid out    Paid in      Balance",
    "01 Feb 2026 Balance brought forward                        1,000.00",
    "05 Feb 2026 FUNKLADEN               119.00                   881.00",
    "06 Feb 2026 CUSTOMER                          5,950.00     6,831.00",
]


@pytest.mark.parametrize(("last", "entries"), [("6,831.00", [-11900, 595000]), ("6,832.00", None)])
def test_a_balance_that_runs_along_the_rows(last: str, entries: list[int] | None) -> None:
    """It proves the rows by itself; where it does not run, the page is no statement."""
    found = printed_statement.read(sheet(page([*RUNNING[:-1], RUNNING[-1].replace("6,831.00", last)])), "d")
    assert (found and [entry.amount.cents for entry in found.entries]) == entries


@pytest.mark.parametrize("phrase", [*printed_rows.OPENING, *printed_rows.CLOSING, *printed_rows.EITHER])
def test_every_name_of_a_balance_holds_a_word_that_is_looked_for(phrase: str) -> None:
    """A page without any of these words is not looked through for rows; none of the phrases is passed over so."""
    assert any(word in phrase for word in printed_rows.BALANCES)
