"""Files as strangers have them: no true one shrinks an outage, no false one makes one. What is true of each was
known when it was made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heller import intake
from heller.intake.written import wall_clock
from heller.model.finding import Weight
from heller.model.outage import Detection, OpenEnd, Outage, Strength
from heller.model.record import Blob, DeviceLog, ProbeLog, Reading
from heller.outage import detect

HERE = Path(__file__).parent / "data" / "strangers"
BERLIN = ZoneInfo("Europe/Berlin")
LATE = timedelta(seconds=125)  # how late a router may notice, and its clock


class Told(NamedTuple):
    """What was read from the files, and what it says of the line."""

    readings: list[Reading]
    detection: Detection

    @property
    def codes(self) -> set[str]:
        """The codes of all findings."""
        every = [f for reading in self.readings for f in reading.findings]
        return {finding.code for finding in (*every, *self.detection.findings)}

    @property
    def states(self) -> list[str]:
        """The states in order of time."""
        return [stretch.state for stretch in self.detection.stretches]

    @property
    def only(self) -> Outage:
        """The one outage."""
        (outage,) = self.detection.outages
        return outage


def told(*names: str, until: date | None = None) -> Told:
    """What these files say together."""
    readings = []
    for name in names:
        data = (HERE / name).read_bytes()
        readings.append(intake.read(Blob(name, data, sha256(data).hexdigest(), until), BERLIN))
    return of(readings)


def of(readings: list[Reading]) -> Told:
    """What these readings say together."""
    records = [record for reading in readings for record in reading.records]
    probes = [record for record in records if isinstance(record, ProbeLog)]
    devices = [record for record in records if isinstance(record, DeviceLog)]
    return Told(readings, detect(probes, devices, []))


def berlin(day: int, hour: int, minute: int, second: int = 0, *, month: int = 3, fold: int = 0) -> datetime:
    """An instant of 2026 on Berlin's clock."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=BERLIN, fold=fold).astimezone(UTC)


def holds(outage: Outage, start: datetime, end: datetime, slack: timedelta = timedelta()) -> bool:
    """Whether the true start and end lie within the bounds, and nothing beyond them and the slack is claimed."""
    inside = outage.widest.start <= start <= outage.start.latest + slack
    return inside and outage.end.earliest - slack <= end <= outage.widest.end


def test_the_hour_that_comes_twice_is_told_by_the_order_of_rows() -> None:
    """Down from 02:40 summer time to 02:10 winter time: half an hour, watched all the while."""
    seen = told("r05-dst-autumn.csv")
    assert holds(seen.only, berlin(25, 2, 40, month=10), berlin(25, 2, 10, month=10, fold=1))
    assert timedelta(minutes=28) < seen.only.shortest <= timedelta(minutes=30)
    assert "unobserved" not in seen.states


def test_the_last_lines_of_a_stated_year_are_of_that_year() -> None:
    """With 2026 stated the first of January at the end is that of 2026, not of a year to come."""
    seen = told("r11-newyear.log", until=date(2026, 12, 31))
    end = datetime(2026, 1, 1, 0, 20, 40, tzinfo=BERLIN)
    assert holds(seen.only, datetime(2025, 12, 31, 23, 50, 10, tzinfo=BERLIN), end, LATE)


@pytest.mark.parametrize(
    ("name", "end"),
    [("r12-openwrt-reboot-1970.log", berlin(2, 11, 31, 40)), ("r12c-fritz-1970.txt", berlin(2, 11, 31, 55))],
)
def test_a_clock_that_starts_anew_lies_between_its_neighbours(name: str, end: datetime) -> None:
    """The line came back before the clock was set again: no outage of 1970, none of 44 years."""
    seen = told(name)
    assert holds(seen.only, berlin(2, 10, 0, 10), end, LATE)
    assert seen.only.widest.length < timedelta(hours=2, minutes=10)
    assert "log.clock_unset" in seen.codes


def test_a_session_over_a_line_proves_the_line() -> None:
    """The 'DSL is up' of the last outage is missing, and of the two before: three outages, not one of three days."""
    first, second, third = told("r13h-fritz-no-dsl-up.txt").detection.outages
    lengths = [round(o.shortest / timedelta(hours=1), 1) for o in (first, second, third)]
    assert lengths == [1.5, 1.5, 2.5]


def test_stamps_in_minutes_bound_an_outage_by_minutes() -> None:
    """Eleven probes lost in a row, one in ten seconds: dead between a minute and three."""
    seen = told("r24-no-seconds.csv")
    assert timedelta(seconds=55) <= seen.only.shortest <= timedelta(seconds=110)
    assert timedelta(seconds=110) <= seen.only.widest.length <= timedelta(seconds=185)


def test_one_instant_that_says_both_is_said_and_makes_nothing() -> None:
    """Each second is up and down: no outage, with a warning."""
    seen = told("r27b-contradict.csv")
    assert not seen.detection.outages and "outage.both_at_once" in seen.codes


def test_one_probe_in_two_files_is_one_probe() -> None:
    """The same two lost probes stand in both exports: together they are no outage, and watched all the time."""
    seen = told("r27c-two-lost-a.csv", "r27c-two-lost-b.csv")
    assert not seen.detection.outages and "unobserved" not in seen.states[1:2]
    turned = told("r27c-two-lost-b.csv", "r27c-two-lost-a.csv")
    assert not turned.detection.outages


def test_the_step_of_a_series_is_that_of_the_stretch() -> None:
    """Twelve checks lost at one in ten minutes, then every twenty seconds: down for two hours, watched all along."""
    seen = told("r28b-interval-changed.csv")
    assert timedelta(minutes=109) <= seen.only.shortest <= timedelta(minutes=110)
    assert timedelta(minutes=130) <= seen.only.widest.length <= timedelta(minutes=131)
    assert "unobserved" not in seen.states


def test_an_open_end_has_no_upper_value() -> None:
    """The log ends in the cut: at least 36 seconds, the end is not measured."""
    outage = told("r10-ping-cut.log").only
    assert outage.end == OpenEnd(outage.end.earliest) and outage.longest is None
    assert timedelta(seconds=36) <= outage.shortest <= timedelta(seconds=38)


@given(st.lists(st.integers(0, 86_400), min_size=2, max_size=40), st.integers(0, 40), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_a_block_of_an_unset_clock_stays_between_its_neighbours(steps: list[int], at: int, n: int) -> None:
    """Whatever the lines are: a block that a restarted clock wrote is never placed outside the lines around it."""
    walls = [datetime(2026, 3, 2)]
    for step in steps:
        walls.append(walls[-1] + timedelta(seconds=step))
    place = min(at, len(walls) - 2) + 1
    block = [datetime(1970, 1, 1, 1) + timedelta(seconds=30 * i) for i in range(n)]
    found = wall_clock.clocked([*walls[:place], *block, *walls[place:]], ZoneInfo("UTC"))
    assert found.unset == frozenset(range(place, place + n))
    low, high = walls[place - 1].replace(tzinfo=UTC), walls[place].replace(tzinfo=UTC)
    for moment in found.moments[place : place + n]:
        assert moment is not None
        assert low <= moment[0] and moment[0] + timedelta(seconds=moment[1]) <= max(high, moment[0])


def test_a_stated_year_without_a_29_february_is_refused() -> None:
    """The log has that day, the year that was stated has none: nothing is taken from it."""
    log = (
        b"Feb 28 10:00:00 gw pppd[1]: LCP terminated by peer\n"
        b"Feb 29 11:00:00 gw pppd[1]: local  IP address 198.51.100.7\n"
    )
    reading = intake.read(Blob("x.log", log, "d", date(2026, 12, 31)), BERLIN)
    refused = [f for f in reading.findings if f.code == "log.no_such_day"]
    assert [f.weight for f in refused] == [Weight.REFUSED] and not of([reading]).detection.outages
    leap = intake.read(Blob("x.log", log, "d", date(2024, 12, 31)), BERLIN)
    assert of([leap]).only.start.latest.year == 2024


def test_times_that_the_zone_never_showed_ask_for_another_zone() -> None:
    """Stamps in the hour that summer time skips are kept, and it is asked what the clock was set to."""
    rows = "\n".join(f"2026-03-29 0{1 + m // 60}:{m % 60:02}:00,up,12,1.1.1.1" for m in range(180))
    data = f"time,status,ping,target\n{rows}\n".encode()
    reading = intake.read(Blob("x.csv", data, "d"), BERLIN)
    assert reading.rows_rejected == 0 and "time.wrong_zone" in {f.code for f in reading.findings}


def test_a_step_that_a_time_server_made_moves_the_session_before_it() -> None:
    """The clock ran six hours behind since the start; its step says so, and the outage moves with it."""
    log = "\n".join(
        (
            "Mon Mar  2 04:00:00 2026 kern.notice kernel: [    0.000000] Linux version 5.15.150",
            "Mon Mar  2 04:00:30 2026 daemon.notice netifd: Interface 'wan' is now up",
            "Mon Mar  2 04:10:00 2026 daemon.notice netifd: Interface 'wan' is now down",
            "Mon Mar  2 04:40:00 2026 daemon.notice netifd: Interface 'wan' is now up",
            "Mon Mar  2 10:40:20 2026 daemon.info ntpd: stepped by 21600.5 s",
            "Mon Mar  2 10:41:00 2026 daemon.notice netifd: wan (2301): pppd keepalive",
        )
    )
    data = log.encode()
    seen = of([intake.read(Blob("x.log", data, "d"), BERLIN)])
    assert holds(seen.only, berlin(2, 10, 10), berlin(2, 10, 40), LATE)
    assert "log.clock_stepped" in seen.codes and seen.only.strength is Strength.MEASURED
