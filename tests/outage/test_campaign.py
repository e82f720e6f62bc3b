"""The authority's campaign: what counts, what is missing, what deviates."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heller.model.finding import Locator
from heller.model.kinds.speed_test import MBIT, Promised, SpeedTest
from heller.outage.speed import campaign, promise

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 3, 3, 9, 0, tzinfo=BERLIN)
DAYS = (0, 2, 4)
PROMISED = Promised(down_max=100 * MBIT, down_normal=83 * MBIT, down_min=55 * MBIT)


def day(offset: int, rates: list[float], apart: float = 10.0, width: float = 0.0) -> list[SpeedTest]:
    """Measurements of one day, `apart` minutes from each other, download in Mbit/s."""
    start = (FIRST + timedelta(days=offset)).astimezone(UTC)
    return [
        SpeedTest(
            start + timedelta(minutes=apart * n),
            "test",
            Locator("d", f"row {n}"),
            down=int(rate * MBIT),
            up=40 * MBIT,
            width=width,
        )
        for n, rate in enumerate(rates)
    ]


def three(*rates: list[float]) -> list[SpeedTest]:
    """Three days as the order asks."""
    return [test for offset, own in zip(DAYS, rates, strict=True) for test in day(offset, own)]


def deviations(tests: list[SpeedTest]) -> dict[str, bool | None]:
    """Each criterion of the download."""
    found = campaign.check(tests, PROMISED, BERLIN)
    return {c.letter: c.deviates for c in found.criteria if c.way == "down"}


FAST = [95.0] * 10


def test_a_fast_line_does_not_deviate() -> None:
    """95 of 100, 83 and 55 Mbit/s thirty times: nothing to complain of, by hand."""
    found = campaign.check(three(FAST, FAST, FAST), PROMISED, BERLIN)
    assert found.complete and found.deviates is False and len(found.tests) == 30
    assert {c.letter for c in found.criteria if c.way == "up"} == {"a", "b", "c"}
    assert all(c.deviates is None for c in found.criteria if c.way == "up")


def test_each_criterion_at_its_edge() -> None:
    """(a) two of three days with 90 once suffice; (b) 27 of 30 suffice; (c) two days below 55 deviate."""
    one_day = [90.0, *[84.0] * 9]
    assert deviations(three(one_day, one_day, [84.0] * 10))["a"] is False
    assert deviations(three(one_day, [89.999] * 10, [84.0] * 10))["a"] is True
    slow = [*[95.0] * 9, 82.0]
    assert deviations(three(slow, slow, slow))["b"] is False
    assert deviations(three(slow, slow, [*[95.0] * 8, 82.0, 82.0]))["b"] is True
    under = [*[95.0] * 9, 54.0]
    assert deviations(three(under, FAST, FAST))["c"] is False
    assert deviations(three(under, FAST, under))["c"] is True


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        (day(0, FAST) + day(1, FAST) + day(2, FAST), "no day lies between them"),
        (day(0, FAST) + day(2, FAST) + day(14, FAST), "fifteen days"),
        (day(0, FAST) + day(2, FAST) + day(4, FAST[:9]), "nine on the third day"),
        (day(0, FAST) + day(2, FAST) + day(4, FAST, apart=4.9), "less than five minutes apart"),
        ([], "nothing measured"),
    ],
)
def test_what_is_no_campaign_is_not_judged(tests: list[SpeedTest], why: str) -> None:
    """The formal side comes first: no verdict from too few or too dense measurements."""
    found = campaign.check(tests, PROMISED, BERLIN)
    assert found.missing and found.deviates is None and not found.criteria, why


def test_minutes_may_be_five_minutes_apart() -> None:
    """14:00 and 14:05, each within its minute, count as five minutes apart; 14:00 and 14:03 do not."""
    near = [test for offset in DAYS for test in day(offset, FAST, apart=5, width=60)]
    assert campaign.check(near, PROMISED, BERLIN).complete
    nearer = [test for offset in DAYS for test in day(offset, FAST, apart=3, width=60)]
    assert not campaign.check(nearer, PROMISED, BERLIN).complete


def test_a_day_belongs_to_the_wall_clock() -> None:
    """Ten measurements around midnight UTC are one day in Auckland and two in Berlin."""
    late = [
        SpeedTest(test.at.replace(hour=22) + timedelta(minutes=20 * n), "t", test.source, test.down, test.up)
        for offset in DAYS
        for n, test in enumerate(day(offset, FAST, apart=0))
    ]
    assert not campaign.check(late, PROMISED, BERLIN).complete
    assert campaign.check(late, PROMISED, ZoneInfo("Pacific/Auckland")).complete


def test_findings_say_number_slowest_failures_and_the_doubt() -> None:
    """Thirty tests, one more that failed: each is told, and the pause is shown, not judged."""
    tests = three(FAST, [50.0, *FAST[1:]], [51.0, *FAST[1:]])
    tests.append(SpeedTest(FIRST.astimezone(UTC), "t", Locator("d"), failed="unable to connect"))
    found = {f.code: f for f in promise.findings(tests, BERLIN, PROMISED)}
    assert found.keys() == {"speed.tests", "speed.failed", "speed.deviates", "speed.pause"}
    assert found["speed.pause"].text.args["pause"] == timedelta(minutes=10)
    assert found["speed.failed"].text.args["why"] == "unable to connect"
    assert "minimum" in found["speed.deviates"].text.id
    assert list(promise.findings([], BERLIN)) == []
    known = {f.code for f in promise.findings(tests[:3], BERLIN)}
    assert known == {"speed.tests", "speed.no_campaign"}
