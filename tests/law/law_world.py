"""A small case by hand, for tests of the law: the outage of February 2015 and what was said about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import law
from heller.law.de.country import COUNTRY
from heller.law.facts_of_case import LegalFacts
from heller.law.facts_of_case.gather import gather
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.claim import Step, Waterfall
from heller.model.damage import Assessment, NormRef, Position
from heller.model.decision import Decision
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.record import Record
from heller.model.span import Bounds
from heller.model.terms import Terms
from heller.model.text import text

AS_OF = date(2015, 6, 30)
BERLIN = ZoneInfo("Europe/Berlin")
SAID = Locator("k", "row 2")


def at(day: date, hour: int = 10) -> datetime:
    """An hour of a day at the site."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def outage(first: date = date(2015, 2, 4), back: date = date(2015, 2, 18)) -> Detection:
    """A line dead from eight in the morning of a day to ten in the morning of another."""
    start, end = at(first, 8).astimezone(UTC), at(back, 10).astimezone(UTC)
    minute = timedelta(minutes=1)
    found = Outage(
        Bounds(start, start + minute),
        Bounds(end, end + minute),
        Cause.LINE,
        Strength.PROVEN,
        text("The line."),
    )
    return Detection(outages=(found,))


def contact(
    kind: ContactKind,
    day: date,
    *,
    incoming: bool = True,
    until: date | None = None,
    amount: str | None = None,
    channel: str = "Telefon",
) -> Contact:
    """Something that was said."""
    return Contact(
        at=at(day),
        kind=kind,
        channel=channel,
        who="Frau Beispiel",
        said="...",
        incoming=incoming,
        until=until,
        amount=Money.of(amount) if amount else None,
        source=SAID,
    )


def demand(until: date = date(2015, 3, 17)) -> Contact:
    """The claim letter with a date."""
    return contact(ContactKind.DEMAND, until - timedelta(20), incoming=False, until=until, channel="Brief")


def case(records: Iterable[Record] = (), **facts: str) -> Case:
    """A case with contacts and facts; `line__monthly_fee` is the fact `line.monthly_fee`."""
    stated = tuple(Fact(key.replace("__", "."), value) for key, value in facts.items())
    return Case("test", datetime(2015, 2, 4, tzinfo=UTC), noted=(*records, *stated))


def position(head: str, amount: Range, *, recoverable: bool = True, norm: NormRef | None = None) -> Position:
    """One line of the schedule of damages."""
    return Position(
        head=head,
        title=text("Something"),
        amount=amount,
        grade=ProofGrade.RECEIPT,
        norm=norm or NormRef("BGB-249", "§ 249 BGB", "VS"),
        reason=text("Because."),
        recoverable=recoverable,
    )


def refund(amount: str) -> Position:
    """The fee of the dead days: a claim of its own."""
    fee = position("line_fee", exact(amount), recoverable=False, norm=NormRef("HEAD-11", "§ 326 BGB", "VS"))
    return replace(fee, apart=True)


def facts(case_: Case, day: date) -> LegalFacts:
    """The legal facts of a case in Germany."""
    return gather(case_, day, COUNTRY.calendar, COUNTRY.default_begins)


def assessment(*positions: Position) -> Assessment:
    """An assessment whose total is the plain sum of what can be claimed."""
    total = sum((p.amount for p in positions if p.recoverable), Range())
    return Assessment(flows=(), positions=positions, total=total, by_grade=())


def exact(amount: str) -> Range:
    """A range without width."""
    return Range.exact(Money.of(amount))


def stated(facts: dict[str, str], *records: Record) -> Waterfall:
    """The waterfall of a case with these facts and contacts."""
    found = assessment(position("lost_sales", exact("25000")))
    return law.waterfall(case(records, **facts), outage(), found, AS_OF)


def run(
    *records: Record,
    damage: str = "25000",
    as_of: date = AS_OF,
    detection: Detection | None = None,
    draws: tuple[Money, ...] = (),
    **facts: str,
) -> Waterfall:
    """The waterfall of a case with one position and these contacts and facts."""
    return law.waterfall(
        case(records, **facts),
        detection or outage(),
        assessment(position("lost_sales", exact(damage))),
        as_of,
        draws,
    )


def decided(*records: Record, **facts: Any) -> Decision:
    """The decision in such a case."""
    found = run(*records, **facts).decision
    assert found is not None
    return found


def offer(
    amount: str, until: date | None = None, terms: Terms | None = None, *, ours: bool = False
) -> Contact:
    """An offer of the other side on 17 June 2015."""
    plain = contact(ContactKind.OFFER, date(2015, 6, 17), amount=amount, until=until, incoming=not ours)
    return replace(plain, terms=terms)


def step(fall: Waterfall, key: str) -> Step:
    """One step of it."""
    return next(one for one in fall.steps if one.key == key)


def cents(amount: Range) -> int:
    """The likely figure."""
    return amount.likely.cents
