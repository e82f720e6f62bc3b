"""A claim made by hand for the tests of the dossier. Every name and figure is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from heller.model.advice import Duty, Question
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.case import Case, Exhibit
from heller.model.claim import (
    Alternative,
    Claim,
    Deadline,
    Jurisdiction,
    Lift,
    NextStep,
    Outside,
    PolicyCover,
    Scenario,
    Step,
    Waterfall,
)
from heller.model.damage import (
    Assessment,
    Backtest,
    Conflict,
    Flow,
    LikeDay,
    Missing,
    NormRef,
    PathDay,
    Position,
    SalesEstimate,
    Token,
)
from heller.model.decision import Chance, Costs, Decision, Offer, SuitSize, Swing
from heller.model.finding import Finding, Ground, Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.outage import Cause, CompetingEnd, Detection, Outage, Strength, Stretch, Witness
from heller.model.record import Reading, Record
from heller.model.span import Bounds, Span
from heller.model.terms import Waiver
from heller.model.text import text

XML = b"<?xml version='1.0'?><Invoice>invented</Invoice>"
CSV = b"Bestellnummer;Bestelldatum;Netto\n" + b"".join(
    f"B-{10000 + i};2015-02-{1 + i % 27:02d};{40 + i % 17},00\n".encode() for i in range(400)
)
PING = b"".join(f"[{1423033900 + i}.000000] no answer yet for icmp_seq={i}\n".encode() for i in range(200))
MAIL = b"From: a@example.org\nSubject: invented\n\nHello\n"


def _pdf() -> bytes:
    """Two pages with nothing on them, one of them wide."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.add_blank_page(page_size=(842, 595))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


PDF = _pdf()
FILES = {"rechnung.xml": XML, "bestellungen.csv": CSV, "ping.log": PING, "mail.eml": MAIL, "angebot.pdf": PDF}
DIGESTS = {name: sha256(data).hexdigest() for name, data in FILES.items()}
ORIGINALS = {DIGESTS[name]: data for name, data in FILES.items()}
NAMES = list(FILES)

BGB280 = NormRef("BGB-280", "§ 280 (1) BGB", "VS")
BGB252 = NormRef("BGB-252", "§ 252 BGB", "VS")
TKG44A = NormRef("TKG04-44a", "§ 44a TKG 2004", "VS")
DOUBT = NormRef("TKG04-44a-2", "§ 44a S. 2 TKG 2004", "UNVERIFIED")


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """An instant of February 2015 in UTC."""
    return datetime(2015, 2, day, hour, minute, second, tzinfo=UTC)


def euros(low: int, likely: int | None = None, high: int | None = None) -> Range:
    """A range of whole euros."""
    likely = low if likely is None else likely
    high = likely if high is None else high
    return Range(Money(low * 100), Money(likely * 100), Money(high * 100))


def place(name: str, where: str = "") -> Locator:
    """A place in one of the invented originals."""
    return Locator(DIGESTS[name], where)


def case(firm: str = "Musterversand Beispiel GmbH") -> Case:
    """Five exhibits, a few facts, four contacts."""
    readings = {
        "rechnung.xml": Reading(
            "einvoice",
            "Rechnung R-17 der Funkladen Beispiel KG",
            (
                Invoice(
                    number="R-17",
                    issued=date(2015, 2, 5),
                    seller="Funkladen Beispiel KG",
                    net=Money(11900),
                    vat=Money(2261),
                    gross=Money(14161),
                    source=place("rechnung.xml"),
                    buyer=firm,
                ),
            ),
        ),
        "bestellungen.csv": Reading("orders", "400 Bestellungen", rows=400),
        "ping.log": Reading("ping", "Ping 192.0.2.1"),
        "mail.eml": Reading(
            "mail",
            "Mail: Stornierung",
            (
                Mail(
                    at(6, 9),
                    "kunde@example.org",
                    "shop@example.org",
                    "Stornierung B-10007",
                    "Guten Tag,\nbitte stornieren Sie die Bestellung.",
                    place("mail.eml"),
                ),
            ),
        ),
        "angebot.pdf": Reading("none", "angebot.pdf"),
    }
    exhibits = tuple(
        Exhibit(n, DIGESTS[name], name, "", len(FILES[name]), at(27, 10), n, readings[name])
        for n, name in enumerate(NAMES, 1)
    )
    facts = {
        "firm.name": firm,
        "firm.address": "Musterweg 1\n00000 Musterstadt",
        "provider.name": "Beispiel Telekommunikation AG (Anbieter)",
        "provider.address": "Beispielallee 2\n00000 Beispielstadt",
        "line.product": "CompanyConnect 34 Mbit/s",
        "line.number": "0000 0815",
        "line.monthly_fee": "500.00",
    }
    contacts = (
        Contact(
            at(4, 8, 30),
            ContactKind.FAULT_REPORT,
            "Telefon",
            "Hotline",
            "Leitung tot.",
            False,
            by="Inhaberin",
        ),
        Contact(at(11, 10), ContactKind.INVITATION, "Telefon", "Frau Muster", "Weisen Sie den Schaden nach."),
        Contact(at(16, 13, 30), ContactKind.ONLINE_CLAIM, "vor Ort", "Techniker", "Sie können online gehen."),
        Contact(
            datetime(2015, 6, 17, 9, tzinfo=UTC),
            ContactKind.OFFER,
            "Brief",
            "Versicherer",
            "Aus Kulanz.",
            amount=Money(300000),
        ),
    )
    purpose = Purpose("R-17", "emergency_line", Decimal(1), "Ersatzanschluss")
    noted: tuple[Record, ...] = (*(Fact(key, value) for key, value in facts.items()), *contacts, purpose)
    return Case("c0ffee00-0000-4000-8000-000000000001", at(4, 9), exhibits, noted, entries=17, head="ab" * 32)


def detection() -> Detection:
    """One outage of fourteen days with a claimed end that does not hold, and an hour unobserved."""
    blind = Span(at(9, 2), at(9, 9))
    seen = Span(at(4, 7, 12, 3), at(18, 9, 40, 10))
    outage = Outage(
        Bounds(at(4, 7, 12), at(4, 7, 12, 3)),
        Bounds(at(18, 9, 40, 10), at(18, 9, 40, 11)),
        Cause.LINE,
        Strength.PROVEN,
        text("The router lost its line at the same moment."),
        (
            Witness(
                text("Ping of {target}", target="192.0.2.1"),
                text("no answer"),
                place("ping.log", "row 100"),
                seen,
            ),
            Witness(
                text("Router log"),
                text("line down"),
                place("ping.log", "row 3"),
                Span(at(4, 7, 12), at(18, 9, 38)),
            ),
        ),
        (
            CompetingEnd(
                at(16, 13, 30), "Techniker", False, text("No probe was answered."), (place("ping.log"),)
            ),
            CompetingEnd(at(18, 9, 40), "Messung", True, text("Probes are answered from here on.")),
        ),
        (blind,),
    )
    stretches = (
        Stretch(Span(at(3), at(4, 7, 12)), "up"),
        Stretch(Span(at(4, 7, 12), blind.start), "down"),
        Stretch(blind, "unobserved"),
        Stretch(Span(blind.end, at(18, 9, 40)), "down"),
        Stretch(Span(at(18, 9, 40), at(20)), "up"),
    )
    return Detection((outage,), (blind,), Span(at(3), at(20)), stretches, (), "outage/1")


def estimate() -> SalesEstimate:
    """A shop that sold little for fourteen days."""
    days = [date(2015, 1, 26) + timedelta(n) for n in range(35)]
    path = tuple(
        PathDay(
            day,
            expected=140000 + 30000 * (day.weekday() % 3),
            low=110000 + 30000 * (day.weekday() % 3),
            high=170000 + 30000 * (day.weekday() % 3),
            observed=20000
            if date(2015, 2, 4) <= day <= date(2015, 2, 18)
            else 135000 + 31000 * (day.weekday() % 3),
        )
        for day in days
    )
    like = tuple(
        LikeDay(date(2015, 2, n), (151200, 148000, 139900, 160100), 149800, 150000, 20000)
        for n in range(4, 18)
    )
    return SalesEstimate(
        "Shop",
        euros(12000, 15000, 18000),
        euros(14000, 17000, 20000),
        euros(1000, 2000, 3000),
        True,
        path,
        like,
        Backtest(60, 8.5, 0.041, 0.163, -0.012, 0.9, 0.11),
        (text("The shop took hardly any orders while the line was dead."),),
    )


def assessment() -> Assessment:
    """Three positions that count and one that is only shown; their flows add up to the total."""
    shop = place("bestellungen.csv", "row 3-40")
    flows = (
        Flow(
            "emergency:R-17",
            "emergency_line",
            text("Invoice R-17"),
            euros(0),
            euros(-119),
            ProofGrade.RECEIPT,
            frozenset({Token("receipt", "R-17")}),
            (place("rechnung.xml"),),
        ),
        Flow(
            "sales:revenue",
            "lost_sales",
            text("Turnover of the shop"),
            euros(25000, 28000, 31000),
            euros(13000),
            ProofGrade.COMPUTED,
            frozenset(),
            (shop,),
            "sales",
        ),
        Flow(
            "sales:saved",
            "lost_sales",
            text("Saved purchase"),
            euros(-19000, -17000, -15000),
            euros(-8000),
            ProofGrade.COMPUTED,
            frozenset(),
            (shop,),
            "sales",
        ),
        Flow(
            "idle:wages",
            "idle_hours",
            text("Wages of idle staff"),
            euros(-4000),
            euros(-4000),
            ProofGrade.RECORD,
        ),
    )
    positions = (
        Position(
            "emergency_line",
            text("Emergency connection"),
            euros(119),
            ProofGrade.RECEIPT,
            BGB280,
            text("It was needed to keep the firm reachable."),
            (WorkingLine(text("Invoice R-17, net"), euros(119), (place("rechnung.xml"),)),),
            (place("rechnung.xml"),),
        ),
        Position(
            "lost_sales",
            text("Lost sales"),
            euros(4000, 6000, 8000),
            ProofGrade.COMPUTED,
            BGB252,
            text("Lost turnover less what was saved and what was caught up."),
            (
                WorkingLine(text("Turnover lost"), euros(12000, 15000, 18000), (shop,)),
                WorkingLine(
                    text("Saved cost, {share:percent} of it", share=Decimal("0.6")),
                    euros(-10000, -9000, -8000),
                ),
            ),
            (shop,),
        ),
        Position(
            "idle_hours",
            text("Idle hours"),
            euros(0),
            ProofGrade.RECORD,
            BGB252,
            text("Wages are owed in both worlds."),
            (),
            (),
            recoverable=False,
        ),
    )
    return Assessment(
        flows,
        positions,
        euros(4119, 6119, 8119),
        ((ProofGrade.RECEIPT, euros(119)), (ProofGrade.COMPUTED, euros(4000, 6000, 8000))),
        (Conflict(Token("order", "B-10007"), "lost_sales", "cancelled_orders", text("Sales include it.")),),
        (estimate(),),
        (Missing("lost_sales", text("Margin by article"), euros(500, 900, 1200), date(2015, 7, 31)),),
        seed=7,
    )


def waterfall() -> Waterfall:
    """Damage, fault, cap: the cap takes a little."""
    damage = euros(4119, 6119, 8119)
    costs = Costs(
        Money(500000),
        Money(50000),
        Money(80000),
        Money(80000),
        Money(43800),
        Money(203800),
        text("Amtsgericht"),
        False,
        "RVG 2013",
        (WorkingLine(text("Fee of the value"), euros(303)),),
    )
    return Waterfall(
        date(2015, 6, 30),
        "TKG 2004",
        (
            Step("gross", text("Damage"), damage, damage, text("The difference of the two worlds."), BGB280),
            Step("fault", text("Contributory fault"), euros(0), damage, text("None is stated.")),
            Step(
                "cap",
                text("Cap of liability"),
                euros(-3119, -1119, 0),
                euros(4119, 5000, 5000),
                text("Pure economic loss is capped."),
                TKG44A,
                (WorkingLine(text("Cap per end-user"), euros(5000)),),
            ),
        ),
        euros(4119, 5000, 5000),
        euros(35, 42, 42),
        Jurisdiction("DE", True, text("It is stated."), known=True, pay_by=date(2015, 7, 14)),
        (
            Alternative(
                "gross", text("If the cap fell for gross negligence as well."), euros(0, 1119, 3119), DOUBT
            ),
        ),
        (
            Lift(
                text("The provider knew and accepted it."),
                euros(0, 1119, 3119),
                TKG44A,
                None,
                (place("mail.eml"),),
                "intent",
                (Ground(text("Warned of the damage."), date(2015, 2, 6), (place("mail.eml"),)),),
                (Ground(text("Somebody came."), date(2015, 2, 16)),),
            ),
            Lift(text("An individual agreement."), euros(0), TKG44A, False, key="agreement"),
            Lift(text("A thing was destroyed."), euros(5), DOUBT, None, key="thing"),
        ),
        (
            Deadline(
                date(2018, 12, 31),
                text("Limitation"),
                BGB280,
                text("Three years from the end of 2015."),
                text("The provider may refuse."),
            ),
        ),
        costs,
        costs,
        scenarios=(
            Scenario(
                "simple",
                text("Simple negligence"),
                text("The cap holds."),
                TKG44A,
                Money(500000),
                (damage, damage, euros(4119, 5000, 5000)),
                euros(4119, 5000, 5000),
            ),
            Scenario(
                "intent",
                text("Intent"),
                text("The cap falls."),
                TKG44A,
                None,
                (damage, damage, damage),
                damage,
            ),
        ),
        outside=(Outside("interest", text("Interest."), euros(42), TKG44A),),
        duties=(
            Duty("warning", text("Nothing shows a warning."), None, BGB280, worth=euros(-500)),
            Duty(
                "report",
                text("Reported at once."),
                True,
                BGB280,
                date(2015, 2, 4),
                sources=(place("mail.eml"),),
            ),
        ),
        covers=(
            PolicyCover(
                Policy(PolicyKind.CYBER, "Muster"),
                True,
                text("Covered."),
                euros(1, 2, 3),
                BGB280,
                date(2015, 2, 11),
            ),
            PolicyCover(Policy(PolicyKind.LEGAL_EXPENSES), None, text("Not stated."), euros(0), BGB280),
        ),
        decision=decision(),
        beyond=(
            Step("costs", text("Costs of suing"), euros(-1), euros(4999), text("The quota."), BGB280),
            Step(
                "offer",
                text("The offer instead"),
                euros(-1999),
                euros(3000),
                text("Suing beats it from 71 %."),
            ),
        ),
    )


def decision() -> Decision:
    """An offer that suing beats from 71 %, with the user's odds around it."""
    chances = tuple(
        Chance(Decimal(odds), Money(cents), Money(-203800), Money(cents), Money(504200), asked)
        for odds, cents, asked in (
            ("0", -203800, False),
            ("0.6", 221000, True),
            ("0.8", 362600, True),
            ("1", 504200, False),
        )
    )
    offers = (
        Offer(
            date(2015, 6, 17),
            "Insurer",
            True,
            Money(300000),
            Money(300000),
            Waiver.ALL,
            Decimal("0.71"),
            text("Suing beats it from 71 %."),
            Money(10000),
            date(2015, 7, 15),
            False,
            (text("It gives up all."),),
        ),
        Offer(
            date(2015, 6, 20),
            "",
            False,
            Money(450000),
            Money(450000),
            Waiver.OUTAGE,
            Decimal("0.92"),
            text("Ours."),
        ),
        Offer(
            date(2015, 3, 1), "", True, Money(100), Money(100), Waiver.NONE, None, text("Old."), expired=True
        ),
    )
    return Decision(
        inputs=((text("Sued for"), text("5,000")),),
        value=Money(500000),
        risk=Money(203800),
        won=euros(4000, 5042, 5042),
        lost=Money(-203800),
        offers=offers,
        odds=(Decimal("0.6"), Decimal("0.8")),
        expected=(Money(221000), Money(362600)),
        counter=(Money(221000), Money(500000)),
        chances=chances,
        sizes=(
            SuitSize(
                "due",
                text("What is due"),
                Money(500000),
                Money(203800),
                Money(504200),
                Money(0),
                (Money(221000), Money(362600)),
            ),
        ),
        swings=(Swing(text("Your odds"), Money(221000), Money(362600)),),
        notes=(text("Experts are not counted."),),
    )


def claim() -> Claim:
    """The whole invented claim."""
    doubt = Finding(
        "clock",
        text("The clock of the router was not checked."),
        text("Note its offset."),
        source=place("ping.log"),
    )
    steps = (NextStep(text("Keep the old router."), text("It holds the log."), date(2015, 7, 7)),)
    assessed = assessment()
    asked = (Question("firm.small", text("Micro or small firm"), text("It has a lump sum."), Money(100000)),)
    return Claim(case(), detection(), assessed, waterfall(), assessed.missing, steps, (doubt,), asked)
