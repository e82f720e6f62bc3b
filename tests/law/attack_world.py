"""A claim by hand that nobody can say anything against, and what changes it: for tests of the objections."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from tests.law import law_world as world

from heller import law
from heller.model.amount import ProofGrade, Range
from heller.model.bracket import Bracket, Edge
from heller.model.case import Case, Exhibit
from heller.model.claim import Claim
from heller.model.damage import (
    Assessment,
    Conflict,
    Mitigation,
    Option,
    PathDay,
    Position,
    SalesEstimate,
    Token,
)
from heller.model.event import EventKind, LineEvent
from heller.model.finding import Finding, Locator
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.contact import Admission, Contact, ContactKind
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.posting import Posting
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.service_terms import ServiceTerms
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.money import Money
from heller.model.objection import Objections
from heller.model.observation import Observations
from heller.model.outage import Cause, CompetingEnd, Detection, OpenStart, Outage, Strength, Witness
from heller.model.record import Reading, Record
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart

E = Money.of
FIRST, DAYS = date(2015, 2, 4), 14
AS_OF = date(2015, 6, 30)
AT_ALL = Range(E(0), E(100), E(100))
FACTS = {"provider.name": "Netz A (erfunden)", "line.country": "DE"}
NO_PATH = SalesEstimate("", Range(), Range(), Range(), True, (), (), None, ())


def attacked(case: dict[str, Any], more: tuple[Record, ...] = ()) -> Objections:
    """The objections to the claim of a case file with some more records."""
    parts = [_with(part(case, first), more) for first in firsts(case)]
    as_of = case.get("as_of", case_day(case))
    made = law.claim_of(parts, as_of, (), law.account_records(parts[0].case, as_of))
    claim = Claim(
        parts[0].case,
        parts[0].detection,
        Assessment.of_all([one.assessment for one in parts]),
        made.waterfall,
        events=tuple(one.event for one in parts),
        by_event=made.by_event,
        by_debtor=made.by_debtor,
    )
    return law.objections_to(claim, parts)


def _with(one: EventPart, more: tuple[Record, ...]) -> EventPart:
    return replace(one, case=replace(one.case, noted=(*one.case.noted, *more)))


def firsts(case: dict[str, Any]) -> list[date]:
    """The first days of its outages."""
    first = case.get("first", FIRST)
    return [first - timedelta(60 * n) for n in range(case.get("events", 1))]


def case_day(case: dict[str, Any]) -> date:
    """The day on which the claim stands: in June."""
    first: date = case.get("first", FIRST)
    return date(first.year, 6, 30)


def part(case: dict[str, Any], first: date) -> EventPart:
    """One event of it with its damage."""
    dead = outage(case.get("outage", {}), first)
    doubts = tuple(Finding(code, text("x"), None) for code in case.get("findings", ()))
    detection = Detection(outages=(dead,), findings=doubts)
    event = LineEvent(f"{first}", "", EventKind.OUTAGE, first, (dead,))
    return EventPart(event, records(case, first), detection, assessment(case, first))


def outage(said: dict[str, Any], first: date) -> Outage:
    """Dead for two weeks and two hours, proven."""
    (dead,) = world.outage(first, first + timedelta(DAYS)).outages
    if said.get("start") == "open":
        dead = replace(dead, start=OpenStart(dead.span.start))
    if "end_said" in said:
        end = CompetingEnd(said["end_said"].astimezone(UTC), "Techniker", False, text("It was not."))
        dead = replace(dead, ends=(end, replace(end, holds=True)))
    if "witness" in said:
        saw = Witness(text("x"), text("It answered."), world.SAID, state="up")
        dead = replace(dead, witnesses=(saw,))
    for key in ("unobserved", "announced"):
        if key in said:
            dead = replace(dead, **{key: (Span(*(at.astimezone(UTC) for at in said[key])),)})
    return replace(
        dead,
        strength=Strength(said.get("strength", "proven")),
        cause=Cause(said.get("cause", "line")),
    )


def records(case: dict[str, Any], first: date) -> Case:
    """What was noted: the clean letters, less what is dropped, and what the case adds."""
    letters = {key: one for key, one in clean(first).items() if key not in case.get("drop", ())}
    facts = {key.replace(".", "__"): value for key, value in {**FACTS, **case.get("facts", {})}.items()}
    noted = (*letters.values(), *map(_contact, case.get("contacts", ())), *_noted(case))
    made = world.case(noted, **facts)
    edge = Edge(made.opened, "stamp", "authority") if case.get("stamped", True) else None
    gone = Finding("exhibit-lost", text("x"), None)
    exhibit = Exhibit(1, "lost", "x", "text/plain", 1, made.opened, 1, Reading("x", "x", findings=(gone,)))
    return replace(
        made,
        brackets=(Bracket(1, made.opened, not_after=edge),),
        exhibits=(exhibit,) if "lost" in case else (),
    )


def clean(first: date) -> dict[str, Contact]:
    """Reported and warned of at once, a deadline set, a fault admitted."""
    began = world.at(first, 8)
    ours = world.contact(ContactKind.FAULT_REPORT, first, incoming=False)
    return {
        "fault_report": replace(ours, at=began),
        "damage_warning": replace(ours, at=began, kind=ContactKind.DAMAGE_WARNING),
        "deadline": replace(
            ours, kind=ContactKind.CONTACT, at=world.at(first + timedelta(1)), until=first + timedelta(5)
        ),
        "admission": replace(
            world.contact(ContactKind.CONTACT, first + timedelta(2)), admits=Admission.KNOWN_FAULT
        ),
    }


def _contact(one: dict[str, Any]) -> Contact:
    said = dict(one)
    kind, day, hour = ContactKind(said.pop("kind")), said.pop("day"), said.pop("hour", 10)
    if "about" in said:
        said["about"] = world.at(said["about"])
    return replace(world.contact(kind, day), at=world.at(day, hour), **said)


def _noted(case: dict[str, Any]) -> list[Record]:
    found: list[Record] = []
    for one in case.get("movements", ()):
        found.append(Movement(**{**one, "kind": MovementKind(one["kind"]), "amount": E(one["amount"])}))
    found += [Assignment(**{**one, "amount": E(one["amount"])}) for one in case.get("assignments", ())]
    for one in case.get("works", ()):
        span = Span(one["from"].astimezone(UTC), one["to"].astimezone(UTC))
        found.append(AnnouncedWork(span, one["announced"]))
    if "availability" in case:
        found += [ServiceTerms(), ServiceTerms(availability=Decimal(case["availability"]))]
    for target in case.get("targets", ()):
        found.append(ProbeLog(target, Observations.of(()), 1.0, world.SAID))
    if case.get("router"):
        found.append(DeviceLog("router", (), world.SAID))
    for _ in range(case.get("postings", 0)):
        found.append(Posting(FIRST, E(10), "4400", "1200", world.SAID))
    if case.get("shifts"):
        span = Span(world.at(FIRST, 18).astimezone(UTC), world.at(FIRST, 20).astimezone(UTC))
        found.append(Shift("M01", span, 120, next(iter(ShiftKind)), world.SAID))
    if "invoice" in case:
        found.append(Invoice("R-1", case["invoice"], "x", E(100), E(19), E(119), world.SAID))
    return found


def assessment(case: dict[str, Any], first: date) -> Assessment:
    """Increased cost of 5,000.00, a shop's lost sales beside it, and what the case adds."""
    made = [world.position("extra_cost", world.exact("5000.00"))]
    sales: tuple[SalesEstimate, ...] = ()
    if case.get("shop"):
        made.append(world.position("lost_sales", world.exact("1500.00")))
        days = (first + timedelta(n) for n in range(DAYS + 1))
        sales = (replace(NO_PATH, path=tuple(PathDay(day, 10_000, 0, 0, 0) for day in days)),)
    made += [_position(*one) for one in case.get("positions", ())]
    if "lost" in case:
        kept = world.position("extra_cost", world.exact(case["lost"]))
        made.append(replace(kept, sources=(Locator("lost", "page 1"),)))
    found = world.assessment(*made)
    if "conflict" in case:
        one = Conflict(Token("order", "1"), "a", "b", text("Once."), left_out=world.exact(case["conflict"]))
        found = replace(found, conflicts=(one, replace(one, left_out=Range())))
    if "waited" in case:
        lost = world.exact(case["waited"])
        option = Option("LTE", E(1), E(1), AT_ALL, AT_ALL, 1, lost_by_waiting=lost, why=case.get("why", ""))
        found = replace(found, mitigation=Mitigation(options=(option,)))
    return replace(found, sales=sales)


def _position(head: str, amount: str, how: str = "") -> Position:
    low, _, rest = amount.partition("/")
    likely, _, high = rest.partition("/")
    made = world.position(head, Range(E(low), E(likely or low), E(high or low)), recoverable=how != "shown")
    if how == "apart":
        return replace(made, recoverable=False, apart=True)
    return replace(made, grade=ProofGrade.STATED) if how == "stated" else made
