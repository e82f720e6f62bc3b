"""The first estimate: five answers, three figures, nothing counted twice, nonsense refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.damage.damage_world import case, detection, euros, exact, invoice, outage, purpose

from heller import damage, law, pipeline
from heller.damage.quick import Answers, dead_days, estimate
from heller.model.amount import Range
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.span import Span

BERLIN = ZoneInfo("Europe/Berlin")
WORKS = law.calendar_of("DE").works
SINCE = datetime(2015, 2, 4, 8, 12, tzinfo=BERLIN)  # a Wednesday
NOW = datetime(2015, 2, 11, 10, 0, tzinfo=BERLIN)
SAID = Answers(SINCE, NOW, Decimal(12), euros("24.50"), euros("4000.00"), Decimal("0.8"), Decimal("0.38"))


def test_worked_by_hand() -> None:
    """M = 4,000 x 80 % x 38 % = 1,216; W = 12 x 8 x 24.50 = 2,352. Cautious 30 % of M; likely 80 % of M and, for the
    20 % that come back, extra hours of 470.40 up to the 243.20 that they save; high M."""
    found = estimate(SAID, BERLIN, WORKS)
    assert found.per_day == Range(euros("364.80"), euros("1216.00"), euros("1216.00"))
    excess = next(line for line in found.working if line.text.id.startswith("of extra hours"))
    assert excess.text.args == {"extra": euros("470.40"), "saved": euros("243.20")}
    assert excess.amount == exact("-227.20")
    assert [found.days.low, found.days.high] == [
        Fraction(4),
        Fraction(8),
    ]  # 5, 6, 9, 10 February; 4 to 11 February
    assert found.days.likely == 4 + 1 - Decimal(12) / 600 + Decimal(2) / 10
    assert found.so_far.low == euros("1459.20")
    assert found.so_far.high == euros("9728.00")
    kept = found.record()
    assert (kept.per_day, kept.so_far, kept.at) == (found.per_day, found.so_far, NOW)


def test_wages_alone_are_no_loss() -> None:
    """Nobody sells over the line: extra hours save no margin, so they count nothing."""
    found = estimate(replace(SAID, share=Decimal(0)), BERLIN, WORKS)
    assert found.per_day == exact("0.00")


def test_cheap_hours_count_whole() -> None:
    """A margin of 1,216 and work of 480 a day: 80 % of the one and 20 % of the other, nothing is left out."""
    found = estimate(replace(SAID, people=Decimal(3), per_hour=euros("20.00")), BERLIN, WORKS)
    assert found.per_day == Range(euros("364.80"), euros("1068.80"), euros("1216.00"))
    assert not any(line.text.id.startswith("of extra hours") for line in found.working)


def test_sales_alone() -> None:
    """Nobody is idle: 30 %, 80 % and all of the margin."""
    found = estimate(replace(SAID, people=Decimal(0)), BERLIN, WORKS)
    assert found.per_day == Range(euros("364.80"), euros("972.80"), euros("1216.00"))
    assert not any("owed anyway" in said.id for said in found.rests_on)


@given(
    st.integers(0, 500),
    st.integers(0, 20_000),
    st.integers(0, 10**9),
    st.decimals(0, 1, places=2),
    st.decimals(0, 1, places=2),
    st.integers(0, 24 * 300),
)
def test_never_more_than_the_margin(
    people: int, hour: int, revenue: int, share: Decimal, margin: Decimal, hours: int
) -> None:
    """However it is answered, no figure of a day is above the margin of the day."""
    said = Answers(
        SINCE, SINCE + timedelta(hours=hours), Decimal(people), Money(hour), Money(revenue), share, margin
    )
    found = estimate(said, BERLIN, WORKS)
    most = (Money(revenue) * (share * margin)).cents
    assert 0 <= found.per_day.low.cents <= found.per_day.high.cents <= most
    assert found.days.low <= found.days.likely <= found.days.high


def test_holidays_and_weekends_are_no_working_days() -> None:
    """Good Friday to Easter Monday 2015: no working day, four days touched."""
    easter = Span(datetime(2015, 4, 3, tzinfo=BERLIN), datetime(2015, 4, 7, tzinfo=BERLIN))
    days = dead_days(easter, BERLIN, WORKS)
    assert [days.low, days.likely, days.high] == [Fraction(0), Fraction(0), Fraction(4)]
    assert dead_days(Span(SINCE, SINCE), BERLIN, WORKS).high == 0


@pytest.mark.parametrize(
    "odd",
    [
        replace(SAID, since=NOW + timedelta(hours=1)),
        replace(SAID, since=NOW - timedelta(days=400)),
        replace(SAID, people=Decimal(-1)),
        replace(SAID, people=Decimal("NaN")),
        replace(SAID, people=Decimal(10**6)),
        replace(SAID, margin=Decimal("1.2")),
        replace(SAID, share=Decimal("NaN")),
        replace(SAID, per_hour=Money(-1)),
        replace(SAID, revenue=Money(-1)),
        replace(SAID, revenue=Money(100, "USD")),
        replace(SAID, revenue=Money(10**15)),
    ],
)
def test_nonsense_is_refused_with_what_to_write(odd: Answers) -> None:
    """In the future, below zero, beyond all measure, another currency, no number."""
    with pytest.raises(InputRefused) as refused:
        estimate(odd, BERLIN, WORKS)
    assert refused.value.do.id


def test_the_cap_that_it_will_meet() -> None:
    """2015: 12,500.00, reached after eleven days of 1,216.00; 2022: another; 2010: not known, nothing shown."""
    _, cap = pipeline.estimate(SAID, BERLIN)
    assert (cap.amount, cap.reached) == (euros("12500.00"), 11)
    assert cap.norm and cap.norm.id == "TKG04-44a-1"
    later = replace(SAID, since=SINCE.replace(year=2022), now=NOW.replace(year=2022))
    newer = pipeline.estimate(later, BERLIN)[1].norm
    assert newer and newer.id == "TKG21-70-1"
    older = replace(SAID, since=SINCE.replace(year=2010), now=NOW.replace(year=2010))
    assert pipeline.estimate(older, BERLIN)[1].amount is None
    nothing = replace(SAID, people=Decimal(0), share=Decimal(0))
    assert pipeline.estimate(nothing, BERLIN)[1].reached is None


def test_later_figures_are_shown_against_it() -> None:
    """Stretched over the outage as it is known now; the present figure lies within it or does not."""
    made = estimate(SAID, BERLIN, WORKS).record()
    spent = case(invoice("R1", "9000.00"), purpose("R1", "hardware"), made)
    seen = detection()
    day = datetime(2015, 6, 30).date()
    (early,) = damage.early_estimates(spent, seen, damage.assess(spent, seen), day)
    # 4 to 18 February: nine working days wholly dead, and parts of two; fifteen days touched.
    assert early.then.low == made.per_day.low * 9
    assert early.then.high == made.per_day.high * 15
    assert early.now == exact("9000.00") and early.holds
    assert damage.early_estimates(spent, seen, damage.assess(spent, seen), datetime(2015, 2, 10).date()) == ()
    little = case(made)
    (early,) = damage.early_estimates(little, Detection(), damage.assess(little, Detection()), day)
    assert early.then == made.so_far and not early.holds
    short = outage(end=datetime(2015, 2, 4, 8, tzinfo=UTC))
    assert damage.early_estimates(little, detection(short), damage.assess(little, detection(short)), day)[
        0
    ].then.low == Money(0)
