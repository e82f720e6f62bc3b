"""Every letter of a case: its text, its figures, its law, and what becomes of it once it has gone out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.letters import rendered
from tests.letters.rendered import AS_OF, HERE

from heller import casefile, pipeline
from heller.cli import app
from heller.dossier.letter_frame import Occasion, plain, sent_letter
from heller.dossier.letters import letters
from heller.dossier.parts import elements, waterfall
from heller.dossier.typesetting import letter_pdf
from heller.dossier.writer import Pen
from heller.intake.written.numbers import moment
from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.facts import FACTS, Side
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.pleading import FaultDegree, Pleading
from heller.model.money import Money
from heller.model.span import Bounds

EURO = re.compile(r"(\d{1,3}(?:[.,]\d{3})*[.,]\d\d)\s*€|€(\d{1,3}(?:,\d{3})*\.\d\d)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case on the disk."""
    return tmp_path_factory.mktemp("letters") / "fall"


@pytest.fixture(scope="module")
def claimed(folder: Path) -> Claim:
    """Its claim."""
    return rendered.claim(folder)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_letter_reads_as_it_was_read(claimed: Claim, lang: str) -> None:
    """Word for word; whoever changes one looks at it: python -m tests.letters.rendered."""
    assert rendered.rendered(claimed, lang) == (HERE / f"shipped.{lang}.txt").read_text()


def amounts(body: str) -> Iterator[Money]:
    """All sums of a German text."""
    for match in EURO.finditer(body):
        yield Money.of(match[1].replace(".", "").replace(",", "."))


def chain(claimed: Claim) -> set[int]:
    """The cents of every figure that the claim holds: steps, positions, costs, what people named."""
    fall = claimed.waterfall
    ranges = [step.running for step in fall.steps] + [step.effect for step in fall.steps]
    ranges += [fall.due, fall.interest, claimed.assessment.total]
    ranges += [position.amount for position in claimed.assessment.positions]
    sums = [one for r in ranges for one in (r.low, r.likely, r.high)]
    assert fall.costs is not None
    sums += [fall.costs.value, fall.costs.risk, *(moved for _, moved in fall.cautious)]
    sums += [one.amount for one in claimed.case.records(Contact) if one.amount]
    return {abs(one.cents) for one in sums} | {900000}


def test_every_sum_of_a_letter_is_a_figure_of_the_chain(claimed: Claim) -> None:
    """No letter works out anything again: what it prints is a step, a position, a cost, or what somebody offered."""
    known = chain(claimed)
    pen, seen = Pen(claimed, "de"), 0
    for kind in letters().values():
        try:
            body = plain(kind.write(pen, Occasion(amount=Money.of("9000.00")))).body
        except InputRefused:
            continue
        for amount in amounts(body):
            assert abs(amount.cents) in known, (kind.name, amount)
            seen += 1
    assert seen > 25


def test_what_is_for_us_stands_in_no_letter(claimed: Claim) -> None:
    """Every fact that stays in the house gets a value that nobody could print by chance; no letter holds it."""
    mine = {key: row for key, row in FACTS.items() if row.side is Side.US and row.kind.value == "text"}
    secrets = {key: f"geheim-{number}" for number, key in enumerate(mine)}
    secrets |= {"fault.share": "0.2731", "suit.odds_low": "0.4177"}
    own = replace(claimed, case=pipeline.suppose(claimed.case, secrets))
    for kind in letters().values():
        try:
            body = plain(kind.write(Pen(own, "de"), Occasion(amount=Money.of("9000.00")))).body
        except InputRefused:
            continue
        assert not any(word in body for word in ("geheim-", "27,31", "41,77", "0.2731")), kind.name


def law_cited(claimed: Claim, name: str) -> str:
    """A letter's German text."""
    body = plain(letters()[name].write(Pen(claimed, "de"), Occasion(by=date(2030, 1, 7)))).body
    return one_line(body)


def one_line(body: str) -> str:
    """A text in one line, every space a plain one."""
    return " ".join(body.split())


def outage_of(claimed: Claim, year: int, **facts: str) -> Claim:
    """The same case in another year and with other facts, as if it were worked out then."""
    moved = claimed.detection.outages[0]
    assert isinstance(moved.start, Bounds) and isinstance(moved.end, Bounds)
    shift = date(year, 2, 4) - date(2015, 2, 4)
    there = replace(
        moved,
        start=replace(moved.start, earliest=moved.start.earliest + shift, latest=moved.start.latest + shift),
        end=replace(moved.end, earliest=moved.end.earliest + shift, latest=moved.end.latest + shift),
    )
    case = pipeline.suppose(claimed.case, {key.replace("_", ".", 1): value for key, value in facts.items()})
    from heller import law

    detection = replace(claimed.detection, outages=(there,), contradictions=())
    fall = law.waterfall(case, detection, claimed.assessment, AS_OF + shift)
    return replace(claimed, case=case, detection=detection, waterfall=fall)


def test_only_rules_in_force_that_this_customer_has_are_cited(claimed: Claim) -> None:
    """The repair rules of 2021: not in 2015, not for a large firm, for a small one in 2026; Art. 15 for a person."""
    assert "TKG" not in law_cited(claimed, "fault_report")
    large = outage_of(claimed, 2026, firm_small="no")
    small = outage_of(claimed, 2026, firm_small="yes", line_rights_waived="no", firm_natural="yes")
    assert "§ 58" not in law_cited(large, "fault_report")
    assert "§ 58 Abs. 1 TKG" in law_cited(small, "fault_report")
    assert "DSGVO" in law_cited(small, "records_request") and "DSGVO" not in law_cited(
        large, "records_request"
    )
    assert "§ 68 TKG" in law_cited(large, "arbitration_request")
    with pytest.raises(InputRefused):
        law_cited(claimed, "arbitration_request")


def at(text: str) -> datetime:
    """A moment at the site."""
    found = moment(text, "", ZoneInfo("Europe/Berlin"))
    assert found is not None
    return found


def promise(said: str, when: str, who: str) -> Contact:
    """What somebody promised on the phone."""
    return Contact(at(when), ContactKind.PROMISE, "Telefon", who, said)


def steps(claimed: Claim, *noted: Contact, on: date) -> dict[str, bool]:
    """The steps of confirming, done or not, by who promised."""
    case = replace(claimed.case, exhibits=(), noted=noted)
    made = pipeline.claim(case, on)
    named = [step for step in made.next_steps if "Confirm in writing" in step.text.id]
    return {f"{step.text.args['who']} {step.text.args['day']}": step.done for step in named}


def test_a_promise_is_confirmed_by_a_letter_to_that_person_about_it(claimed: Claim) -> None:
    """A mail to somebody else, or about the next promise, ticks nothing."""
    first = promise("Morgen geht es wieder.", "02.03.2026 10:00", "Frau A")
    second = promise("Ein Techniker kommt.", "03.03.2026 10:00", "Frau A")
    on = date(2026, 3, 5)

    def mail(who: str, about: datetime | None = None) -> Contact:
        said = "Wir bestätigen Ihre Zusage."
        when = at("04.03.2026 09:00")
        return Contact(when, ContactKind.CONTACT, "E-Mail", who, said, incoming=False, about=about)

    assert steps(claimed, first, second, mail("Herr B"), on=on) == {
        "Frau A 2026-03-02": False,
        "Frau A 2026-03-03": False,
    }
    assert steps(claimed, first, second, mail("Frau A"), on=on) == {
        "Frau A 2026-03-02": False,
        "Frau A 2026-03-03": True,
    }
    linked = mail("Frau A", about=first.at)
    assert steps(claimed, first, second, linked, on=on) == {
        "Frau A 2026-03-02": True,
        "Frau A 2026-03-03": False,
    }


def test_a_letter_that_has_gone_out_is_a_contact_with_its_text(claimed: Claim, folder: Path) -> None:
    """Kind, day, sum, what it answers, the proof of sending; its whole text; and a reply that is owed."""
    pen = Pen(claimed, "de")
    now = at("30.06.2015 12:00")
    sent = sent_letter(letters()["refusal_answer"], pen, Occasion(), now, "Einschreiben", "RR 1")
    refused = max(
        (c for c in claimed.case.records(Contact) if c.kind is ContactKind.REFUSAL), key=lambda c: c.at
    )
    assert (sent.kind, sent.until, sent.amount) == (
        ContactKind.DEMAND,
        date(2015, 7, 14),
        claimed.waterfall.due.low,
    )
    assert sent.about == refused.at and sent.letter is not None and sent.letter.proof == "RR 1"
    assert "Sehr geehrte" in sent.letter.body and sent.who == "Beschwerdestelle"
    later = pipeline.claim(replace(claimed.case, noted=(*claimed.case.noted, sent)), date(2015, 7, 20))
    assert [(one.who, one.late) for one in later.owed] == [("Beschwerdestelle", 6)]
    reply = Contact(
        at("18.07.2015 09:00"), ContactKind.OFFER, "Brief", "X", "4.000", about=sent.at, amount=Money(400000)
    )
    done = pipeline.claim(replace(claimed.case, noted=(*claimed.case.noted, sent, reply)), date(2015, 7, 20))
    assert done.owed == ()


def test_notice_for_cause_waits_for_a_deadline_that_has_passed(claimed: Claim) -> None:
    """Without one it is refused with what to do; after one that was sent and passed it names its day."""
    with pytest.raises(InputRefused):
        letters()["termination"].write(Pen(claimed, "de"))
    running = replace(claimed, detection=replace(claimed.detection, outages=()), by_event=())
    when = at("10.02.2015 12:00")
    sent = sent_letter(
        letters()["repair_deadline"], Pen(running, "de"), Occasion(by=date(2015, 2, 13)), when, "Fax"
    )
    case = replace(claimed.case, noted=(*claimed.case.noted, sent))
    body = law_cited(replace(claimed, case=case), "termination")
    assert "13.02.2015" in body and "§ 314" in body


def test_the_verb_writes_typesets_and_notes(
    folder: Path, claimed: Claim, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As text, as PDF, and with --sent as an entry of the case; a day without a contact is refused."""
    pdf = tmp_path / "mahnung.pdf"
    words = ["--lang", "de", "letter", str(folder)]
    assert app.run([*words, "reminder", "--as-of", "30.06.2015", "--pdf", str(pdf), "--sent", "Brief"]) == 0
    assert pdf.read_bytes().startswith(b"%PDF") and "Als versandt" in capsys.readouterr().out
    letter = max(casefile.load(folder).records(Contact), key=lambda one: one.at)
    assert (
        letter.letter is not None and letter.letter.kind == "reminder" and letter.until == date(2015, 7, 14)
    )
    assert app.run(["letter", str(folder), "offer_refusal", "--about", "01.01.2015"]) != 0


def test_the_same_letter_is_the_same_pdf(claimed: Claim) -> None:
    """Byte for byte, letterhead at the foot."""
    case = replace(claimed.case, noted=(*claimed.case.noted, Fact("firm.account", "DE00 0000 (erfunden)")))
    letter = letters()["claim"].write(Pen(replace(claimed, case=case), "de"))
    assert letter.letterhead == ("Bankverbindung: DE00 0000 (erfunden)",)
    assert letter_pdf(letter, "de", AS_OF) == letter_pdf(letter, "de", AS_OF)


def test_every_letter_can_be_typeset(claimed: Claim) -> None:
    """Archivable and accessible as the standards ask, forms with headings too."""
    pen = Pen(claimed, "de")
    for kind in letters().values():
        try:
            letter = kind.write(pen, Occasion(amount=Money.of("9000.00")))
        except InputRefused:
            continue
        assert letter_pdf(letter, "de", AS_OF).startswith(b"%PDF"), kind.name


def test_nothing_due_demands_nothing(claimed: Claim) -> None:
    """A letter about money is refused where nothing is due, with what to look at."""
    nothing = replace(claimed, waterfall=replace(claimed.waterfall, due=Range(), interest=Range()))
    for name in ("reminder", "refusal_answer", "statement_of_claim", "payment_order", "receipts_answer"):
        with pytest.raises(InputRefused):
            letters()[name].write(Pen(nothing, "de"))


def test_interest_bears_the_day_that_it_reached(claimed: Claim) -> None:
    """In March 2027 the rate of that half-year is not known: the letter says until when, and how it runs on."""
    made = pipeline.claim(claimed.case, date(2027, 3, 31))
    body = " ".join(plain(letters()["reminder"].write(Pen(made, "de"))).body.split())
    assert "Zinsen bis 31.12.2026" in body and "31.03.2027" in body.split("Datum:")[1][:20]
    assert "Ab dem 01.01.2027 sind Zinsen in Höhe von fünf Prozentpunkten" in body


@pytest.mark.parametrize("lang", ["de", "en"])
def test_main_claim_and_claim_in_the_alternative_are_printed(claimed: Claim, lang: str) -> None:
    """Intent is pleaded: letter, draft and dossier name both sums, the reason and the rule."""
    reason = "Der Auftrag war gelöscht, und das war bekannt."
    decided = Pleading(date(2015, 5, 1), FaultDegree.INTENT, reason)
    made = pipeline.claim(replace(claimed.case, noted=(*claimed.case.noted, decided)), AS_OF)
    pen, pleaded = Pen(made, lang), made.waterfall.pleaded
    assert pleaded is not None and pleaded.auxiliary is not None
    main, other = made.waterfall.due.low, pleaded.auxiliary.due.low
    demanded = plain(letters()["claim"].write(pen)).body
    assert all(pen.words.money(one) in demanded for one in (main, other)) and main > other
    drafted = one_line(plain(letters()["statement_of_claim"].write(pen)).body)
    assert one_line(pen.words.money(pleaded.auxiliary.principal.low)) in drafted and reason in drafted
    assert "§ 44a" in drafted
    printed = str((waterfall.part(pen), elements.part(pen)))
    assert pen.bare(main) in printed and pen.bare(other) in printed and printed.count(reason) == 2
