"""One new thing of each sort: its file, what stands in it, and what proves that a fresh process finds it."""

from __future__ import annotations

from typing import NamedTuple


class Thing(NamedTuple):
    """A new thing: its file, what stands in it, and what proves that the house found it."""

    path: str
    content: str
    found: str


THINGS = {
    "reader": Thing(
        "intake/readers/newshop.py",
        """
from heller.intake.reading import Confidence
from heller.model.record import Reading
from heller.model.text import text

NAME = "newshop"


def identify(head, name):
    return Confidence(99 if head.startswith(b"NEWSHOP") else 0, text("Facts"))


def read(blob, zone):
    return Reading(NAME, "New shop")
""",
        """
from zoneinfo import ZoneInfo
from heller import intake
from heller.model.record import Blob
assert intake.read(Blob("x", b"NEWSHOP", "d"), ZoneInfo("Europe/Berlin")).reader == "newshop"
""",
    ),
    "device": Thing(
        "intake/devices/newmaker.py",
        """
from heller.intake.devices.sign import LineSign


def newmaker(line):
    return LineSign("New maker") if "newmaker" in line.said else None


FAMILIES = (newmaker,)
""",
        """
from heller.intake.devices.families import families
assert "newmaker" in [family.__name__ for family in families()]
""",
    ),
    "bank": Thing(
        "intake/bank/profiles/newbank.yaml",
        "",  # a copy of another one under its own name, see below
        """
from heller.intake.bank import profile
assert "newbank" in [one.name for one in profile.built_in()]
""",
    ),
    "shop": Thing(
        "intake/tables/profiles/orders/newshop.yaml",
        """
kind: orders
name: newshop
title: New shop
source: "invented"
columns:
  number: [Belegkennung]
  date: [Kauftag]
  total: [Nettowert]
needed: [number, date, total]
decimal: ","
""",
        """
from heller.intake.tables import profile
found = profile.look("Belegkennung;Kauftag;Nettowert\\nA1;04.02.2015;10,00\\n", "orders")
assert "newshop" in [one.name for one in profile.built_in("orders")] and found is not None
""",
    ),
    "head of receipts": Thing(
        "damage/heads/taxi.py",
        """
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "taxi", text("Hardware"), rank=35, receipts=True, reason=text("Hardware"),
    insured=InsuredAs.AVERTED, words=("Taxi",), hints=("taxi",),
)
""",
        """
from heller.damage.all_heads import heads
from heller.dossier.names import head_name
from heller.intake.written import canonical
assert "taxi" in [head.key for head in heads()]
assert canonical.head_of("Taxi") == "taxi" and "Taxi" in canonical.receipt_heads()
assert head_name("taxi").id == "Hardware"
""",
    ),
    "head with its own working": Thing(
        "damage/heads/spoiled_goods.py",
        """
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.head import HeadOfLoss
from heller.model.money import Money
from heller.model.text import text

ROW = HeadOfLoss("spoiled_goods", text("Hardware"), rank=45, words=("Verderb",))


def assess(inputs: Inputs) -> HeadLoss:
    lost = Range.exact(Money(2500))
    flow = Flow("spoiled:1", HEAD.key, text("Hardware"), Range(), -lost, ProofGrade.STATED)
    item = Item((flow,), (WorkingLine(text("Hardware"), lost),))
    return HeadLoss(flows_of([item]), schedule(HEAD, [item], text("Hardware"), inputs.norm(HEAD.key)))


HEAD = Head(ROW, assess)
""",
        """
from datetime import UTC, datetime, timedelta
from heller import damage
from heller.dossier.names import head_name
from heller.model.case import Case
from heller.model.kinds.fact import Fact
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.span import Bounds
from heller.model.text import text
start = datetime(2015, 2, 4, 8, tzinfo=UTC)
bounds = [Bounds(at, at) for at in (start, start + timedelta(1))]
outage = Outage(*bounds, Cause.LINE, Strength.PROVEN, text("Hardware"))
case = Case("c", start, noted=(Fact("line.country", "DE"),))
found = damage.assess(case, Detection((outage,)))
(position,) = [one for one in found.positions if one.head == "spoiled_goods"]
assert position.amount.likely.cents == 2500 and position.norm.id == "BGB-249", position
assert head_name("spoiled_goods").id == "Hardware"
""",
    ),
    "fact": Thing(
        "model/facts/bank.py",
        """
from heller.model.fact_spec import PARTY, Side, words
from heller.model.text import text

PLACE = 99
IBAN = words("bank.iban", "IBAN", text("Firm"), PARTY, side=Side.THEM, asked=True, letterhead=True)
""",
        """
from datetime import UTC, date, datetime
from heller.dossier.letter_frame import facts_of, framed
from heller.dossier.wording import BERLIN, Words
from heller.intake.written import canonical
from heller.law.duties.questions import asked_once
from heller.model.case import Case
from heller.model.facts.bank import IBAN
from heller.model.kinds.fact import Fact
assert canonical.fact_of("IBAN").key == "bank.iban"
case = Case("c", datetime.now(UTC))
assert "bank.iban" in [question.key for question in asked_once(case, suing=False)]
case = Case("c", datetime.now(UTC), noted=(Fact("bank.iban", "DE00"),))
assert case.facts[IBAN] == "DE00"
letter = framed(facts_of(case), Words("en", BERLIN), date(2015, 2, 4), ("s",), ())
assert "Firm: DE00" in letter.letterhead
""",
    ),
    "record kind": Thing(
        "model/kinds/planned_work.py",
        """
from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_field import NOW, RecordForm, moment, person, prose
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import Text, text


class PlannedWork(RecordNoun, frozen=True, tag="planned_work"):
    at: datetime
    announced_by: str
    what: str = ""
    source: Locator | None = None


FIELDS = (
    moment("at", text("Day"), default=NOW, listed=True),
    person("announced_by", text("Firm"), listed=True, option="who"),
    prose("what", text("Note"), listed=True),
)
FORMS = (RecordForm("planned-work", 99, text("Contact"), ("announced_by", "what"), german="arbeiten"),)


def _event(record):
    return ChronologyEvent(record.at, "theirs", text("Contact"), who=record.announced_by)


KIND = RecordKind(PlannedWork, text("Contacts"), "planned_work", FIELDS, FORMS, event_of=_event)
""",
        """
import io, tempfile
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
import django, msgspec
django.setup()
from django.test import Client
from heller import casefile
from heller.casefile.fold import record_of
from heller.cli import app
from heller.dossier.wording import Words
from heller.intake.personal import persons
from heller.intake.values import document_of
from heller.model.kinds import kind_of
from heller.model.kinds.planned_work import PlannedWork
from heller.web.records import count, line
record = PlannedWork(datetime(2015, 2, 4, 9, tzinfo=UTC), "Erika Muster")
assert record_of({"record": msgspec.to_builtins(record)}) == record
assert list(persons([record])) == ["Erika Muster"]
assert "Erika Muster" in line(record, Words("en")) and count((record,))[0][1] == 1
assert document_of(record) == ("planned_work", False) and kind_of(record).event(record).who == "Erika Muster"
case = Path(tempfile.mkdtemp()) / "c"
casefile.open_case(case)
said = io.StringIO()
with redirect_stdout(said):
    for verb in (["note", str(case), "arbeiten", "Erika Muster", "A", "cable", "--at", "04.02.2015 08:00"],
                 ["journal", "show", str(case)]):
        assert app.run([*verb, "--lang", "en"]) == 0, said.getvalue()
assert "Erika Muster · A cable" in " ".join(said.getvalue().split()), said.getvalue()
(written,) = casefile.load(case).noted
assert (written.announced_by, written.what, written.at.hour) == ("Erika Muster", "A cable", 7)
""",
    ),
    "next step": Thing(
        "law/de/next_steps/ask_neighbours.py",
        """
from heller.model.claim import NextStep
from heller.model.text import text

PLACE = 65


def STEP(standing):
    yield NextStep(text("Hardware"), text("Firm"))
""",
        """
from heller.law.country import country
from heller.law.de.next_steps import ask_neighbours
assert country("de").next_steps.index(ask_neighbours.STEP) == 6
""",
    ),
    "objection": Thing(
        "law/de/objections/no_interest.py",
        """
from heller.law.de.rules import norm
from heller.model.objection import Answered, Objection
from heller.model.text import text


def OBJECTION(attack):
    yield Objection("no_interest", text("Firm"), norm("BGB-254"), attack.without("hardware"), Answered.OPEN)
""",
        """
from heller.law.country import country
from heller.law.de.objections import no_interest
assert no_interest.OBJECTION in country("de").objections
""",
    ),
    "trade": Thing(
        "model/trades/shipyard.py",
        """
from heller.model.text import text
from heller.model.trade import Trade, TradeWords, english

TRADE = Trade(
    "shipyard", text("Shop"), ("werft",),
    {"en": english("repair", "repairs", "owners", "the yard", "steel and paint"),
     "de": TradeWords(
         unit="Reparatur", a_unit="eine Reparatur", units="Reparaturen", units_dat="Reparaturen", cancelled="storniert",
         cancelled_units="stornierte Reparaturen", customers="Eigner", customers_dat="Eignern", the_place="die Werft",
         the_place_acc="die Werft", the_place_dat="der Werft", of_the_place="der Werft", costs="Stahl und Farbe",
         takings="Einnahmen", takings_dat="Einnahmen")},
)
""",
        """
from datetime import UTC, datetime
from heller.dossier.wording import Words
from heller.model.case import Case
from heller.model.kinds.fact import Fact
from heller.model.text import text
case = Case("c", datetime.now(UTC), noted=(Fact("firm.trade", "Bootswerft"),))
assert Words("en", trade=case.trade)(text("{units} for {the_place}")) == "repairs for the yard"
""",
    ),
    "letter": Thing(
        "dossier/letters/thanks.py",
        """
from heller.dossier.blocks import Para
from heller.dossier.letter_frame import LetterKind, facts_of, framed
from heller.model.text import text


def compose(pen, occasion):
    return framed(facts_of(pen.case), pen.words, pen.claim.waterfall.as_of, ("Thanks",), (Para("Please pay."),))


LETTER = LetterKind("thanks", 995, text("Demand"), compose)
""",
        """
from heller.dossier.letters import letters
assert list(letters())[-1] == "thanks"
""",
    ),
    "verb": Thing(
        "cli/hello.py",
        """
from heller.model.text import text

PLACE = 5
VERB = text("Make a case folder.")


def run() -> int:
    return 42
""",
        """
from heller.cli import app
assert app.run(["hello"]) == 42
""",
    ),
    "page": Thing(
        "web/pages/hello.py",
        """
from django.http import HttpResponse
from django.urls import path

URLS = [path("hello/", lambda request: HttpResponse("hello"))]
""",
        """
from heller.web.app import pages
assert "heller.web.pages.hello" in [page.__name__ for page in pages()]
""",
    ),
    "probe": Thing(
        "watch/probes/tls.py",
        """
from heller.watch.probe_types import ProbeType
from heller.watch.probes.tcp import Connect
from heller.watch.sockets import family_of

PROBE = ProbeType(
    "tls",
    lambda lane, probe, allowed: Connect(lane, family_of(probe.target.address), probe.target.outside, probe.port),
    lambda probe: probe.port,
    port=443,
    every=30.0,
)
""",
        """
from heller.watch import config
plan = config.plan_of(config.Config(target=(config.TargetTable("192.0.2.1", way="tls"),)))
assert (plan.probes[0].port, plan.probes[0].every, plan.probes[0].target.protocol) == (443, 30.0, "tls")
assert plan.probes[0].target.outside and not plan.probes[0].target.witness
""",
    ),
}
