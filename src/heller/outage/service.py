"""Terms of service checked against the outages found: availability of each year under each reading, repair times in
hours of service, credits by their steps. It decides no law: whether a credit is owed says the contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.credit_steps import CreditStep, credit_steps
from heller.model.event import EventKind, LineEvent
from heller.model.kinds.appointment import Appointment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.service_terms import AvailabilityYear, ServiceTerms
from heller.model.money import Money
from heller.model.outage import Outage
from heller.model.service import AvailabilityCheck, RepairCheck, ServiceCheck, ServiceCredit
from heller.model.span import Span, union, without
from heller.model.weekly import ALWAYS, inside, spans_in, weekly

EARLY = timedelta(hours=1)  # a report may come before the first certain moment
PLACES = Decimal("0.000001")
ONE = timedelta(microseconds=1)


class Found(Struct, frozen=True):
    """What was found of one line up to a day: events, contacts, appointments; and what a month of it costs."""

    events: tuple[LineEvent, ...]
    contacts: tuple[Contact, ...]
    appointments: tuple[Appointment, ...]
    as_of: date
    zone: ZoneInfo
    fee: Money | None = None

    @property
    def outages(self) -> tuple[Outage, ...]:
        """Every complete loss of service, however short; announced work apart."""
        return tuple(
            outage
            for event in self.events
            if event.kind in (EventKind.OUTAGE, EventKind.MICRO)
            for outage in event.outages
        )

    @property
    def work(self) -> tuple[Span, ...]:
        """The outages that were announced work, and what of others lay in it."""
        whole = (o.span for event in self.events if event.kind is EventKind.WORK for o in event.outages)
        return (*whole, *(span for outage in self.outages for span in outage.announced))


def check(terms: ServiceTerms, found: Found) -> ServiceCheck:
    """One line's terms against what was found of it."""
    held = [one for one in found.outages if _holds(terms, one.span.start.astimezone(found.zone).date())]
    years = tuple(_years(terms, found, held)) if terms.availability is not None else ()
    repairs = tuple(_repair(terms, one, found) for one in held) if terms.repair is not None else ()
    missed = tuple(one for one in found.appointments if one.missed and one.line in ("", terms.line))
    return ServiceCheck(terms, years, repairs, tuple(_credits(terms, years, repairs, found)), missed)


def _holds(terms: ServiceTerms, day: date) -> bool:
    return (terms.since is None or terms.since <= day) and (terms.until is None or day <= terms.until)


def _years(terms: ServiceTerms, found: Found, held: Sequence[Outage]) -> Iterator[AvailabilityCheck]:
    """Each year in which the line was down, under the reading of the contract, or under each where it names none."""
    for year in AvailabilityYear if terms.year is None else (terms.year,):
        seen = {_year(year, terms, one, found.zone) for one in held} - {None}
        checks = [_available(year, *days, terms, found) for days in sorted(filter(None, seen))]
        if year is AvailabilityYear.ROLLING and checks:
            yield min(checks, key=lambda one: (one.reached, one.first))
        else:
            yield from checks


def _year(
    year: AvailabilityYear, terms: ServiceTerms, outage: Outage, zone: ZoneInfo
) -> tuple[date, date] | None:
    """First and last day of the year that an outage lies in; the rolling one ends with it."""
    began, ended = (at.astimezone(zone).date() for at in (outage.span.start, outage.span.end))
    if year is AvailabilityYear.CALENDAR:
        return date(began.year, 1, 1), date(began.year, 12, 31)
    if year is AvailabilityYear.ROLLING:
        return _same_day(ended, -1) + timedelta(1), ended
    if terms.since is None:
        return None
    years = began.year - terms.since.year - (_same_day(terms.since, began.year - terms.since.year) > began)
    first = _same_day(terms.since, years)
    return first, _same_day(terms.since, years + 1) - timedelta(1)


def _same_day(day: date, years: int) -> date:
    """The same day of another year; of 29 February the day before where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def _available(
    year: AvailabilityYear, first: date, last: date, terms: ServiceTerms, found: Found
) -> AvailabilityCheck:
    span = Span(_midnight(first, found.zone), _midnight(last + timedelta(1), found.zone))
    windows = weekly(terms.maintenance)
    out = [*found.work] if terms.announced else []
    total = span.length - _sum(
        union([*_parts_within(span, out), *_parts_within(span, spans_in(span, windows, found.zone))])
    )
    down = timedelta()
    for dead in union(_parts_within(span, (one.span for one in found.outages))):
        down += _sum(without(dead, union([*spans_in(dead, windows, found.zone), *out])))
    promised = terms.availability or Decimal(1)
    share = Fraction((total - down) // ONE, total // ONE)
    return AvailabilityCheck(
        year,
        first,
        last,
        total,
        down,
        allowed=ONE * int(Fraction(1 - promised) * (total // ONE)),
        reached=(Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES),
        open=last > found.as_of,
    )


def _parts_within(span: Span, others: Iterable[Span]) -> list[Span]:
    """What of other spans lies in one."""
    return [cut for cut in (other.meet(span) for other in others) if cut]


def _sum(spans: Iterable[Span]) -> timedelta:
    return sum((one.length for one in spans), timedelta())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _repair(terms: ServiceTerms, outage: Outage, found: Found) -> RepairCheck:
    """From the report to the end that is certain, in hours of service; a report during announced work that the outage
    outlasted is one of it, and its time runs from the end of that work."""
    span = outage.span
    reports = [
        one.at
        for one in found.contacts
        if one.kind is ContactKind.FAULT_REPORT and outage.went_dead - EARLY <= one.at < span.end
    ]
    start = max(min(reports, default=span.start), span.start)
    windows = weekly(terms.service or next(iter(ALWAYS)))
    took = inside(Span(start, span.end), windows, found.zone)
    return RepairCheck(start, span.end, bool(reports), took, timedelta(hours=terms.repair or 0))


def _credits(
    terms: ServiceTerms, years: Sequence[AvailabilityCheck], repairs: Sequence[RepairCheck], found: Found
) -> Iterator[tuple[date, ServiceCredit]]:
    """One for each year that fell below a step, and one for each month with repairs that took too long: what the steps
    give, and at most the cap."""
    steps = credit_steps(terms.credits)
    for year in years:
        share = max(
            (s.share for s in steps if s.availability is not None and year.reached < s.availability),
            default=Decimal(0),
        )
        if share:
            yield year.last, _credit(share, terms, found)
    by_month: dict[date, Decimal] = defaultdict(Decimal)
    for repair in repairs:
        by_month[repair.start.astimezone(found.zone).date().replace(day=1)] += _step(repair, steps)
    for month, share in sorted(by_month.items()):
        if share:
            yield month, _credit(share, terms, found)


def _step(repair: RepairCheck, steps: Iterable[CreditStep]) -> Decimal:
    """The highest step that a repair reached."""
    hours = Decimal(repair.over // ONE) / Decimal(timedelta(hours=1) // ONE)
    return max((s.share for s in steps if s.hours is not None and hours >= s.hours), default=Decimal(0))


def _credit(share: Decimal, terms: ServiceTerms, found: Found) -> ServiceCredit:
    capped = share if terms.cap is None else min(share, terms.cap)
    return ServiceCredit(share, capped, found.fee * capped if found.fee is not None else None)
