"""A case on a day is a case that ends on it: every kind of record says from when on it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.as_known import as_known
from heller.model.case import Case, Exhibit
from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.kinds import kinds
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.fact import Fact
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.measure import Measure
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.order import Order
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import Attempt, QueueLog
from heller.model.kinds.settlement import Settlement
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.succession import Succession
from heller.model.money import Money
from heller.model.observation import Observation, Observations
from heller.model.record import Reading, Record
from heller.model.span import Span

BERLIN = ZoneInfo("Europe/Berlin")
AT = Locator("k")
SUM = Money(100)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def noon(day: date) -> datetime:
    """The middle of a day at the site, which no change of the clock moves to another day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN).astimezone(UTC)


def dated(day: date) -> tuple[Record, ...]:
    """One record of each dated kind, all of one day."""
    at = noon(day)
    return (
        Contact(at, ContactKind.CONTACT, "", "who", "said"),
        Movement(MovementKind.PAYMENT, day, SUM),
        Settlement(day, SUM),
        Assignment(day, "Bank"),
        Succession(day, "New"),
        BankEntry("a", day, SUM, "c", "p", AT),
        Order("1", at, SUM, "shop", AT),
        Invoice("1", day, "s", SUM, Money(0), SUM, AT),
        Measure("m", SUM, SUM, Decimal(1), offered=day),
        Shift("p", Span(at - timedelta(hours=1), at), 60, ShiftKind.IDLE, AT),
        Fact("lawyer.mandate", day.isoformat()),
        Fact("firm.name", "x", known=day),
        Fact("line.monthly_fee", "500.00", since=day),
    )


def series(days: list[date]) -> tuple[Record, ...]:
    """One record of each series, with a row of each day."""
    ats = [noon(day) for day in sorted(days)]
    rows = Column.of("I", range(len(ats)))
    seconds = Column.of("q", (int(at.timestamp()) for at in ats))
    return (
        ProbeLog("t", Observations.of(Observation(at, n) for n, at in enumerate(ats)), 1.0, AT),
        DeviceLog("r", tuple(DeviceEvent(at, DeviceSign.LINE_UP, "m", n) for n, at in enumerate(ats)), AT),
        QueueLog("q", tuple(Attempt(at, True, "r", n) for n, at in enumerate(ats)), AT),
        HitLog("w", ("c",), seconds, rows, rows, rows, "UTC", AT),
    )


def case(records: tuple[Record, ...], read: tuple[Record, ...] = ()) -> Case:
    """A case with records that were noted, and others in an exhibit."""
    exhibit = Exhibit(1, "k", "k", "text/plain", 1, noon(date(2026, 1, 1)), 1, Reading("r", "t", read))
    return Case("c", noon(date(2025, 1, 1)), (exhibit,) if read else (), records)


def plain(found: Case) -> list[str]:
    """All that a case says, as text: columns have no equality of their own."""
    return [
        repr(
            [list(record.observations)]
            if isinstance(record, ProbeLog)
            else [list(record.times), list(record.rows)]
            if isinstance(record, HitLog)
            else record
        )
        for group in (found.noted, *(exhibit.reading.records for exhibit in found.exhibits))
        for record in group
    ]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.of.__name__)
def test_every_kind_says_from_when_on_it_is_there(kind: object) -> None:
    """A day, a cut, or that it is of no day: a new kind cannot forget it."""
    known, cut, timeless = (getattr(kind, name) for name in ("known_of", "cut_of", "timeless"))
    assert timeless != (known is not None) or (cut is not None and known is None)
    assert timeless or known is not None or cut is not None


@given(st.lists(DAYS, min_size=1, max_size=6), DAYS)
def test_a_case_on_a_day_is_a_case_that_ends_on_it(days: list[date], on: date) -> None:
    """Noted or read, of every dated kind and every series: what is later is not there, the rest is as it was."""
    noted = tuple(record for day in days for record in dated(day))
    early = tuple(record for day in days if day <= on for record in dated(day))
    kept = [day for day in days if day <= on]
    assert plain(as_known(case(noted, series(days)), on)) == plain(case(early, series(kept)))


@given(st.lists(DAYS, max_size=4))
def test_what_ends_before_is_the_very_same(days: list[date]) -> None:
    """Nothing is copied where nothing is cut: what was worked out of the case still holds."""
    whole = case(tuple(record for day in days for record in dated(day)))
    assert as_known(whole, date(2025, 12, 31)) is whole


def test_an_exhibit_of_a_later_day_is_not_there() -> None:
    """An invoice of March is no exhibit in February."""
    march = case((), (dated(date(2025, 3, 1))[7],))
    assert as_known(march, date(2025, 2, 28)).exhibits == ()
    assert len(as_known(march, date(2025, 3, 1)).exhibits) == 1


def test_the_fact_that_holds_since_later_counts() -> None:
    """A fee that was raised: each day has its own, in whatever order both were stated."""
    old, new = Fact("line.monthly_fee", "500.00"), Fact("line.monthly_fee", "600.00", since=date(2025, 7, 1))
    for both in ((old, new), (new, old)):
        assert as_known(case(both), date(2025, 6, 30)).fact("line.monthly_fee") == "500.00"
        assert as_known(case(both), date(2025, 7, 1)).fact("line.monthly_fee") == "600.00"
