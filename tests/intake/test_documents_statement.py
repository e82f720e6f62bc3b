"""Account statements: every booked entry with its sign, and the balance as its proof."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import blob, codes, mt940, read, sample

from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import Money, total
from heller.model.record import Reading

DAYS = st.dates(date(2015, 1, 2), date(2015, 12, 30))
WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜß0123456789 .-/", min_size=1, max_size=54).map(
    lambda w: " ".join(w.split())
)
ENTRIES = st.lists(st.tuples(DAYS, st.integers(-(10**8), 10**8).filter(bool), WORDS, WORDS), max_size=8)


def entries(reading: Reading) -> list[BankEntry]:
    """The entries of a reading."""
    return [record for record in reading.records if isinstance(record, BankEntry)]


def of(name: str) -> tuple[list[BankEntry], Reading]:
    """Entries and reading of a sample."""
    reading = read(sample(name).data, name)
    return entries(reading), reading


@given(ENTRIES, st.integers(-(10**8), 10**8))
@settings(max_examples=60)
def test_german_mt940_comes_back(bookings: list[tuple[date, int, str, str]], opening: int) -> None:
    """Day, sign, cents, partner and purpose of what a German bank writes are read, and the balance closes."""
    reading = read(mt940(bookings, opening=opening))
    assert [(e.booked, e.amount.cents) for e in entries(reading)] == [
        (day, cents) for day, cents, _, _ in bookings
    ]
    for entry, (_, _, partner, purpose) in zip(entries(reading), bookings, strict=True):
        assert entry.counterparty.replace(" ", "") == partner.replace(" ", "")
        assert purpose.replace(" ", "") in entry.purpose.replace(" ", "")
    assert "balance-open" not in codes(reading)
    assert reading.rows_rejected == 0


@given(ENTRIES, st.integers(-500, 500).filter(bool))
@settings(max_examples=20)
def test_a_balance_that_is_off_is_said(bookings: list[tuple[date, int, str, str]], off: int) -> None:
    """One cent of difference between entries and closing balance is a finding."""
    closing = sum(cents for _, cents, _, _ in bookings) + off
    assert "balance-open" in codes(read(mt940(bookings, closing=closing)))


def test_reversals_take_back() -> None:
    """97 entries in 26 statements, some reversed: only the right signs close the balances."""
    found, reading = of("betterplace_sepa_mt9401.sta")
    assert len(found) == 97
    assert total(e.amount for e in found if e.amount.cents > 0) == Money(518847494)
    assert total(e.amount for e in found if e.amount.cents < 0) == Money(-1445761084)
    assert "balance-open" not in codes(reading)


def test_old_mt940_with_numbered_notes() -> None:
    """Pages with intermediate balances, one without its currency, and notes in field NS."""
    found, reading = of("self-provided_raphaelm.sta")
    assert len(found) == 9
    assert (found[0].counterparty, found[0].amount) == ("Empfänger", Money(500000, "DEM"))
    assert "Verwendungszweck 2" in found[0].purpose
    assert found[0].booked == date(2002, 3, 20)
    assert codes(reading) == set()


def test_a_wrong_balance_of_a_bank_is_found() -> None:
    """The second page of this sample is off by 20 centimes."""
    found, reading = of("jejik_postfinance.sta")
    assert [e.amount.cents for e in found] == [7970, 14950, -7990, 1010]
    assert [f.code for f in reading.findings] == ["balance-open"]


def test_the_third_letter_of_the_currency_is_no_part_of_the_amount() -> None:
    """'DD212,39' is a debit in dollars, 'CN0,01' a credit in zloty."""
    assert [e.amount for e in of("citi_mt940.txt")[0]][:2] == [Money(-21239, "USD"), Money(-36928, "USD")]
    assert [e.amount for e in of("mBank_mt942.sta")[0]] == [Money(1, "PLN")] * 3


def test_a_date_of_the_bank_that_no_calendar_has() -> None:
    """30 February, as banks write that reckon 30 days a month, becomes the last of February, with a note."""
    reading = read(mt940([(date(2015, 2, 27), 100, "A", "B")]).replace(b":61:1502270227C", b":61:150230C"))
    assert entries(reading)[0].booked == date(2015, 2, 28)
    assert "odd-value-date" in codes(reading)


def test_the_year_of_an_entry_at_new_year() -> None:
    """Value date 2 January, booked on 30 December: of the year before."""
    reading = read(mt940([(date(2015, 1, 2), 100, "A", "B")]).replace(b":61:1501020102C", b":61:1501021230C"))
    assert entries(reading)[0].booked == date(2014, 12, 30)


def test_amounts_without_a_currency_are_not_used() -> None:
    """No currency is assumed: the entry has none (ISO 4217: XXX), so that it equals no sum of a claim."""
    data = mt940([(date(2015, 2, 9), -100, "A", "B")]).replace(b"EUR", b"")
    reading = read(data)
    assert [entry.amount for entry in entries(reading)] == [Money(-100, "XXX")]
    assert (reading.rows, reading.rows_rejected) == (1, 0)
    assert "no-currency" in codes(reading)


def test_camt_of_several_statements() -> None:
    """Two statements in one file, each with its balance."""
    found, reading = of("camt053.v2.multi.statement.xml")
    assert [(e.amount, e.counterparty) for e in found] == [
        (Money(885), "Company Name 1"),
        (Money(-700), "Company Name 2"),
    ]
    assert found[1].source.place == "/Document/BkToCstmrStmt/Stmt[2]/Ntry/Amt"
    assert found[1].source.raw == "7.00"
    assert codes(reading) == set()


def test_camt_without_a_namespace_that_is_known() -> None:
    """Version 1 and any later one are read by local name."""
    data = sample("camt053.v2.multi.statement.xml").data.replace(b"camt.053.001.02", b"camt.053.001.99")
    assert len(entries(read(data))) == 2
    assert of("camt052.v1.xml")[0][0].amount == Money(-20000000, "SEK")


def test_camt_pending_entries_are_left_out_and_said() -> None:
    """An announced entry is no proof of payment."""
    found, reading = of("camt052.v4.xml")
    assert found == []
    assert "pending" in codes(reading)


def test_camt_balance_is_proven() -> None:
    """Opening 1.01 and 8.85 in do not give 4.04."""
    assert "balance-open" in codes(of("camt053.v2.all-balance-types.xml")[1])


def test_camt_status_of_version_8_and_names_in_pty() -> None:
    """Since version 8 the status is wrapped in Cd and a name in Pty."""
    data = sample("camt053.v2.multi.statement.xml").data
    data = data.replace(b"<Sts>BOOK</Sts>", b"<Sts><Cd>BOOK</Cd></Sts>")
    data = data.replace(b"<Nm>Company Name 2</Nm>", b"<Pty><Nm>Company Name 2</Nm></Pty>")
    found = entries(read(data))
    assert len(found) == 2
    assert found[1].counterparty == "Company Name 2"


def test_camt_amount_that_is_none_is_rejected_loudly() -> None:
    """Rows read and rows rejected are all rows of the file."""
    reading = read(sample("camt053.v2.multi.statement.xml").data.replace(b">7.00<", b">7,00<"))
    assert (len(entries(reading)), reading.rows, reading.rows_rejected) == (1, 2, 1)
    assert "entry-unreadable" in codes(reading)


def test_a_statement_knows_its_original() -> None:
    """Every entry's place names the digest of the file."""
    data = mt940([(date(2015, 2, 9), -59500, "Funkladen Beispiel GmbH", "RE-2015/17")])
    assert {e.source.object for e in entries(read(data))} == {blob(data).digest}
