"""A line that is dead while another way carries the firm: the line's part runs on, the business's does not."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace
from tests.damage.damage_world import (
    END,
    START,
    WEEK,
    case,
    codes,
    detection,
    exact,
    outage,
    position,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.damage.event import event_of
from heller.model.amount import Range
from heller.model.damage import Assessment
from heller.model.kinds.shift import ShiftKind
from heller.model.outage import Detection, Detour
from heller.model.span import Bounds, Span, days_of
from heller.model.text import text

HALF_A_DAY = timedelta(hours=12)
FIRST = date(2014, 2, 3)


def bridged(start: timedelta, end: timedelta) -> Detection:
    """The outage of February 2015 with another way from so long after its start until so long before its end."""
    way = Detour(
        Bounds(START + start, START + start), Bounds(END - end, END - end), text("The router said so.")
    )
    return detection(replace(outage(), detours=(way,)))


def idle(assessment: Assessment) -> Range:
    """The wages of idle staff, before they cancel out."""
    return sum((f.actual for f in assessment.flows if f.head == "idle_hours"), Range())


def test_the_fee_of_a_bridged_line_comes_back_all_the_same() -> None:
    """Fourteen dead days at 500.00 a month are 250.00, with and without a mobile line beside them."""
    given = case(line__monthly_fee="500.00")
    bare, carried = assess(given, detection()), assess(given, bridged(timedelta(seconds=13), timedelta()))
    assert position(carried, "line_fee").amount == position(bare, "line_fee").amount != Range()
    assert "damage.detour" in codes(carried) - codes(bare)


def test_sales_are_lost_only_while_nothing_carried() -> None:
    """Ten days without any way out, then the mobile line: the sales of four days are not claimed."""
    days = list(days_of(Span(START, END), case().tz))
    orders = shop(FIRST, 420, WEEK, dead=days)
    given = case(*orders, finance__margin="0.38", firm__state="Nordrhein-Westfalen")
    whole = assess(given, detection()).sales[0]
    part = assess(given, bridged(timedelta(days=10), timedelta())).sales[0]
    at_once = assess(given, bridged(timedelta(seconds=13), timedelta()))
    assert len([d for d in whole.path if d.day in days]) == 15
    assert part.lost.likely < whole.lost.likely
    assert not at_once.sales


def test_idle_hours_are_those_without_any_way_out() -> None:
    """A shift under a detour is refused with its reason, one half under it counts half, another kind is untouched."""
    noon = START + timedelta(days=2)
    given = case(
        shift(ShiftKind.IDLE, noon - timedelta(hours=2), 4),
        shift(ShiftKind.IDLE, noon + timedelta(hours=5), 2),
        shift(ShiftKind.REMOVAL, noon + timedelta(hours=8), 1),
        wage(),
    )
    found = assess(given, bridged(timedelta(days=2), timedelta()))
    assert idle(found) == exact("-40.00")  # two hours at 20.00, of six on the sheet
    assert position(found, "removal_hours").amount != Range()
    assert {"damage.shift", "damage.detour"} <= codes(found)


def test_a_wide_detour_takes_all_that_it_may_have_carried() -> None:
    """The firm counts as cut off only where no reading of the bounds has another way carry it."""
    early, late = START + timedelta(hours=1), START + timedelta(hours=3)
    way = Detour(Bounds(early, late), Bounds(END - HALF_A_DAY, END), text("The router said so."))
    event, _ = event_of(detection(replace(outage(), detours=(way,))))
    assert event is not None
    assert event.cut_off == (Span(START, early),) and event.dead == END - START
