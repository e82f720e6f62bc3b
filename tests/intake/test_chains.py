"""A document's class and role decide whether it is a cost; documents of one business come to one cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.intake.documents import blob, cii, mt940, read

from heller import pipeline
from heller.damage.assessment import work
from heller.intake.across import chains
from heller.intake.einvoice import untdid
from heller.model.case import Case, Exhibit
from heller.model.chain import Chain, Link
from heller.model.document_class import NAMES, USES, DocumentClass, FirmRole
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.record import Record
from heller.model.span import Bounds
from heller.model.text import text

DATA = Path(__file__).parent / "data" / "papers"
FIRM = "Muster Versand GmbH"
BUYER = "Musterversand Beispiel GmbH"  # of the invoices that `cii` writes
TAKEN = datetime(2026, 3, 1, tzinfo=UTC)
ISSUED = date(2015, 2, 6)


def case(*files: bytes, firm: str = BUYER, noted: Iterable[Record] = ()) -> Case:
    """Files as exhibits of a firm's case, corroborated and each invoice once, as the pipeline does it."""
    blobs = [blob(data, f"{n}.xml") for n, data in enumerate(files, 1)]
    readings = pipeline.corroborate({b.digest: read(b.data, b.name) for b in blobs})
    exhibits = tuple(
        Exhibit(n, b.digest, b.name, "", len(b.data), TAKEN, n, readings[b.digest])
        for n, b in enumerate(blobs, 1)
    )
    facts = (Fact("firm.name", firm),) if firm else ()
    return pipeline.link(Case("0000-test", TAKEN, exhibits=exhibits, noted=(*facts, *noted)))


def links(found: Case) -> dict[str, Link]:
    """The links of all chains by number."""
    return {link.number: link for chain in chains.chains(found) for link in chain.links}


def one_chain(found: Case) -> Chain:
    """The only chain."""
    (chain,) = chains.chains(found)
    return chain


def net(found: Case) -> int:
    """What all chains cost, net, in cents."""
    return sum(chain.cost.net.cents for chain in chains.chains(found) if chain.cost)


def given(name: str) -> bytes:
    """One of the strangers' files."""
    return (DATA / name).read_bytes()


FIVE = ("inv_plain", "inv_proforma325", "inv_own_outgoing", "inv_partial326", "inv_final_prepaid")
NUMBERS = ("R-1", "PF-7", "AR-2026-17", "AB-1", "SR-1")


@pytest.mark.parametrize("firm", [FIRM, ""])
@pytest.mark.parametrize("more", [(), ("selfbilled",)])
def test_five_papers_with_a_purpose_each_come_to_what_the_firm_bore(firm: str, more: tuple[str, ...]) -> None:
    """Pro forma, income and what the final invoice contains count nothing, each with its reason; a self-billed
    one changes nothing. The firm is presumed from who buys where nobody named it."""
    own = given("inv_plain.xml").replace(b">R-1<", b">GS-9<").replace(b">380<", b">389<")
    files = [given(f"{name}.xml") for name in FIVE] + [own for _ in more]
    numbers = (*NUMBERS, *("GS-9" for _ in more))
    purposes = [Purpose(number, "emergency_line", Decimal(1), "") for number in numbers]
    found = case(*files, firm=firm, noted=purposes)
    start = datetime(2026, 2, 4, tzinfo=UTC)
    outage = Outage(
        Bounds(start, start),
        Bounds(start + timedelta(9), start + timedelta(9)),
        Cause.LINE,
        Strength.PROVEN,
        text("The line failed."),
    )
    done = work(found, Detection((outage,)))
    (position,) = [p for p in done.positions if p.head == "emergency_line"]
    assert position.amount.likely == Money(310000)
    refused = [f.text.args["number"] for f in done.findings if f.code == "damage.no_cost"]
    assert refused == [n for n in numbers if n not in ("R-1", "SR-1")]
    assert all(link.why for link in links(found).values() if link.cost is None)


def test_every_code_of_the_list_has_its_row() -> None:
    """All of EN 16931's BT-3 and the papers of trade; an unknown code is none."""
    bt3 = (
        "71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 "
        "386 387 388 389 390 393 394 395 396 420 456 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 "
        "751 780 817 870 875 876 877 935"
    )
    assert all(untdid.name_of(code) for code in bt3.split())
    assert len(untdid.table()) > 800
    assert untdid.class_of("00380") is DocumentClass.INVOICE
    assert untdid.class_of("9999") is None


def test_every_class_has_its_uses_and_its_name() -> None:
    """One table says what a class may do."""
    assert set(USES) == set(NAMES) == set(DocumentClass)


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        *((code, 0) for code in ("325", "310", "351", "220", "9999", "71", "389")),
        *((code, 10000) for code in ("380", "386", "326", "877", "384", "751")),
        ("381", -10000),
    ],
)
def test_what_a_code_counts(code: str, counts: int) -> None:
    """The code decides, not that it lies among invoices; what comes back is negative."""
    assert net(case(cii([10000], 1900, kind=code))) == counts


def test_the_firm_may_be_written_otherwise() -> None:
    """Hyphens, umlauts, no legal form, a department behind it; another legal form is another firm."""
    plain = cii([10000], 1900)
    for name in (
        "Musterversand Beispiel",
        "MUSTERVERSAND-BEISPIEL GmbH",
        "Musterversand Beispiel GmbH, Einkauf",
    ):
        assert links(case(plain, firm=name))["RE-2015/17"].role is FirmRole.BUYER
    assert links(case(plain, firm="Musterversand Beispiel KG"))["RE-2015/17"].role is FirmRole.STRANGER
    assert links(case(plain, firm="Funkladen Beispiel GmbH"))["RE-2015/17"].role is FirmRole.SELLER


def test_a_paper_for_somebody_else_counts_with_a_doubt() -> None:
    """It may have been borne, but it is no third party's receipt of the firm."""
    found = case(cii([10000], 1900), firm="Ganz Andere AG")
    assert net(found) == 10000
    assert "other-buyer" in {f.code for f in found.findings}


def test_parts_are_found_by_their_sums() -> None:
    """Two partial invoices, of which the final one takes off one only: the other counts besides."""
    part = cii([20000], 3800, number="AB-1", kind="326")
    other = cii([50000], 9500, number="AB-2", kind="326")
    final = prepaid(cii([90000], 17100, number="SR-1", issued=ISSUED + timedelta(20)), "238.00")
    assert net(case(part, other, final)) == 90000 + 50000
    assert net(case(part, other, prepaid(final, "833.00"))) == 90000


def prepaid(invoice: bytes, sum_: str) -> bytes:
    """A CII invoice that takes off what was paid before."""
    import re

    bare = re.sub(rb"<ram:TotalPrepaidAmount>.*?</ram:TotalPrepaidAmount>", b"", invoice)
    end = b"</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    return bare.replace(end, f"<ram:TotalPrepaidAmount>{sum_}</ram:TotalPrepaidAmount>".encode() + end)


def naming(invoice: bytes, number: str) -> bytes:
    """A CII invoice that names a preceding one (BT-25)."""
    end = b"<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    named = f"<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>{number}</ram:IssuerAssignedID>"
    return invoice.replace(end, named.encode() + b"</ram:InvoiceReferencedDocument>" + end)


def test_a_partial_invoice_alone_counts() -> None:
    """As long as no final invoice is there, it is what is owed; a final one alone counts whole."""
    part = cii([20000], 3800, number="AB-1", kind="326")
    final = prepaid(cii([90000], 17100, number="SR-1", issued=ISSUED + timedelta(20)), "238.00")
    assert (net(case(part)), net(case(final))) == (20000, 90000)


def test_money_taken_back() -> None:
    """A credit note is taken off the invoice it names; one of the whole sum takes it back; so does 384 replace."""
    bill = cii([10000], 1900)
    some = naming(cii([2000], 380, number="G-1", kind="381", issued=ISSUED + timedelta(3)), "RE-2015/17")
    whole = cii([10000], 1900, number="G-2", kind="381", issued=ISSUED + timedelta(3))
    right = naming(cii([7000], 1330, number="K-1", kind="384", issued=ISSUED + timedelta(3)), "RE-2015/17")
    assert [net(case(bill, other)) for other in (some, whole, right)] == [8000, 0, 7000]
    assert len(one_chain(case(bill, some)).links) == 2


@pytest.mark.parametrize(
    ("cents", "purpose", "left", "paid"),
    [
        (11662, "RE-2015/17 abzgl 2 Prozent Skonto", 9800, True),
        (11543, "RE-2015/17", 9700, True),  # 3 % to the cent, without a word
        (11662, "Danke, 2% Skonto", 9800, True),  # names the seller only
        (11000, "RE-2015/17", 10000, False),  # a part; the rest is owed
        (11900, "RE-2015/17", 10000, True),
    ],
)
def test_a_payment_less_a_discount(cents: int, purpose: str, left: int, paid: bool) -> None:
    """What was spent counts, and the payment bears it out; a part paid leaves the rest owed."""
    bank = mt940([(ISSUED + timedelta(9), -cents, "Funkladen Beispiel GmbH", purpose)])
    found = case(cii([10000], 1900), bank)
    assert net(found) == left
    assert ("bank" in found.records(Invoice)[0].proven_by) is paid


def test_payments_in_parts_together_and_back() -> None:
    """Two debits make the sum; one debit pays two invoices; a returned debit pays nothing."""
    bill, other = cii([10000], 1900), cii([5000], 950, number="RE-2015/18")
    day = ISSUED + timedelta(9)
    parts = mt940(
        [(day, -5000, "Funkladen", "RE-2015/17 Rate 1"), (day + timedelta(1), -6900, "F", "RE-2015/17 Rest")]
    )
    both = mt940([(day, -17850, "Funkladen", "RE-2015/17 RE-2015/18")])
    back = mt940(
        [(day, -11900, "F", "RE-2015/17"), (day + timedelta(2), 11900, "F", "Rücklastschrift RE-2015/17")]
    )
    cases = (case(bill, parts), case(bill, other, both), case(bill, back))
    proven = [["bank" in i.proven_by for i in found.records(Invoice)] for found in cases]
    assert proven == [[True], [True, True], [False]]
    assert one_chain(case(bill, parts)).paid == Money(11900)


def test_the_given_payment_less_discount() -> None:
    """The strangers' statement: 116.62 paid for R-1, 98.00 of it net."""
    found = case(given("inv_plain.xml"), given("skonto_payment.sta"), firm=FIRM)
    assert net(found) == 9800


def test_a_quotation_belongs_to_the_invoice_of_its_sum() -> None:
    """Also where a credit note of the same sum took the invoice back."""
    offer = cii([10000], 1900, number="A-77", kind="310", issued=ISSUED - timedelta(9))
    back = naming(cii([10000], 1900, number="G-2", kind="381", issued=ISSUED + timedelta(3)), "RE-2015/17")
    chain = one_chain(case(offer, cii([10000], 1900), back))
    assert [link.number for link in chain.links] == ["A-77", "RE-2015/17", "G-2"]
