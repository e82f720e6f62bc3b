"""Units of business whose fate is known are counted one by one; takings are worked out like orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.damage.damage_world import case, codes, detection, euros, outage, position, shift, wage

from heller import law
from heller.damage import assess
from heller.damage.closings import closings
from heller.model.amount import Range
from heller.model.damage import Assessment
from heller.model.finding import Locator
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.kinds.shift import ShiftKind
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.record import Record

START = datetime(2026, 3, 3, 8, tzinfo=UTC)  # Tue 3 Mar 2026, 9:00 in Berlin
END = datetime(2026, 3, 5, 16, tzinfo=UTC)  # Thu 5 Mar, 17:00
FACTS = {"shop__margin": "0.9", "firm__state": "NW", "firm__deducts_input_vat": "no"}


def seen() -> Detection:
    """Three days without a line."""
    return detection(outage(START, END))


def found(*records: Record, **facts: str) -> Assessment:
    """The assessment of a practice that charges no VAT."""
    return assess(case(*records, **{**FACTS, **facts}), seen())


def appointment(at: datetime, fate: Fate = Fate.HELD, value: str | None = "100.00", **more: object) -> Unit:
    """One appointment of a book."""
    worth = None if value is None else euros(value)
    where = Locator(str(more.pop("file", "book")), f"row {at:%d %H}")
    return Unit(UnitKind.APPOINTMENT, at, worth, fate=fate, source=where, **more)  # type: ignore[arg-type]


def hour(day: int, at: int = 9) -> datetime:
    """An hour of March 2026."""
    return datetime(2026, 3, day, at, tzinfo=UTC)


BOOK = (
    appointment(hour(3, 9), Fate.LOST),
    appointment(hour(3, 10), Fate.CANCELLED, "80.00"),
    appointment(hour(4, 9), Fate.CAUGHT_UP, later=date(2026, 3, 12)),
    appointment(hour(4, 11), Fate.HELD),
    appointment(hour(5, 9), Fate.LOST, "50.00"),
    appointment(hour(9, 9), Fate.CANCELLED),  # after the outage
)


def test_lost_is_lost_and_caught_up_is_caught_up() -> None:
    """100 + 80 + 50 lost in the outage x 90 %: 207.00; what was caught up on, held, or called off later is not."""
    got = found(*BOOK)
    assert position(got, "lost_units").amount == Range.exact(euros("207.00"))
    assert got.total == Range.exact(euros("207.00")) and not got.sales
    (same,) = (flow for flow in got.flows if flow.id.endswith("caught up"))
    assert same.without == same.actual == Range.exact(euros("90.00"))


def test_vat_comes_off_by_the_rate_that_is_known() -> None:
    """Of the row, else of the channel, else of all takings; where nobody says it, the highest one, and it is asked."""
    gross = appointment(hour(3), Fate.LOST, "119.00", channel="Kurs")
    for got in (
        found(replace(gross, rate=Decimal("0.19")), firm__deducts_input_vat="yes"),
        found(gross, SalesChannel("kurs", vat=Decimal("0.19")), firm__deducts_input_vat="yes"),
        found(gross, shop__vat="0.19", firm__deducts_input_vat="yes"),
        found(replace(gross, gross=False, value=euros("100.00")), firm__deducts_input_vat="yes"),
    ):
        assert position(got, "lost_units").amount == Range.exact(euros("90.00"))
    unsure = found(gross, firm__deducts_input_vat="yes")
    assert position(unsure, "lost_units").amount == Range(euros("90.00"), euros("90.00"), euros("107.10"))
    assert any(gap.head == "lost_units" and "VAT" in gap.text.id for gap in unsure.missing)


def test_margin_and_value_are_of_the_channel() -> None:
    """Two channels with margins of their own; what one unit brings is said once where the list names no amounts."""
    records = (
        appointment(hour(3), Fate.LOST, None, channel="A", count=3),
        appointment(hour(3), Fate.LOST, "100.00", channel="B"),
        SalesChannel("A", margin=Decimal("0.5"), value=euros("40.00")),
        SalesChannel("B", margin=Decimal("0.2")),
    )
    got = found(*records)
    amounts = [one.amount.likely for one in got.positions if one.head == "lost_units"]
    assert sorted(amount.cents for amount in amounts) == [2000, 6000]
    bare = found(*records[:2])
    assert any("what one of them brings" in gap.text.id for gap in bare.missing)


def test_nobody_came_refunds_and_the_usual_loss() -> None:
    """A no-show counts in the high figure only; a refund counts whole; what is lost without an outage too comes off
    the low figure."""
    assert position(found(appointment(hour(3), Fate.ABSENT)), "lost_units").amount == Range(
        euros("0"), euros("0"), euros("90.00")
    )
    refund = found(appointment(hour(3), Fate.REFUNDED, back=euros("40.00")))
    assert position(refund, "lost_units").amount == Range(euros("36.00"), euros("40.00"), euros("40.00"))
    past = [
        appointment(hour(2, 6) - timedelta(n), Fate.LOST if n % 10 == 0 else Fate.HELD) for n in range(40)
    ]
    usual = position(found(*BOOK, *past), "lost_units").amount
    assert usual.likely == euros("207.00") and usual.low < usual.likely


def test_a_substitute_carries_a_share_from_an_hour_on() -> None:
    """It carried all from Wednesday 10:00 on: what is lost later is not owed; half of it, and half is."""
    lost = [appointment(hour(day, at), Fate.LOST) for day in (3, 4, 5) for at in (9, 10, 11, 12)]
    since = hour(4, 10)
    for share, owed in (("1", "450.00"), ("0.5", "765.00"), ("0", "1080.00")):
        said = SalesChannel("", carried=Decimal(share), carried_from=since)
        assert position(found(*lost, said), "lost_units").amount.likely == euros(owed)


def test_a_stay_counts_by_its_nights_and_not_what_was_called_off_before() -> None:
    """Arrival before the outage and departure in it; a cancellation of the week before has another reason."""
    stay = Unit(
        UnitKind.NIGHT, hour(2, 11), euros("300.00"), fate=Fate.CANCELLED, until=hour(4, 11), timed=False
    )
    assert position(found(stay), "lost_units").amount.likely == euros("270.00")
    assert not [
        p for p in found(replace(stay, called_off=date(2026, 2, 20))).positions if p.head == "lost_units"
    ]


@given(st.randoms(use_true_random=False), st.integers(0, len(BOOK)))
def test_order_of_rows_and_two_files_change_nothing(random: Random, cut: int) -> None:
    """The same units in any order, split over two files, or with a part of them in both."""
    whole = found(*BOOK)
    mixed = list(BOOK)
    random.shuffle(mixed)
    halves = [
        replace(u, source=Locator("other", u.source.place)) if n < cut else u
        for n, u in enumerate(mixed)
        if u.source
    ]
    for records in (mixed, halves, [*mixed, *(r for r in halves[:cut])]):
        got = found(*records)
        assert got.total == whole.total
        assert position(got, "lost_units").amount == position(whole, "lost_units").amount


@given(st.integers(0, 6), st.integers(1, 60), st.integers(10, 60))
def test_a_caught_up_unit_and_its_overtime_are_never_both_counted_in_full(
    caught: int, worked: int, rate: int
) -> None:
    """Overtime counts up to the margin of what was caught up on, and that is not claimed besides."""
    units = [appointment(hour(4, 7 + n), Fate.CAUGHT_UP, later=date(2026, 3, 12)) for n in range(caught)]
    late = shift(ShiftKind.OVERTIME, hour(12, 15), worked / 10)
    got = found(appointment(hour(3), Fate.LOST), *units, late, wage(f"{rate}.00"))
    paid = sum(p.amount.likely.cents for p in got.positions if p.head == "overtime")
    lost = sum(p.amount.likely.cents for p in got.positions if p.head == "lost_units")
    assert lost == 9000
    assert paid <= caught * 9000


def takings(days: int, skip: frozenset[date] = frozenset(), file: str = "till") -> list[Unit]:
    """Equal takings of every day but Sunday until the end of March, nothing in the outage."""
    out = []
    for n in range(days):
        day = date(2026, 3, 31) - timedelta(n)
        if day.weekday() == 6 or day in skip or date(2026, 3, 3) <= day <= date(2026, 3, 5):
            continue
        at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        out.append(Unit(UnitKind.TAKINGS, at, euros("500.00"), timed=False, source=Locator(file, f"row {n}")))
    return out


def likely(*records: Record, **facts: str) -> int:
    """The likely lost sales in cents."""
    return position(found(*records, shop__customers_return="no", **facts), "lost_sales").amount.likely.cents


def test_daily_takings_are_worked_out_like_orders() -> None:
    """Three days of 500.00 x 90 %."""
    assert abs(likely(*takings(200)) - 135_000) < 2_000


def test_a_gap_between_two_exports_is_unobserved() -> None:
    """Six weeks that no export covers lower neither the likely nor the cautious figure by more than a little."""
    gap = frozenset(date(2026, 1, 1) + timedelta(n) for n in range(42))
    early = [u for u in takings(200, gap, "first") if u.at.date() < date(2026, 1, 1)]
    late = [u for u in takings(200, gap, "second") if u.at.date() > date(2026, 2, 10)]
    whole = position(found(*takings(200), shop__customers_return="no"), "lost_sales").amount
    parts = position(found(*early, *late, shop__customers_return="no"), "lost_sales").amount
    assert abs(parts.likely.cents - whole.likely.cents) < 1_500
    assert abs(parts.low.cents - whole.low.cents) < 5_000


def test_a_stream_over_two_files_is_the_same_stream() -> None:
    """Split anywhere, also where the outage began: what the outage explains is no gap."""
    whole = likely(*takings(200))
    for cut in (date(2026, 1, 15), date(2026, 3, 2), date(2026, 3, 4)):
        halves = [
            replace(u, source=Locator("b" if u.at.date() > cut else "a", u.source.place))
            for u in takings(200)
            if u.source
        ]
        assert likely(*halves) == whole


def test_no_list_of_the_days_of_the_outage_is_no_loss() -> None:
    """A list that ends a week before and begins a week after says nothing of the days between."""
    away = frozenset(date(2026, 2, 23) + timedelta(n) for n in range(18))
    halves = [
        replace(u, source=Locator("b" if u.at.date() > date(2026, 3, 1) else "a", u.source.place))
        for u in takings(200, away)
        if u.source
    ]
    got = found(*halves)
    assert "damage.unobserved" in codes(got) and not [p for p in got.positions if p.head == "lost_sales"]


def test_an_appointment_book_and_the_till_of_the_same_practice_count_once() -> None:
    """The book knows what became of each, so the till is left out; it is said."""
    days = [date(2026, 3, 2) - timedelta(n) for n in range(40)]
    held = [
        appointment(datetime(d.year, d.month, d.day, 9, tzinfo=UTC), Fate.HELD, f"{100 + 10 * (n % 7)}.00")
        for n, d in enumerate(days)
    ]
    till = [
        Unit(UnitKind.TAKINGS, u.at, u.value, timed=False, source=Locator("till", f"row {n}"))
        for n, u in enumerate(held)
    ]
    got = found(*held, *till, *BOOK)
    assert "damage.same_money" in codes(got) and not got.sales
    assert position(got, "lost_units").amount.likely == euros("207.00")


@pytest.mark.parametrize(("said", "share"), [("0.4", 0.4), ("0.3..0.5", 0.4), ("0.0", 0.0), ("1.0", 1.0)])
def test_the_share_that_comes_later_is_stated(said: str, share: float) -> None:
    """Of 1,350.00 of margin what comes later is not lost; within the range, the days after decide."""
    got = position(found(*takings(200), shop__customers_return=said), "lost_sales").amount
    room = 12_000 if ".." in said else 3_000
    assert abs(got.likely.cents - 135_000 * (1 - share)) < room


def test_a_day_that_a_substitute_carried_from_ten_on_is_not_claimed_whole() -> None:
    """Two whole days and, of ten hours of business, two of the third: (500 + 500 + 100) x 90 %."""
    since = "2026-03-05T10:00:00+01:00"
    got = likely(*takings(200), emergency__works_since=since, emergency__carries_shop="yes")
    assert abs(got - 99_000) < 2_000
    half = SalesChannel("", carried=Decimal("0.5"), carried_from=datetime.fromisoformat(since))
    assert abs(likely(*takings(200), half) - 117_000) < 2_000


def test_rows_in_any_order_give_the_same_takings() -> None:
    """Order of rows, of files, and rows that stand in both change no cent."""
    rows = takings(200)
    mixed = list(rows)
    Random(7).shuffle(mixed)
    again = [replace(u, source=Locator("copy", u.source.place)) for u in rows[:50] if u.source]
    assert likely(*mixed) == likely(*rows) == likely(*again, *mixed)


def test_guests_at_tables_and_the_till_of_the_same_restaurant_count_once() -> None:
    """What a cancelled table would have brought is part of what the till missed."""
    gone = Unit(
        UnitKind.COVER, hour(4, 18), None, fate=Fate.CANCELLED, count=4, source=Locator("tables", "row 2")
    )
    got = found(*takings(200), gone, SalesChannel("", value=euros("30.00")), shop__customers_return="no")
    assert "damage.same_money" in codes(got)
    assert not [one for one in got.positions if one.head == "lost_units"]
    bare = found(*takings(200), gone, shop__customers_return="no")
    assert not [gap for gap in bare.missing if gap.head == "lost_units"]  # nothing waits for what it brings
    alone = found(gone, SalesChannel("", value=euros("30.00")))
    assert position(alone, "lost_units").amount.likely == euros("108.00")


def test_a_closing_on_paper_counts_beside_the_list_of_its_till_once() -> None:
    """Gross or net, of a day or receipt by receipt; one that no list has is of the only till that the lists name."""

    def takings(day: int, value: str, where: Locator, **more: object) -> Unit:
        return Unit(UnitKind.TAKINGS, hour(day, 11), euros(value), timed=False, source=where, **more)  # type: ignore[arg-type]

    paper, rate = Locator("z.pdf", "page 1 at 1,2,3,4"), Decimal("0.19")
    listed = takings(2, "100.00", Locator("list.csv", "row 2"), gross=False, channel="Kasse")
    receipts = [
        takings(6, "59.50", Locator("till.csv", f"row {n}"), number=f"T/1/{n}", channel="T") for n in (1, 2)
    ]
    same = [
        takings(2, "119.00", paper, rate=rate, number="12"),
        takings(6, "119.00", paper, rate=rate, number="13"),
    ]
    other = takings(3, "238.00", paper, rate=rate, number="14")
    assert closings([listed, *receipts, *same]) == [listed, *receipts]
    assert closings([listed, *same[:1], other]) == [listed, replace(other, channel="Kasse")]
    assert closings([*same, other]) == [*same, other]


def asked(*records: Record, **facts: str) -> dict[str, Money]:
    """What is asked of a firm, with the euros between the answers."""
    stated = {"line__country": "DE", "firm__state": "NW", "firm__deducts_input_vat": "yes", **facts}

    def due(more: Mapping[str, str]) -> Range:
        return assess(
            case(*records, **stated, **{k.replace(".", "__"): v for k, v in more.items()}), seen()
        ).total

    return {one.key: one.worth for one in law.questions(case(*records, **stated), seen(), due)}


def test_what_units_bring_is_asked_with_its_euros() -> None:
    """Three lost ones without an amount: 50 or 100 each are 135.00 apart at 90 %; nothing waits once it is said, or
    where each row names its amount."""
    bare = [replace(one, value=None) for one in BOOK]
    assert asked(*bare, shop__margin="0.9")["shop.unit_value"] == euros("135.00")
    for said in ({"shop__margin": "0.9", "shop__unit_value": "60.00"}, {}):
        assert "shop.unit_value" not in asked(*bare, **said)
    assert "shop.unit_value" not in asked(*BOOK, shop__margin="0.9")


def test_a_margin_and_a_rate_of_vat_are_asked_where_something_waits_for_them() -> None:
    """230 net at 30 or 60 %: 69.00 apart; with VAT of 19, 7 or 0 % 230.00 gross are up to 33.05 apart at 90 %."""
    net = [replace(one, gross=False) for one in BOOK]
    assert asked(*net)["shop.margin"] == euros("69.00")
    by_channel = asked(*net, SalesChannel("Termine", margin=Decimal("0.5")))
    assert not {"shop.margin", "shop.vat"} & (asked(*net, shop__margin="0.9").keys() | by_channel.keys())
    assert asked(*BOOK, shop__margin="0.9")["shop.vat"] == euros("33.05")
    assert "shop.vat" not in asked(*BOOK, shop__margin="0.9", firm__deducts_input_vat="no")
