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
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.speed_test import SpeedTest
from heller.model.outage import Cause, Detection, OpenEnd, Outage, Strength
from heller.model.record import Blob, Reading
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
    """The same two lost probes stand in both exports: together they are no outage, and no gap lies between them."""
    seen = told("r27c-two-lost-a.csv", "r27c-two-lost-b.csv")
    assert not seen.detection.outages and not seen.detection.unobserved
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


def test_times_since_the_start_of_a_computer_are_refused_for_what_they_are() -> None:
    """The lines have times, and they count from no day."""
    (reading,) = told("r01-fping-uptime.log").readings
    assert [f.code for f in reading.findings if f.weight is Weight.REFUSED] == ["fping.since_start"]
    assert not reading.records


def test_answers_that_come_late_are_not_missing() -> None:
    """Thirty answers came half a minute late and out of order: no probe is missing, the line was up, and slow."""
    seen = told("r02-fping-backlog.log")
    (log,) = seen.readings[0].records
    assert isinstance(log, ProbeLog) and "fping.missing" not in seen.codes
    assert len(log.observations) == 200 and not seen.detection.outages
    (slow,) = seen.detection.slow
    assert slow.late == 30 and slow.worst.p95 > 20 > 1 > slow.usual


def test_a_name_that_was_not_resolved_is_no_lost_probe() -> None:
    """No probe was sent for eight minutes: no outage, the time is not watched, and the name layer failed."""
    seen = told("r07b-kuma-dns-alone.db")
    assert not seen.detection.outages and seen.states == ["up", "unobserved", "up"]
    (names,) = seen.detection.degraded
    assert names.cause is Cause.DNS and 6 < names.span.length.total_seconds() / 60 < 9


def test_utf_16_reads_as_its_twin() -> None:
    """The same bytes in UTF-8, in UTF-16 of either kind, with a mark or without: the same probes in the same rows."""
    data = (HERE / "r14b-ping-utf16.log").read_bytes()
    content = data.decode("utf-16")
    twins = [content.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be")]
    first, *others = [intake.read(Blob("ping.log", twin, "d"), BERLIN) for twin in (data, *twins)]
    assert first.reader == "ping" and first.records
    assert all(other.records == first.records and other.rows == first.rows for other in others)


def test_a_suspend_is_not_watched_and_no_other_target_is_spoken_of() -> None:
    """Nine hours of sleep; there is one target only."""
    seen = told("r21-ping-suspend.log")
    assert not seen.detection.outages and "outage.target_alone" not in seen.codes
    (hole,) = seen.detection.unobserved
    assert timedelta(hours=9) <= hole.length < timedelta(hours=9, minutes=1)


def test_a_language_that_is_not_read_is_called_so() -> None:
    """French, with times: the reason is the language, and what to do stands beside it."""
    (reading,) = told("r25-ping-fr.log").readings
    (refused,) = [f for f in reading.findings if f.weight is Weight.REFUSED]
    assert refused.code == "ping.language" and refused.do is not None and "LC_ALL=C" in refused.do.id


def test_a_round_trip_of_nothing_is_asked() -> None:
    """Thirty rows of 0 ms among 12 ms are neither answers nor losses."""
    seen = told("r32b-lost-as.csv")
    assert "probes.zero" in seen.codes and seen.states == ["up", "unobserved", "up"]


def test_who_answered_in_the_targets_name_is_no_proof_of_the_line() -> None:
    """A portal answered for 40 minutes while the one ping was lost: a suspected outage, not a line that is up."""
    seen = told("r33-kuma-captive.db")
    assert seen.only.strength is Strength.SUSPECTED
    assert timedelta(minutes=38) < seen.only.shortest < timedelta(minutes=41)
    assert seen.only.cause in (Cause.REDIRECTED, Cause.UNKNOWN)


def test_two_pings_in_one_file_are_told_apart() -> None:
    """1.1.1.1 was silent for a hundred seconds while the router answered each second."""
    seen = told("r34-ping-interleaved.log")
    targets = {log.target for log in seen.readings[0].records if isinstance(log, ProbeLog)}
    assert targets == {"1.1.1.1", "192.168.178.1"}
    assert timedelta(seconds=97) <= seen.only.shortest <= timedelta(seconds=102)
    assert seen.only.cause is Cause.LINE


DEAD = berlin(2, 10, 0), berlin(2, 11, 30)
MINUTE = timedelta(seconds=65)


@pytest.mark.parametrize(
    "name",
    [
        "02-fritz-cable-de.txt",
        "05-fritz-fallback-lte.txt",
        "19-openwrt-netifd-dhcp-qmi.log",
        "20-mikrotik-ros7.txt",
        "34-ps-testconnection.csv",
        "37-ping-D-noO.txt",
        "40-pingdom.csv",
        "44-zabbix-problems.csv",
        "47-prtg-log.csv",
        "50-checkmk-timeline.csv",
        "52-librenms-eventlog.csv",
        "62-emco.csv",
        "68-ha-history.csv",
        "status-changes.csv",
        "11-speedport-json.json",
        "13-unifi-events.json",
        "26-sophos-xgs.log",
        "46-zabbix-plain.txt",
        "53-netdata.csv",
        "55-grafana-ms.csv",
        "56-influx-annotated.csv",
        "58-pingplotter.csv",
        "59-pingplotter-text.csv",
        "64-kuma-export-heartbeat.json",
        "65-kuma-mariadb.sql",
        "67-telegraf-prom-loss.json",
        "70-starlink-grpc-tools.csv",
    ],
)
def test_dead_from_ten_to_half_past_eleven(name: str) -> None:
    """What each of these logs shows: from 10:00 to 11:30 in Berlin, whatever its maker calls it."""
    outage = told(name).only
    near = timedelta(seconds=150)  # a router's slowness, or a monitor's next check but one
    assert abs(outage.span.start - DEAD[0]) <= near and abs(outage.span.end - DEAD[1]) <= near
    assert outage.widest.start - MINUTE <= DEAD[0] and DEAD[1] <= outage.widest.end + MINUTE


def test_stamps_that_another_program_put_before_ping_need_a_year() -> None:
    """`ping | ts` writes no year: with it stated the probes are placed, without it that is the reason."""
    assert "log.no_year" in told("35-ping-ts.txt").codes
    outage = told("35-ping-ts.txt", until=date(2026, 12, 31)).only
    assert holds(outage, *DEAD, timedelta(seconds=3)) and outage.shortest > timedelta(minutes=89)


def test_times_without_a_day_need_one() -> None:
    """vmPing writes times of day only: refused for that, and read where the file's name has the day."""
    assert "series.no_day" in told("61-vmping.txt").codes
    data = (HERE / "61-vmping.txt").read_bytes()
    outage = of([intake.read(Blob("vmping-2026-03-02.txt", data, "d"), BERLIN)]).only
    assert abs(outage.span.start - DEAD[0]) <= MINUTE and abs(outage.span.end - DEAD[1]) <= MINUTE


def test_times_of_day_over_midnight_are_two_days() -> None:
    """Dead from ten to midnight to ten past: the day in the name is that of the last line."""
    rows = [f"[1.1.1.1] {23 if n < 120 else 0:02}:{(n // 2) % 60:02}:{n % 2 * 30:02} " for n in range(150)]
    said = [row + ("Request timed out" if 100 <= n < 140 else "[12ms]") for n, row in enumerate(rows)]
    for lines in (said, said[::-1]):
        data = "\n".join(lines).encode()
        outage = of([intake.read(Blob("vmping-2026-03-03.txt", data, "d"), BERLIN)]).only
        assert holds(outage, berlin(2, 23, 50), berlin(3, 0, 10), timedelta(seconds=61))


def test_a_table_of_shares_over_weeks_shows_no_outage() -> None:
    """Checkmk's availability says how much, not when."""
    seen = told("49-checkmk-availability.csv")
    assert not seen.detection.outages and "outages.nothing" in seen.codes


def test_windows_ping_is_told_how_to_write_times() -> None:
    """The reason is that it has none; what to do is a line of PowerShell, whose output is read."""
    (refused,) = told("32-win-ping-de.txt").readings[0].findings
    assert (
        refused.code == "ping.no_times" and refused.do is not None and "Get-Date -Format o" in refused.do.id
    )
    rows = [f"2026-03-02T{9 + n // 60:02}:{n % 60:02}:00.1234567+01:00 " for n in range(180)]
    answer, lost = "Antwort von 1.1.1.1: Bytes=32 Zeit=12ms TTL=57", "Zeitüberschreitung der Anforderung."
    data = "\r\n".join(row + (lost if 60 <= n < 150 else answer) for n, row in enumerate(rows)).encode(
        "utf-16"
    )
    outage = of([intake.read(Blob("ping.txt", data, "d"), BERLIN)]).only
    assert holds(outage, *DEAD, timedelta(minutes=1, seconds=1))


def test_a_network_that_was_cut_off_is_no_line() -> None:
    """IODA speaks of a provider's whole network, in rounds of ten minutes: suspected, within those, and said."""
    seen = told("79-ioda-events.json")
    assert seen.only.strength is Strength.SUSPECTED and "ioda.whole_network" in seen.codes
    assert seen.only.widest.start <= DEAD[0] <= seen.only.span.start <= DEAD[0] + timedelta(minutes=10)


def test_a_cell_without_a_value_is_said_to_count_as_lost() -> None:
    """Both of Grafana's series are empty at the same time: one witness, and a doubt."""
    seen = told("55-grafana-ms.csv")
    assert "series.blank" in seen.codes and seen.only.strength is Strength.SUSPECTED


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (("03/02/2026", "AM"), "time.month_first"),
        (("13/02/2026", ""), ""),
        (("03/02/2026", ""), "time.two_days"),
    ],
)
def test_days_with_slashes_are_read_in_the_order_that_something_tells(
    days: tuple[str, str], code: str
) -> None:
    """A clock of twelve hours has the month first, and it is said; a day over 12 tells it by itself; else: asked."""
    day, half = days
    rows = "\n".join(
        f"{day} 10:{n:02}:00 {half}".strip() + f",{'*' if 20 <= n < 40 else 12}" for n in range(60)
    )
    reading = intake.read(Blob("x.csv", f"Time,1.1.1.1\n{rows}\n".encode(), "d"), BERLIN)
    found = {f.code for f in reading.findings}
    assert (code in found) if code else not found & {"time.month_first", "time.two_days"}
    assert bool(reading.records) is (code != "time.two_days")


def test_a_list_in_utc_without_saying_so_asks_for_its_zone() -> None:
    """Its times are taken in Berlin's zone, and it is asked."""
    seen = told("38-uptimerobot.csv")
    assert timedelta(minutes=89) < seen.only.shortest <= timedelta(minutes=90)
    assert "time.no_zone" in seen.codes


def test_a_share_that_was_lost_in_each_step_is_no_list_of_outages() -> None:
    """PRTG's historic data: two steps lost whole, up before and after."""
    seen = told("prtg-mini.csv")
    assert seen.readings[0].reader == "grid-list" and not seen.readings[0].rows_rejected
    assert holds(seen.only, berlin(2, 10, 0), berlin(2, 10, 2), timedelta(minutes=1, seconds=2))
    assert seen.states == ["up", "down", "up"]


def test_two_hourly_losses_are_neither_up_nor_down() -> None:
    """Between the answers of 8 and 11 o'clock two probes were lost: an hour at least is not known."""
    seen = told("two-lost-hourly.csv")
    assert not seen.detection.outages and seen.states == ["unobserved"]
    assert "outage.neither" in seen.codes


def test_a_witness_counts_all_probes_of_the_outage() -> None:
    """Three of three were lost, the first and the last among them."""
    outage = told("two-timeouts-hourly.csv").only
    assert outage.witnesses[0].saw.args == {"lost": 3, "sent": 3}


@pytest.mark.parametrize(
    ("name", "down"),
    [
        ("73-speedtest-tracker.csv", [34_000_000, None, 33_920_000]),
        ("74-librespeed.csv", [31_020_000]),
        ("71-breitbandmessung-desktop.csv", [31_020_000, 12_400_000]),
    ],
)
def test_speed_tests_are_no_probes(name: str, down: list[int | None]) -> None:
    """A download and an upload in each row: speed tests, a failed one among them, and no probe of anything."""
    (reading,) = told(name).readings
    tests = [record for record in reading.records if isinstance(record, SpeedTest)]
    assert [test.down for test in tests] == down and len(reading.records) == len(tests)
    assert [bool(test.failed) for test in tests] == [rate is None for rate in down]


def test_the_failed_test_was_at_ten_in_berlin() -> None:
    """Speedtest-tracker writes UTC."""
    (reading,) = told("73-speedtest-tracker.csv").readings
    (failed,) = [r for r in reading.records if isinstance(r, SpeedTest) and r.failed]
    assert failed.at == berlin(2, 10, 0)


def test_a_day_that_reads_two_ways_is_said_to() -> None:
    """02/03/2026 is the reason, not a missing day."""
    seen = told("41-statuscake.csv")
    assert "time.two_days" in seen.codes and not seen.detection.outages


def test_flips_with_an_old_and_a_new_state_are_changes() -> None:
    """Healthchecks: down at 9:05, up at 10:31, UTC."""
    outage = told("43-healthchecks.csv").only
    start, end = datetime(2026, 3, 2, 9, 5, tzinfo=UTC), datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
    assert holds(outage, start, end, MINUTE)


def test_what_may_be_probes_or_changes_is_asked() -> None:
    """Up and down in turn at even distances: an answer each hour, or an hour each? Nothing is made of it."""
    rows = "\n".join(f"2026-03-02 {hour:02}:00:00;{('up', 'down')[hour % 2]}" for hour in range(8, 16))
    reading = intake.read(Blob("x.csv", f"Zeit;Status\n{rows}\n".encode(), "d"), BERLIN)
    assert {f.code for f in reading.findings} == {"table.two_kinds"} and not reading.records


@pytest.mark.parametrize(
    "name",
    [
        "01-fritz-en-dsl.txt",
        "04-fritz-fiber-de.txt",
        "07-fritz-webui-paste.txt",
        "08-fritz-json-query.json",
        "10-speedport-smart.txt",
    ],
)
def test_the_wordings_and_forms_of_a_box(name: str) -> None:
    """English, fibre, copied from the page, the page's JSON, a Speedport's: the same hour and a half."""
    assert holds(told(name).only, *DEAD, LATE)


def test_a_message_that_no_row_knows_is_taken_by_its_plain_sense() -> None:
    """The router says that the line was cut, in new words: a suspicion, with the words quoted as a warning."""
    seen = told("fritz-unknown-line.txt")
    (doubt,) = [f for f in seen.readings[0].findings if f.code == "log.plain_words"]
    assert "unterbrochen" in str(doubt.text.args["message"]) and doubt.weight is Weight.WARNING
    assert seen.only.strength is Strength.SUSPECTED and abs(seen.only.span.start - DEAD[0]) < MINUTE


@pytest.mark.parametrize(
    "line",
    [
        "<134>2026-03-02T10:00:00+01:00 gw dslmodem: VDSL2 resync begins, Leitung gestört",
        "Mon Mar  2 10:00:00 2026 daemon.notice newdaemon: wan uplink test failed, carrier alarm",
    ],
)
def test_a_device_without_a_known_message_is_not_understood(line: str) -> None:
    """Never 'says nothing about the line', never 'no outage'."""
    reading = intake.read(Blob("x.log", f"{line}\n{line}\n".encode(), "d"), BERLIN)
    refused = [f for f in reading.findings if f.weight is Weight.REFUSED]
    assert [f.code for f in refused] == ["log.not_understood"] and refused[0].do is not None


def test_one_family_dead_is_half_the_line() -> None:
    """IPv6 was silent for half an hour while IPv4 answered: no outage, no line that carried badly, half the line."""
    seen = told("r31-ipv6-down.csv")
    assert not seen.detection.outages and not seen.detection.degraded
    (half,) = seen.detection.halves
    assert half.family.value == "IPv6" and timedelta(minutes=28) < half.span.length < timedelta(minutes=31)
    assert seen.states == ["up", "half", "up"]


@pytest.mark.parametrize(
    "name",
    [
        "14-unifi-syslog.log",
        "16-opnsense-25-monitor.log",
        "17-opnsense-gui-export.tsv",
        "22-cisco-asa-ftd.log",
        "23-cisco-ios-track.log",
        "25-draytek-syslog.log",
        "28-edgeos-wlb.log",
        "29-asuswrt.log",
        "31-juniper-srx-rpm.log",
    ],
)
def test_words_of_makers_that_are_rows(name: str) -> None:
    """From 10:00 to 11:30, with the year of the last line stated where the log writes none."""
    outage = told(name, until=date(2026, 12, 31)).only
    near = timedelta(seconds=185)  # dpinger judges a whole minute, and a router may be slow
    assert abs(outage.span.start - DEAD[0]) <= near and abs(outage.span.end - DEAD[1]) <= near
    assert outage.widest.start <= DEAD[0] + MINUTE and DEAD[1] - MINUTE <= outage.widest.end


LOGS = (
    "01-fritz-en-dsl.txt",
    "02-fritz-cable-de.txt",
    "r13h-fritz-no-dsl-up.txt",
    "19-openwrt-netifd-dhcp-qmi.log",
    "20-mikrotik-ros7.txt",
    "22-cisco-asa-ftd.log",
    "34-ps-testconnection.csv",
    "37-ping-D-noO.txt",
    "62-emco.csv",
    "r28b-interval-changed.csv",
    "status-changes.csv",
    "26-sophos-xgs.log",
    "46-zabbix-plain.txt",
    "53-netdata.csv",
    "58-pingplotter.csv",
    "59-pingplotter-text.csv",
    "70-starlink-grpc-tools.csv",
)


def _twisted(rows: list[str], how: str) -> list[list[str]]:
    """The rows of a log as they may come to us, in one file or two."""
    middle = len(rows) // 2
    match how:
        case "doubled":
            return [[row for row in rows for _ in (0, 1)]]
        case "turned":
            return [rows[::-1]]
        case "a line in the middle":
            return [[*rows[:middle], "@@ not understood ;;; ###", *rows[middle:]]]
        case "cut in two":
            return [rows[:middle], rows[middle:]]
        case _:
            return [rows]


@pytest.mark.parametrize("how", ["doubled", "turned", "a line in the middle", "cut in two", "utf-16"])
@pytest.mark.parametrize("name", LOGS)
def test_a_log_says_the_same_however_it_comes(name: str, how: str) -> None:
    """Doubled, turned round, cut in two, with a line that nobody understands, in UTF-16: the same outages."""
    if "ping" in name and how == "turned":
        pytest.skip("a ping counts its probes forwards")
    if "status" in name and how == "cut in two":
        pytest.skip("two rows that both say 'up' may be probes: asked")
    data = (HERE / name).read_bytes()
    content = data.decode("utf-16") if data[:2] == b"\xff\xfe" else data.decode()
    rows = content.rstrip("\r\n").split("\r\n" if "\r\n" in content else "\n")
    heads = 1 if name.endswith(".csv") else 3 if "mikrotik" in name else 0
    files = ["\n".join([*rows[:heads], *part]) + "\n" for part in _twisted(rows[heads:], how)]
    encoding = "utf-16" if how == "utf-16" else "utf-8"
    made = [file.encode(encoding) for file in files]
    readings = [
        intake.read(Blob(f"{n}-{name}", one, sha256(one).hexdigest()), BERLIN) for n, one in enumerate(made)
    ]
    outages, same = told(name).detection.outages, of(readings).detection.outages
    assert len(outages) == len(same) > 0
    for one, other in zip(outages, same, strict=True):
        assert abs(one.span.start - other.span.start) <= timedelta(seconds=3)
        assert abs(one.span.end - other.span.end) <= timedelta(seconds=3)
