"""The inbox: what was only read waits, a person's answer is an entry, and the claim follows from the journal."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.intake.documents import cii, mt940
from tests.intake.papers import DATA

from heller import casefile
from heller.casefile.clip import clip
from heller.casefile.inbox import DOUBT, LOOK, PURPOSE, TWIN, Task
from heller.intake.members import inside
from heller.intake.paper import ocr
from heller.model.errors import InputRefused
from heller.model.facts import line
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.row_change import RowChange
from heller.model.money import Money
from heller.model.record import Blob
from heller.model.value import Support

BILL = "RE-E-974-Hetzner_2016-01-19_R0005532486.pdf"
NOW = datetime(2016, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with one bill on paper."""
    casefile.open_case(tmp_path / "case", NOW)
    casefile.add(tmp_path / "case", [DATA / BILL], NOW)
    return tmp_path / "case"


def tasks(case: Path) -> list[Task]:
    """What waits."""
    return list(casefile.tasks(casefile.claim(case, date(2016, 3, 1))))


def invoices(case: Path) -> tuple[Invoice, ...]:
    """The invoices of the claim."""
    return casefile.claim(case, date(2016, 3, 1)).case.records(Invoice)


def hand_in(case: Path, files: Mapping[str, bytes]) -> None:
    """Take in files by name."""
    home = case.parent / "more"
    home.mkdir(exist_ok=True)
    for name, data in files.items():
        (home / name).write_bytes(data)
    casefile.add(case, [home / name for name in files], NOW)


def test_what_was_read_waits_and_does_not_count(case: Path) -> None:
    """A bill on paper is a task and no invoice, also where somebody said what it is for."""
    casefile.note(case, Purpose("R0005532486", "extra_cost", Decimal(1), ""), NOW)
    (task,) = tasks(case)
    assert (task.kind, task.exhibit) == (LOOK, 1)
    assert dict(task.values)["gross"].grade is Support.PROVEN
    assert invoices(case) == ()


def test_a_confirmed_paper_is_an_invoice_with_its_proofs(case: Path) -> None:
    """Who confirmed and when is an entry; the sums stay proven by the paper."""
    casefile.give(case, 1, {}, "Frau Muster", now=NOW)
    body = casefile.entries(case).entries[-1].body
    assert body is not None and body["record"]["who"] == "Frau Muster"
    (invoice,) = invoices(case)
    assert (invoice.number, invoice.gross) == ("R0005532486", Money(10400))
    assert "net+vat" in invoice.proven_by
    assert [task.kind for task in tasks(case)] == [PURPOSE]


def test_a_changed_sum_is_given_not_proven(case: Path) -> None:
    """German amounts and days are read; what a person typed is not called proven."""
    casefile.give(
        case,
        1,
        {"net": "1.000,00", "vat": "190,00", "gross": "1.190,00", "date": "4.2.2015"},
        "Herr Probe",
        now=NOW,
    )
    (invoice,) = invoices(case)
    assert (invoice.gross, invoice.issued, invoice.proven_by) == (Money(119000), date(2015, 2, 4), ())


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"gross": "abc"}, "X"),
        ({"gross": "500,00"}, "X"),
        ({"seller": ""}, "X"),
        ({"colour": "red"}, "X"),
        ({}, " "),
    ],
)
def test_a_wrong_answer_writes_nothing(case: Path, said: dict[str, str], who: str) -> None:
    """No value, sums that do not add up, a missing one, an unknown one, nobody: refused with a reason."""
    before = len(casefile.entries(case).entries)
    with pytest.raises(InputRefused):
        casefile.give(case, 1, said, who, now=NOW)
    assert len(casefile.entries(case).entries) == before


def test_left_out_it_waits_no_longer(case: Path) -> None:
    """It stays an exhibit; taking the decision back brings the task back."""
    entry = casefile.leave(case, 1, "Frau Muster", "private", now=NOW)
    assert tasks(case) == []
    casefile.correct(case, entry, "It was ours after all.", NOW)
    assert [task.kind for task in tasks(case)] == [LOOK]


def test_the_claim_follows_from_the_journal_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A confirmed scan counts the same where its words cannot be recognised again."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    casefile.add(case, [DATA / "scan_zugferd_invoice.jpg"], NOW)
    assert (case / "derived" / "ocr").is_dir()
    casefile.give(case, 1, {}, "Frau Muster", now=NOW)
    before, title = invoices(case), casefile.load(case).exhibits[0].reading.title
    shutil.rmtree(case / "derived")
    monkeypatch.setattr(ocr, "see", None)
    assert invoices(case) == before != ()
    assert casefile.load(case).exhibits[0].reading.title == title == "Kraxi GmbH, 2014-03"


def test_a_payment_proves_what_was_read(case: Path) -> None:
    """The debit that names the number raises the gross to proven and its place stands beside."""
    hand_in(case, {"konto.sta": mt940([(date(2016, 1, 22), -10400, "Hetzner Online GmbH", "R0005532486")])})
    paper = next(r for e in casefile.load(case).exhibits for r in e.reading.records if isinstance(r, Paper))
    gross = paper.values["gross"]
    assert "bank" in gross.by
    assert gross.also[0].object != gross.source.object if gross.source else False


def test_the_picture_of_an_e_invoice_counts_once(case: Path) -> None:
    """The paper and the e-invoice of the same number, day and sum are one claim, whichever came first."""
    twin = cii([8739], 1661, number="R0005532486", seller="Hetzner Online GmbH", issued=date(2016, 1, 19))
    hand_in(case, {"rechnung.xml": twin})
    claimed = casefile.claim(case, date(2016, 3, 1))
    assert [i.gross for i in claimed.case.records(Invoice)] == [Money(10400)]
    assert claimed.case.records(Paper) == ()
    assert "same-invoice" in {finding.code for finding in claimed.case.findings}


def test_two_that_may_be_one_are_asked_and_the_answer_counts(tmp_path: Path) -> None:
    """Same seller and number, another sum: a task; 'same' leaves one, 'apart' leaves both and ends the question."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(case, {"a.xml": cii([10000], 1900), "b.xml": cii([20000], 3800)})
    twin = next(task for task in tasks(case) if task.kind == TWIN)
    assert {twin.exhibit, twin.other} == {1, 2}
    casefile.twins(case, 2, 1, "Frau Muster", what="apart", now=NOW)
    assert len(invoices(case)) == 2 and all(task.kind == PURPOSE for task in tasks(case))
    casefile.twins(case, 2, 1, "Frau Muster", what="same", now=NOW)
    assert [invoice.gross for invoice in invoices(case)] == [Money(11900)]


def test_a_proposal_has_a_reason_and_books_nothing(tmp_path: Path) -> None:
    """The words of a receipt suggest a head; the sum stays as it is until a person says so."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(case, {"a.xml": cii([10000], 1900, seller="Router Versand GmbH")})
    (task,) = tasks(case)
    assert task.proposal is not None and task.proposal.head == "hardware"
    assert "router" in str(task.proposal.reason)
    assert casefile.claim(case, date(2016, 3, 1)).assessment.flows == ()


def test_what_a_list_calls_otherwise_waits_with_its_word(tmp_path: Path) -> None:
    """A head and a fact that nobody knows by that name are kept, asked, and settled by a word."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(
        case,
        {
            "a.xml": cii([10000], 1900, number="R1"),
            "belegliste.csv": b"Rechnungsnummer;Schadensart;Anteil;Grund\nR1;Ersatzkram;100 %;Router\n",
            "angaben.csv": b"Angabe;Wert\nGrundpreis der Leitung;500,00\n",
        },
    )
    fact, receipt = tasks(case)
    assert (fact.kind, fact.what.args["word"], "row K3 '2'" in fact.command) == (
        DOUBT,
        "Grundpreis der Leitung",
        True,
    )
    assert (receipt.kind, receipt.what.args["word"]) == (PURPOSE, "Ersatzkram")
    assert receipt.proposal is not None and receipt.proposal.head == "hardware"
    casefile.note(case, Purpose("R1", "hardware", Decimal(1), ""), NOW)
    casefile.note(case, RowChange("K3", "2", "key=Monatsentgelt netto", "so heißt es"), NOW)
    assert tasks(case) == []
    assert casefile.load(case).facts[line.MONTHLY_FEE] == Money(50000)


def test_a_receipt_without_a_number_is_named_by_its_exhibit(tmp_path: Path) -> None:
    """§ 33 UStDV asks for none up to 250 EUR; a purpose for 'K1' counts."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(case, {"a.xml": cii([10000], 1900, number="")})
    (task,) = tasks(case)
    assert (task.invoice, "purpose 'K1'" in task.command) == ("K1", True)
    casefile.note(case, Purpose("K1", "none", Decimal(1), "private"), NOW)
    assert tasks(case) == []


def test_a_receipt_inside_a_mail_is_looked_at_and_answered_by_its_path(tmp_path: Path) -> None:
    """Two bills in one mail are two tasks; the clipped picture comes from the file inside."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Rechnungen"
    message["Date"] = "Wed, 4 Feb 2015 08:00:00 +0100"
    for name in (BILL, "i2d_oyo.pdf"):
        data = (DATA / name).read_bytes()
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(case, {"m.eml": message.as_bytes()})
    first, second = tasks(case)
    assert [first.member, second.member] == [BILL, "i2d_oyo.pdf"]
    part = inside(Blob("m.eml", message.as_bytes(), ""), first.member)
    place = dict(first.values)["gross"].source
    assert part is not None and place is not None
    assert (clip("m.eml", "", first.member, place.place, message.as_bytes()) or b"").startswith(b"\x89PNG")
    with pytest.raises(InputRefused):
        casefile.give(case, 1, {}, "X", now=NOW)  # which of the two?
    casefile.give(case, 1, {}, "X", member=BILL, now=NOW)
    assert [(task.kind, task.member) for task in tasks(case)] == [(LOOK, "i2d_oyo.pdf"), (PURPOSE, BILL)]


def strangers(name: str) -> bytes:
    """One of the strangers' papers."""
    return (DATA.parent / "papers" / name).read_bytes()


def test_a_reminder_does_not_hide_its_invoice(tmp_path: Path) -> None:
    """Handed in first, it stays a reminder; the invoice waits and, confirmed, counts as one chain with it."""
    casefile.open_case(tmp_path / "case", NOW)
    hand_in(tmp_path / "case", {name: strangers(name) for name in ("mahnung.pdf",)})
    hand_in(tmp_path / "case", {name: strangers(name) for name in ("rechnung.pdf",)})
    (task,) = tasks(tmp_path / "case")
    assert (task.kind, task.exhibit, dict(task.values)["net"].value) == (LOOK, 2, "100.00")
    casefile.give(tmp_path / "case", 2, {}, "Frau Muster", now=NOW)
    found = casefile.commercial_documents(casefile.claim(tmp_path / "case", date(2026, 4, 1)).case)
    assert [(one.link.kind.of.value, one.link.cost is not None) for one in found] == [
        ("reminder", False),
        ("invoice", True),
    ]
    assert [step.exhibit for step in found[1].chain] == [2, 1]


def test_the_strongest_of_twins_represents_them(tmp_path: Path) -> None:
    """The e-invoice that came last, not the paper that came first."""
    casefile.open_case(tmp_path / "case", NOW)
    hand_in(tmp_path / "case", {"rechnung.pdf": strangers("rechnung.pdf")})
    hand_in(tmp_path / "case", {"inv_plain.xml": strangers("inv_plain.xml")})
    (task,) = tasks(tmp_path / "case")
    assert (task.kind, task.exhibit) == (PURPOSE, 2)


def test_a_person_says_what_a_paper_is(tmp_path: Path) -> None:
    """A quotation that was an invoice after all counts; an invoice that was none does not, by its German name."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(case, {name: strangers(name) for name in ("angebot.pdf", "rechnung.pdf")})
    casefile.give(case, 1, {"kind": "invoice"}, "Frau Muster", now=NOW)
    casefile.give(case, 2, {"kind": "Angebot"}, "Frau Muster", now=NOW)
    assert [invoice.number for invoice in invoices(case)] == ["A-77"]
    kinds = {
        one.exhibit: one.link.kind
        for one in casefile.commercial_documents(casefile.claim(case, date(2026, 4, 1)).case)
    }
    assert kinds[2].of.value == "quotation"
    assert kinds[2].grade is Support.GIVEN
    with pytest.raises(InputRefused):
        casefile.give(case, 2, {"kind": "nonsense"}, "Frau Muster", now=NOW)


def service_mail(body: str) -> bytes:
    """A provider's mail of 5 February 2026."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Netz AG <s@netz.example>", "o@muster.example", "Ihre Störung"
    mail["Date"] = "Thu, 05 Feb 2026 10:30:00 +0100"
    mail.set_content(body)
    return mail.as_bytes()


def test_what_a_mail_states_is_confirmed_with_one_key(tmp_path: Path) -> None:
    """Taken, it is a promise of the case with its place, and asked no more; dropped, it is neither."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    hand_in(
        case,
        {
            "m.eml": service_mail(
                "Der Anschluss wird bis zum 06.02.2026 entstört.\n\nVertragsnummer: V-4711\n"
            )
        },
    )
    assert [(task.kind, task.other) for task in tasks(case)] == [("fact", 1), ("fact", 2)]
    casefile.take(case, 1, 2, "Frau Muster", now=NOW)
    (promise,) = (c for c in casefile.load(case).records(Contact) if c.kind is ContactKind.PROMISE)
    assert (promise.until, promise.source and promise.source.place) == (date(2026, 2, 6), "body")
    assert [task.other for task in tasks(case)] == [1]
    casefile.drop(case, 1, 1, "Frau Muster", now=NOW)
    assert tasks(case) == []
    with pytest.raises(InputRefused):
        casefile.take(case, 1, 1, "Frau Muster", now=NOW)


def test_what_is_stated_is_not_proposed_again(tmp_path: Path) -> None:
    """The same number is known; another one is shown beside what was stated."""
    case = tmp_path / "case"
    casefile.open_case(case, NOW)
    casefile.note(case, Fact("line.number", "V 4711"), NOW)
    hand_in(case, {"m.eml": service_mail("Ihr Anschluss.\n\nVertragsnummer: V-4711\n")})
    assert tasks(case) == []
    hand_in(case, {"n.eml": service_mail("Ihr Anschluss.\n\nVertragsnummer: V-4712\n")})
    (task,) = tasks(case)
    assert [str(doubt.text.args["value"]) for doubt in task.doubts] == ["V 4711"]
