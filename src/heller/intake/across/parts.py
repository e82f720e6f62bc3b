"""What of a case belongs to which event: as a person decided, else by time. Pure: cases in, smaller cases out.

Orders, bookings, mails and statements show the time without an outage too: they stand in every part of their line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.across.chains import chains
from heller.intake.across.lines import belongings
from heller.model.case import Case, Exhibit
from heller.model.event import EventKind, LineEvent, event_names
from heller.model.facts import emergency, goodwill, insurance, line
from heller.model.finding import Finding, Locator
from heller.model.kinds.acceptance import Acceptance
from heller.model.kinds.access_line import ALL
from heller.model.kinds.appointment import Appointment
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.measure import Measure
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.order import Order
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.kinds.shift import Shift
from heller.model.kinds.speed_test import SpeedTest
from heller.model.outage import Outage
from heller.model.record import Record
from heller.model.text import text

AHEAD = timedelta(days=1)  # what is said or bought may be a little older than the first certain moment
LEGAL = (ContactKind.DEMAND, ContactKind.OFFER, ContactKind.INVITATION, ContactKind.REFUSAL)
SUMS = (line.MISSED_APPOINTMENTS.key, insurance.PAID.key, goodwill.STATED.key)  # each is of one event
EMERGENCY = (emergency.WORKS_SINCE.key, emergency.CARRIES_SHOP.key)

# What happened at some time, and so belongs to the event of that time.
DATED: dict[type[Any], Callable[[Any], datetime | date | None]] = {
    Contact: lambda record: record.at,
    Shift: lambda record: record.span.start,
    Invoice: lambda record: record.issued,
    Paper: lambda record: record.issued,
    CustomerClaim: lambda record: record.at,
    QuickEstimate: lambda record: record.since,
    Measure: lambda record: record.taken or record.offered,
    Acceptance: lambda record: record.started,
    SpeedTest: lambda record: record.at,
    Appointment: lambda record: record.at,
    Movement: lambda record: record.on,  # what an insurer paid counts once
}

SORTED = frozenset({*DATED, Purpose, Fact})  # looked at one by one; the others of a kind are at home together

Keys = frozenset[str]  # of events


class CasePart(Struct, frozen=True):
    """An event of the claim, and the case as far as it belongs to it."""

    event: LineEvent
    case: Case


def parts_of(case: Case, events: Sequence[LineEvent]) -> tuple[tuple[CasePart, ...], tuple[Finding, ...]]:
    """The case part by part, one for each event that enters the claim, and what a person should say. Where there is
    one event, all of its line belongs to it."""
    claimed = tuple(event for event in events if event.kind is EventKind.OUTAGE)
    sorter = _Sorter(case, claimed)
    homes = {e.digest: [sorter.home(r, e) for r in e.reading.records] for e in case.exhibits}
    noted = [sorter.home(record, None, _entry(case, n)) for n, record in enumerate(case.noted)]
    return tuple(CasePart(one, _slice(case, one, homes, noted)) for one in claimed), tuple(sorter.asked)


def _entry(case: Case, n: int) -> str:
    return f"#{case.noted_in[n]}" if n < len(case.noted_in) else ""


def _slice(case: Case, event: LineEvent, homes: Mapping[str, Sequence[Keys]], noted: Sequence[Keys]) -> Case:
    """The case with what is at home in an event. What was stated of this event alone comes last, so that it counts
    before what was stated of all."""
    exhibits = [_part(e, homes[e.digest], event) for e in case.exhibits]
    order = sorted(range(len(noted)), key=lambda n: isinstance(case.noted[n], Fact) and -len(noted[n]))
    records = _records_of_event([case.noted[n] for n in order], [noted[n] for n in order], event)
    return replace(case, exhibits=tuple(exhibits), noted=records, noted_in=(), line=event.line)


def _part(exhibit: Exhibit, homes: Sequence[Keys], event: LineEvent) -> Exhibit:
    """An exhibit with what is at home in an event; the exhibit itself where all of it is."""
    if all(event.key in home for home in homes):
        return exhibit
    kept = _records_of_event(exhibit.reading.records, homes, event)
    return replace(exhibit, reading=replace(exhibit.reading, records=kept))


def _records_of_event(
    records: Sequence[Record], homes: Sequence[Keys], event: LineEvent
) -> tuple[Record, ...]:
    return tuple(record for record, home in zip(records, homes, strict=True) if event.key in home)


class _Sorter:
    """Says of each record in which events it is at home."""

    def __init__(self, case: Case, events: Sequence[LineEvent]) -> None:
        self.case, self.events = case, events
        self.decided = {_plain(thing): one for thing, one in belongings(case).items()}
        named = [one.name for one in case.lines if any(event.line == one.name for event in events)]
        self.main = named[0] if named else events[0].line if events else ""
        self.everywhere, self.of_line = _keys(events), _keys(self._of(self.main))
        self.chain = _chain_days(case)
        self.asked: list[Finding] = []
        self.bought = {
            _plain(name): self.home(record, exhibit)
            for exhibit in case.exhibits
            for record in exhibit.reading.records
            if isinstance(record, Invoice | Paper)
            for name in names(record, exhibit)
        }
        self.asked.clear()

    def home(self, record: Record, exhibit: Exhibit | None, entry: str = "") -> Keys:
        """The keys of its events."""
        decided = self._decision(record, exhibit, entry) if self.decided else None
        if decided is not None:
            mine = self._of(decided.line or self.main)
            if decided.event is not None and mine:
                return _keys([_at(decided.event, mine)])
            return _keys(mine) if decided.every_event else self._by_time(record, mine)
        if type(record) not in SORTED:
            return self.of_line if isinstance(record, Order) else self.everywhere
        if isinstance(record, Purpose) and (bought := self.bought.get(_plain(record.invoice))) is not None:
            return bought
        if isinstance(record, Fact):
            of_one = record.key in (*SUMS, *EMERGENCY)
            held = [event for event in self.events if record.since is None or record.since <= event.began]
            return self._of_fact(record, self._of(record.line or self.main)) if of_one else _keys(held)
        if isinstance(record, Movement) and (record.event or record.kind is not MovementKind.INSURER):
            named = [e for e in self.events if record.event in event_names(e.key, e.line, e.began)]
            return _keys(named or self.events)
        return self._by_time(record, self._of(self.main))

    def _decision(self, record: Record, exhibit: Exhibit | None, entry: str) -> Belonging | None:
        named = map(_plain, (*names(record, exhibit), entry, exhibit.digest if exhibit else ""))
        return next((self.decided[name] for name in named if name in self.decided), None)

    def _of(self, name: str) -> Sequence[LineEvent]:
        return self.events if name == ALL else [event for event in self.events if event.line == name]

    def _by_time(self, record: Record, mine: Sequence[LineEvent]) -> Keys:
        """The event that had begun last when something happened; the first one where none had."""
        at = self._moment(record)
        if at is None:
            return _keys(mine if not isinstance(record, Purpose) else mine[:1])
        begun = _begun(at, mine)
        if isinstance(record, Contact):
            if record.kind is ContactKind.PROMISE and (kept := self._promised(record, mine)):
                return _keys([kept])
            if record.kind in LEGAL and len(begun) > 1:
                self._ask(record, begun)
        return _keys((begun or mine[:1])[-1:])

    def _of_fact(self, fact: Fact, mine: Sequence[LineEvent]) -> Keys:
        """A fact of one event: the emergency line by the moment since when it worked, a sum by the first event."""
        works = self.case.facts[emergency.WORKS_SINCE]
        if fact.key in EMERGENCY and works is not None:
            return _keys((_begun(works, mine) or mine[:1])[-1:])
        if len(mine) > 1:
            said = text(
                "{key} is stated once and there are several events; it counts for the first one.",
                key=fact.key,
            )
            do = text("Say which event it is of: heller event give CASE")
            self.asked.append(Finding("event.which_fact", said, do, source=fact.source))
        return _keys(mine[:1])

    def _promised(self, promise: Contact, mine: Sequence[LineEvent]) -> LineEvent | None:
        """The event in whose days a promise was to be kept."""
        zone, until = self.case.tz, promise.until
        for event in mine if until is not None else ():
            first, last = (at.astimezone(zone).date() for at in (event.span.start, event.span.end))
            if until is not None and first <= until <= last:
                return event
        return None

    def _moment(self, record: Record) -> datetime | None:
        found = DATED[type(record)](record) if type(record) in DATED else None
        if isinstance(record, Invoice | Paper):
            found = self.chain.get(record.source, found)
        if isinstance(found, datetime) or found is None:
            return found
        return datetime.combine(found, time(23, 59), self.case.tz)

    def _ask(self, contact: Contact, begun: Sequence[LineEvent]) -> None:
        what = text(
            "What was said on {day:day} may be about several outages; it counts for the one from {start}: {said}",
            day=contact.at,
            start=begun[-1].span.start,
            said=contact.said,
        )
        do = text("Say which event it is about, or that it is about every one: heller event give CASE")
        self.asked.append(Finding("event.which", what, do, source=contact.source))


def _keys(events: Iterable[LineEvent]) -> Keys:
    return frozenset(event.key for event in events)


def _begun(at: datetime, events: Sequence[LineEvent]) -> Sequence[LineEvent]:
    return [event for event in events if _went_dead(event.outages[0]) - AHEAD <= at]


def _went_dead(outage: Outage) -> datetime:
    return min(outage.widest.start, outage.went_dead)


def _at(moment: datetime, events: Sequence[LineEvent]) -> LineEvent:
    """The event at a moment, else the nearest one."""
    return min(events, key=lambda e: (max(e.span.start - moment, moment - e.span.end, timedelta()), e.key))


def names(record: Record, exhibit: Exhibit | None) -> tuple[str, ...]:
    """How a person names a document: by its number, or its exhibit ('K7')."""
    number = record.number if isinstance(record, Invoice) else ""
    number = record.said("number") if isinstance(record, Paper) else number
    number = record.invoice if isinstance(record, Purpose) else number
    return tuple(filter(None, (number, f"K{exhibit.number}" if exhibit else "")))


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _chain_days(case: Case) -> dict[Locator, date]:
    """The day of the first document of each chain, by the place of each: what belongs together stays together."""
    found: dict[Locator, date] = {}
    for chain in chains(case):
        days = [link.issued for link in chain.links if link.issued is not None]
        if days and len(chain.links) > 1:
            found |= {link.source: min(days) for link in chain.links}
    return found
