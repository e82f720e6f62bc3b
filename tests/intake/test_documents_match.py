"""One invoice counts once, and a booked payment proves it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.documents import blob, cii, mt940, only, pdf_with, read, ubl

from heller.intake import values
from heller.intake.across import corroboration, duplicates, identity
from heller.model.case import Exhibit
from heller.model.finding import Locator, Weight
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.value import Support

ISSUED = date(2015, 2, 6)


def exhibits(*files: bytes) -> tuple[Exhibit, ...]:
    """Files as exhibits K 1, K 2 ..."""
    return tuple(_exhibit(n, blob(data, f"{n}.xml")) for n, data in enumerate(files, 1))


def _exhibit(n: int, file: Blob) -> Exhibit:
    taken = datetime(2015, 3, 1, tzinfo=UTC)
    return Exhibit(n, file.digest, file.name, "", len(file.data), taken, n, read(file.data, file.name))


def proofs(invoice: bytes, *statements: bytes) -> tuple[str, ...]:
    """What proves an invoice beside some bank statements."""
    readings = {blob(data).digest: read(data) for data in (invoice, *statements)}
    return only(corroboration.corroborate(readings)[blob(invoice).digest], Invoice).proven_by


def debit(cents: int, partner: str, purpose: str, days: int = 10) -> bytes:
    """A statement with one payment some days after the invoice."""
    return mt940([(ISSUED + timedelta(days), -cents, partner, purpose)])


def test_a_debit_with_the_number_proves_the_invoice() -> None:
    """The number may be written with other marks; the place of the payment is kept."""
    invoice, bank = cii([10000], 1900), debit(11900, "Irgendwer", "RG RE 2015-17 VOM 06.02.")
    readings = {blob(data).digest: read(data) for data in (invoice, bank)}
    found = only(corroboration.corroborate(readings)[blob(invoice).digest], Invoice)
    assert found.proven_by == ("net+vat", "lines", "bank")
    assert found.places["bank"].object == blob(bank).digest
    assert found.places["bank"].place == "row 5"


def test_a_debit_with_the_seller_proves_within_its_time() -> None:
    """The seller's name without its legal form suffices near the day of issue, not a year later."""
    invoice = cii([10000], 1900)
    assert "bank" in proofs(invoice, debit(11900, "FUNKLADEN BEISPIEL", "Kartenzahlung"))
    assert "bank" not in proofs(invoice, debit(11900, "FUNKLADEN BEISPIEL", "Kartenzahlung", days=300))


@given(st.integers(1, 10**7).filter(lambda cents: cents != 11900))
def test_another_sum_proves_nothing(cents: int) -> None:
    """A payment of another amount is no proof, however it is worded."""
    assert "bank" not in proofs(cii([10000], 1900), debit(cents, "Funkladen Beispiel GmbH", "RE-2015/17"))


def test_money_in_is_no_payment_of_an_invoice() -> None:
    """A credit of the same amount proves a credit note, not an invoice."""
    back = debit(-11900, "Funkladen Beispiel GmbH", "RE-2015/17")
    assert "bank" not in proofs(cii([10000], 1900), back)
    assert "bank" in proofs(cii([10000], 1900, kind="381"), back)


def test_one_payment_proves_one_invoice() -> None:
    """Two bills of one sum, one payment, and two exports that overlap: one bill stays unproven."""
    first, second = (
        cii([10000], 1900, number="A-1001"),
        cii([10000], 1900, number="A-1002", issued=date(2015, 3, 6)),
    )
    bank = debit(11900, "Funkladen Beispiel GmbH", "Danke")
    again = bank.replace(b":20:STARTUMSE", b":20:AGAIN")
    readings = {blob(data).digest: read(data) for data in (first, second, bank, again)}
    found = corroboration.corroborate(readings)
    proven = ["bank" in only(found[blob(data).digest], Invoice).proven_by for data in (first, second)]
    assert proven == [True, False]


def batch(*rows: str) -> bytes:
    """A DATEV batch of February 2015: sum, side, account, contra account, day, Belegfeld 1."""
    head = (
        '"EXTF";700;21;"Buchungsstapel";12;20150301120000000;;"";"";"";1001;456;20150101;4;20150201;20150228;'
    )
    head += '"";"";1;;0;"EUR";"";"";"";"";"03";"";;"";""'
    lines = ["{};{};;;;;{};{};;{};{}".format(*row.split()) for row in rows]
    return "\r\n".join((head, "Umsatz;Soll/Haben;...", *lines, "")).encode("cp1252")


def test_a_posting_with_the_number_as_voucher_proves_the_invoice() -> None:
    """Belegfeld 1 may be written with other marks; the place of the posting is kept."""
    invoice, books = cii([10000], 1900), batch("119,00 S 4920 70001 602 RE201517")
    readings = {blob(data).digest: read(data) for data in (invoice, books)}
    found = only(corroboration.corroborate(readings)[blob(invoice).digest], Invoice)
    assert found.proven_by == ("net+vat", "lines", "posting")
    assert found.places["posting"] == Locator(blob(books).digest, "row 3", "119,00")


@pytest.mark.parametrize(
    ("rows", "proves"),
    [
        (("100,00 S 4920 70001 602 RE2015/17", "19,00 S 1576 70001 602 RE2015/17"), True),  # split
        (("100,00 S 4920 70001 602 RE2015/17", "19,00 S 1576 70001 702 RE2015/17"), False),  # on two days
        (("119,00 S 4920 70001 602 RE2015/18",), False),
        (("118,99 S 4920 70001 602 RE2015/17",), False),
        (("119,00 S 4920 70001 602 X-RE2015/17",), False),  # the whole number, not a part
        (("119,00 S 4920 70001 602 RE2015/17", "119,00 H 4920 70001 902 RE2015/17"), False),  # reversed
        (("119,00 S 4920 70001 602 RE2015/17", "119,00 S 70001 1200 2002 RE2015/17"), True),  # and paid
    ],
)
def test_what_the_books_say_of_an_invoice(rows: tuple[str, ...], proves: bool) -> None:
    """The voucher's number and the gross must both fit, in one posting or in all of a day."""
    assert ("posting" in proofs(cii([10000], 1900), batch(*rows))) is proves


def test_a_posting_that_fits_two_sellers_proves_neither() -> None:
    """Number and sum are the same, and the books do not say whose invoice it is."""
    other = cii([10000], 1900, seller="Hotel Beispiel")
    assert "posting" not in proofs(cii([10000], 1900), other, batch("119,00 S 4920 70001 602 RE2015/17"))


def test_the_books_of_another_time_do_not_know_a_short_number() -> None:
    """'17' is a voucher of every year; within its time it is this one."""
    books = batch("119,00 S 4920 70001 602 17")
    assert "posting" in proofs(cii([10000], 1900, number="17"), books)
    assert "posting" not in proofs(cii([10000], 1900, number="17", issued=date(2013, 2, 6)), books)


def test_a_posting_makes_the_gross_proven_and_leaves_the_net() -> None:
    """An invoice that contradicts itself: the books bear the gross out, grade and `by` say so."""
    invoice = cii([10000], 1900, net=9000, gross=11900)  # the lines say 10000
    books = batch("119,00 S 4920 70001 602 RE2015/17")
    readings = {blob(data).digest: read(data) for data in (invoice, books)}
    found = corroboration.corroborate(readings)[blob(invoice).digest]
    before, after = (
        values.values_of("invoice", [only(r, Invoice)]) for r in (readings[blob(invoice).digest], found)
    )
    assert (before["gross"].grade, after["gross"].grade) == (Support.STATED, Support.PROVEN)
    assert "posting" in after["gross"].by
    assert after["net"].grade is Support.STATED


def test_the_same_invoice_in_another_syntax_is_a_twin() -> None:
    """CII and UBL bear each other out; each names the place of the other."""
    one, other = cii([10000], 1900), ubl([10000], 1900)
    readings = {blob(data).digest: read(data) for data in (one, other)}
    found = corroboration.corroborate(readings)
    for mine, its in ((one, other), (other, one)):
        invoice = only(found[blob(mine).digest], Invoice)
        assert invoice.proven_by[-1] == "twin"
        assert invoice.places["twin"].object == blob(its).digest


def test_what_is_no_twin() -> None:
    """The same syntax again, other quantities, another payee, sums that contradict themselves."""
    mine = cii([10000], 1900)
    assert "twin" not in proofs(mine, pdf_with({"factur-x.xml": mine}))
    assert "twin" not in proofs(mine, ubl([10000], 1900, quantity=2))
    assert "twin" not in proofs(mine, ubl([10000], 1900, payee="Faktor Beispiel AG"))
    assert "twin" not in proofs(cii([10000], 1900, net=9000, gross=11900), ubl([10000], 1900, net=9000))


def test_a_short_number_is_not_found_by_chance() -> None:
    """'17' stands in many purposes; only as a word of its own, and in time, does it prove."""
    assert "bank" not in proofs(cii([10000], 1900, number="17"), debit(11900, "X", "Auftrag 20151799"))
    assert "bank" in proofs(cii([10000], 1900, number="17"), debit(11900, "X", "Rechnung 17 danke"))


def test_the_same_file_twice_counts_once() -> None:
    """Its second exhibit stays and keeps no record."""
    data = cii([10000], 1900)
    kept, findings = duplicates.link(exhibits(data, data))
    assert [len(e.reading.records) for e in kept] == [1, 0]
    assert [f.code for f in findings] == ["same-file"]
    assert (findings[0].text.args["first"], findings[0].text.args["second"]) == (1, 2)


def test_the_same_invoice_in_another_wrapping_counts_once() -> None:
    """XML by mail and ZUGFeRD PDF by post are one claim; the finding names both exhibits."""
    data = cii([10000], 1900)
    files = exhibits(data, pdf_with({"factur-x.xml": data}))
    kept, findings = duplicates.link(files)
    assert [len(list(identity.invoices(e.reading))) for e in kept] == [1, 0]
    assert [(f.code, f.weight) for f in findings] == [("same-xml", Weight.NOTE)]
    assert findings[0].text.args["number"] == "RE-2015/17"
    (invoice,) = identity.invoices(kept[0].reading)
    assert (kept[0].number, invoice.gross) == (1, Money(11900))


def test_canonical_xml_sees_through_encoding_and_comments() -> None:
    """Another encoding and a comment make other bytes of the same e-invoice, also where it has no number."""
    data = cii([100], 19, number="").replace(b"Ware 1", "Kaffee fürs Büro".encode())
    again = data.decode().replace("UTF-8", "ISO-8859-1").replace("<rsm:Ex", "<!-- again --><rsm:Ex")
    kept, findings = duplicates.link(exhibits(data, again.encode("latin-1")))
    assert [len(e.reading.records) for e in kept] == [1, 0]
    assert [f.code for f in findings] == ["same-xml"]


def test_one_invoice_in_two_syntaxes_counts_once() -> None:
    """CII and UBL state the same lines, quantities and payee."""
    kept, findings = duplicates.link(
        exhibits(cii([4000, 6000], 1900, iban="DE02 1203 0000"), ubl([6000, 4000], 1900, iban="DE0212030000"))
    )
    assert [len(e.reading.records) for e in kept] == [1, 0]
    assert [f.code for f in findings] == ["same-invoice"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"iban": "DE02120300000000202051"}, {"iban": "DE02500105170137075030"}),
        ({"payee": "Faktor Beispiel AG"}, {"payee": "Zweiter Faktor Beispiel AG"}),
        ({"payee": "Faktor Beispiel AG"}, {}),
    ],
)
def test_another_payee_is_asked_and_never_merged(one: dict[str, str], other: dict[str, str]) -> None:
    """Two invoices that differ in the payee only, each in three files: two claims, one question."""
    first, second = cii([10000], 1900, **one), cii([10000], 1900, **other)  # type: ignore[arg-type]
    files = exhibits(
        first,
        second,
        pdf_with({"factur-x.xml": second}),
        ubl([10000], 1900, **one),  # type: ignore[arg-type]
        pdf_with({"factur-x.xml": first}),
        ubl([10000], 1900, **other),  # type: ignore[arg-type]
    )
    kept, findings = duplicates.link(files)
    assert [len(e.reading.records) for e in kept] == [1, 1, 0, 0, 0, 0]
    (asked,) = (f for f in findings if f.code == "invoice-conflict")
    assert (asked.text.args["first"], asked.text.args["second"]) == (1, 2)
    assert "payee" in asked.text.id


def test_a_payee_named_like_the_seller_is_the_seller() -> None:
    """Who names himself as payee says no more than who names nobody."""
    files = exhibits(cii([10000], 1900, payee="Funkladen Beispiel GmbH"), ubl([10000], 1900))
    assert [f.code for f in duplicates.link(files)[1]] == ["same-invoice"]


def test_other_quantities_of_the_same_sums_are_a_question() -> None:
    """Ten pieces for 100.00 EUR are not one piece for 100.00 EUR."""
    kept, findings = duplicates.link(exhibits(cii([10000], 1900), ubl([10000], 1900, quantity=10)))
    assert [len(e.reading.records) for e in kept] == [1, 1]
    assert [f.code for f in findings] == ["invoice-conflict"]


def test_the_same_number_with_another_sum_is_a_question() -> None:
    """Both stay, and the conflict shows both sums."""
    kept, findings = duplicates.link(exhibits(cii([10000], 1900), cii([20000], 3800)))
    assert [len(e.reading.records) for e in kept] == [1, 1]
    (finding,) = findings
    assert finding.code == "invoice-conflict"
    assert (finding.text.args["sum"], finding.text.args["other_sum"]) == (Money(11900), Money(23800))


def test_equal_heads_with_other_lines_are_a_question() -> None:
    """Number, day and sum agree, the lines do not: not linked."""
    _, findings = duplicates.link(exhibits(cii([10000], 1900), cii([4000, 6000], 1900)))
    assert [f.code for f in findings] == ["invoice-conflict"]


def test_the_same_number_of_another_seller_is_another_invoice() -> None:
    """A seller's number is no key by itself."""
    files = exhibits(cii([10000], 1900), cii([10000], 1900, seller="Hotel Beispiel"))
    assert duplicates.link(files) == (files, ())


def test_receipts_without_a_number_are_only_suspected() -> None:
    """Small invoices need no number (§ 33 UStDV): two alike are named and both kept."""
    files = exhibits(cii([100], 19, number=""), cii([100], 19, number="").replace(b"Ware 1", b"Kaffee"))
    kept, findings = duplicates.link(files)
    assert kept == files
    assert [f.code for f in findings] == ["maybe-same-invoice"]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=7))
def test_linking_keeps_each_invoice_once_and_is_stable(drawn: list[tuple[int, int]]) -> None:
    """Whatever was handed in how often: one copy of each is left, and linking again changes nothing."""
    made = [Reading("einvoice", "t", (_invoice(number, cents),)) for number, cents in drawn]
    taken = datetime(2015, 3, 1, tzinfo=UTC)
    files = tuple(Exhibit(n, f"d{n}", "x", "", 1, taken, n, r) for n, r in enumerate(made, 1))
    kept, _ = duplicates.link(files)
    left = [identity.key_of(invoice) for e in kept for invoice in identity.invoices(e.reading)]
    assert sorted(set(left)) == sorted(left)
    assert set(left) == {identity.key_of(i) for e in files for i in identity.invoices(e.reading)}
    assert duplicates.link(kept)[0] == kept


def _invoice(number: int, cents: int) -> Invoice:
    return only(read(cii([cents], 0, number=f"N-{number}")), Invoice)


def test_names_are_compared_without_their_legal_form() -> None:
    """Case, marks and 'GmbH & Co. KG' say nothing about who it is."""
    assert identity.name_of("Meyer & Sohn GmbH & Co. KG") == identity.name_of("MEYER UND SOHN") == "meyersohn"
    assert identity.name_of("AG") == ""
