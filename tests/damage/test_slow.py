"""Slow is a time of damage too: its loss stands apart from the outage, its days say nothing of the level."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from tests.damage.damage_world import case, codes, detection, outage, position, wage
from tests.damage.test_units import END, FACTS, START, appointment, takings

from heller import intake
from heller.damage import assess
from heller.model.amount import Range
from heller.model.damage import Assessment
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.shift import Shift
from heller.model.kinds.slow_time import SlowTime
from heller.model.kinds.unit import Fate, Unit
from heller.model.money import Money
from heller.model.outage import Cause, Degraded
from heller.model.record import Blob, Record
from heller.model.span import Bounds
from heller.model.text import text
from heller.outage import with_slow_times

FIRST, LAST = datetime(2026, 3, 6, 7, tzinfo=UTC), datetime(2026, 3, 10, 17, tzinfo=UTC)
SHEET = """Mitarbeiter;Datum;Beginn;Ende;Pause;Art
M01;09.03.2026;08:00;12:00;0;verlangsamt 30 %
M01;10.03.2026;08:00;10:00;0;verlangsamt auf 50 %
"""


def found(*records: Record, slow: bool = True, **facts: str) -> Assessment:
    """Three dead days and, after them, five slow ones."""
    bad = Degraded(Bounds(FIRST, FIRST), Bounds(LAST, LAST), Cause.UNKNOWN, text("slow"))
    seen = replace(detection(outage(START, END)), degraded=(bad,) if slow else ())
    return assess(case(*records, **{**FACTS, "shop__customers_return": "no", **facts}), seen)


def halved(units: list[Unit]) -> list[Unit]:
    """Half of the takings on the slow days."""
    return [replace(u, value=half(u)) for u in units]


def half(unit: Unit) -> Money:
    """What came on a day: half of it where the line was slow."""
    assert unit.value is not None
    return unit.value.split([1, 1])[0] if FIRST <= unit.at <= LAST else unit.value


def test_the_loss_of_slow_days_is_a_position_of_its_own() -> None:
    """Four open days at half of 500.00 x 90 %: 900.00, beside the 1,350.00 of the outage."""
    got = found(*halved(takings(200)))
    assert abs(position(got, "lost_sales").amount.likely.cents - 135_000) < 3_000
    assert abs(position(got, "slow_sales").amount.likely.cents - 90_000) < 4_000
    assert "damage.slow_rule" in codes(got)
    assert not [p for p in found(*takings(200), slow=False).positions if p.head == "slow_sales"]


def test_slow_days_are_no_level_after_the_outage() -> None:
    """Whether the days after are slow or not, what the outage cost is the same."""
    whole, slowed = (
        position(found(*units), "lost_sales").amount for units in (takings(200), halved(takings(200)))
    )
    assert abs(whole.likely.cents - slowed.likely.cents) < 500


def test_units_of_slow_times_count_one_by_one_apart_from_the_outage() -> None:
    """An appointment that was lost in the outage, and one in the slow days after it."""
    dead = appointment(datetime(2026, 3, 4, 9, tzinfo=UTC), Fate.LOST)
    slow = appointment(datetime(2026, 3, 9, 9, tzinfo=UTC), Fate.LOST, "50.00")
    got = found(dead, slow)
    assert position(got, "lost_units").amount.likely.cents == 9_000
    assert position(got, "slow_sales").amount.likely.cents == 4_500
    assert got.total.likely.cents == 13_500


def test_hours_slowed_to_a_share_are_hours_of_their_own_kind() -> None:
    """Four hours at 30 % and two at 50 %: 2.8 + 1 hours were not done; they add nothing by themselves."""
    reading = intake.read(Blob("stunden.csv", SHEET.encode(), "d"), ZoneInfo("Europe/Berlin"))
    shifts = [record for record in reading.records if isinstance(record, Shift)]
    assert [str(one.speed) for one in shifts] == ["0.3", "0.5"]
    inside = [
        replace(
            one, span=replace(one.span, start=one.span.start - timedelta(6), end=one.span.end - timedelta(6))
        )
        for one in shifts
    ]
    got = position(found(*inside, wage("20.00")), "slowed_hours")
    assert got.amount == Range() and "3.8" in str(got.working[0].text.args)
    assert date(2026, 3, 3) == inside[0].span.start.date()


LIST = """Beginn;Ende;Bemerkung
03.03.2026 09:00;05.03.2026 17:00;Internet tot
06.03.2026 08:00;10.03.2026 18:00;nach dem Ausfall sehr langsam
"""


def test_a_row_that_says_slow_is_no_outage() -> None:
    """A kept list with a dead time and a slow one: one outage, and a slow time that is shown beside it."""
    reading = intake.read(Blob("ausfaelle.csv", LIST.encode(), "d"), ZoneInfo("Europe/Berlin"))
    (slow,) = (record for record in reading.records if isinstance(record, SlowTime))
    (log,) = (record for record in reading.records if isinstance(record, DeviceLog))
    assert len(log.events) == 2
    seen = with_slow_times(detection(outage(START, END)), (slow, SlowTime(START, END, "slow")))
    (one,) = seen.degraded
    assert (one.span.start, one.span.end) == (slow.start, slow.end)
    assert len(seen.outages) == 1
