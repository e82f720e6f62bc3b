"""Tables of outages and of single probes, in the writings that offices and monitors use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob

from heller import intake, outage
from heller.intake.tables import outages_and_probes
from heller.intake.written import wall_time
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Strength
from heller.model.record import Reading
from heller.model.span import Bounds

START, END = datetime(2026, 3, 2, 8, 12, 30, tzinfo=UTC), datetime(2026, 3, 2, 10, 40, tzinfo=UTC)


def read(content: str | bytes, name: str = "tabelle.csv") -> Reading:
    """The reading of a table."""
    return intake.read(blob(content.encode() if isinstance(content, str) else content, name), BERLIN)


def codes(reading: Reading) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    "content",
    [
        "Ausfall von;Ausfall bis\n02.03.2026 09:12:30;02.03.2026 11:40:00\n",
        "\ufeffBeginn;Ende;Störung\r\n2026-03-02 09:12:30;2026-03-02 11:40:00;DSL\r\n",
        "start,end,reason\n2026-03-02T08:12:30Z,2026-03-02T10:40:00Z,outage\n",
        "Outage start,Duration (s)\n2026-03-02T09:12:30+01:00,8850\n",
        "Datum;Von;Bis;Dauer;Grund\n02.03.2026;09:12:30;11:40:00;2:27:30;Ausfall Internet\n",
        "Störungsbeginn;Dauer (min)\n02.03.2026 09:12:30;147,5\n",
        "Störungsbeginn\tDauer\n02.03.2026 09:12:30\t2 Std. 27 Min. 30 Sek.\n",
        "Event,Date-Time,Reason,Duration,Duration (in mins.)\n"
        'Down,2026-03-02 09:12:30,Connection Timeout,"2 hrs, 27 mins, 30 secs",147\n'
        'Up,2026-03-02 11:40:00,OK,"5 hrs, 1 mins",301\n',
        "Down since,Up at\n1772439150,1772448000\n",
    ],
)
def test_a_list_of_outages_in_many_writings(content: str) -> None:
    """The same outage, 2 March 2026, 09:12:30 to 11:40 in Berlin: each writing gives its two ends."""
    reading = read(content, "ausfaelle.csv")
    (log,) = reading.records
    assert isinstance(log, DeviceLog) and reading.reader == "outage-list" and not reading.rows_rejected
    assert [(e.at, e.sign) for e in log.events] == [(START, DeviceSign.LINE_DOWN), (END, DeviceSign.LINE_UP)]
    (one,) = outage.detect([], [log], []).outages
    assert one.widest.start <= START <= one.start.latest and one.end.earliest <= END <= one.widest.end
    assert isinstance(one.start, Bounds)
    assert one.strength is Strength.SUSPECTED and one.start.width <= timedelta(seconds=3)


def test_minutes_midnight_open_ends_and_several_lines() -> None:
    """Minutes are a minute wide, a time of day before the start is the next day's, an open end stays open."""
    content = (
        "Anschluss;Datum;Ausfall von;Ausfall bis\n"
        "DSL;02.03.2026;23:50;00:20\nDSL;04.03.2026;08:00;\nKabel;05.03.2026;08:00;08:30\nDSL;31.02.2026;08:00;09:00\n"
    )
    reading = read(content)
    logs = [log for log in reading.records if isinstance(log, DeviceLog)]
    assert [log.device for log in logs] == ["tabelle.csv: DSL", "tabelle.csv: Kabel"]
    assert {event.width for event in logs[0].events} == {60} and len(logs[0].events) == 3
    assert logs[0].events[1].at - logs[0].events[0].at == timedelta(minutes=30)
    assert reading.rows_rejected == 1 and {"outages.unread", "outages.stated", "time.no_zone"} <= codes(
        reading
    )


@pytest.mark.parametrize(
    "content",
    [
        "Ausfall von;Ausfall bis\n09:12;11:40\n",  # no day
        "Ausfall von;Ausfall bis\n03/02/2026 09:12;03/02/2026 11:40\n",  # 3 February or 2 March
        "Ausfall von;Ausfall bis\n02.03.2026 11:40;02.03.2026 09:12\n",  # ends before it begins
        "Ausfall von;Ausfall bis\n",
    ],
)
def test_what_is_not_certain_is_no_outage(content: str) -> None:
    """No day, two readings, ends before starts, no row: a finding each."""
    reading = read(content)
    assert reading.reader == "outage-list" and not reading.records and "outages.nothing" in codes(reading)


@pytest.mark.parametrize(
    ("head", "up", "down"),
    [
        ("timestamp,status", "{t:%Y-%m-%dT%H:%M:%SZ},up", "{t:%Y-%m-%dT%H:%M:%SZ},down"),
        ("Zeit;Erreichbar", "{l:%d.%m.%Y %H:%M:%S};ja", "{l:%d.%m.%Y %H:%M:%S};nein"),
        ("Datum;Uhrzeit;Ping (ms)", "{l:%d.%m.%Y};{l:%H:%M:%S};12,5", "{l:%d.%m.%Y};{l:%H:%M:%S};-"),
        ("date time,epoch,reply", "{l:%Y-%m-%d %H:%M:%S},{s},1", "{l:%Y-%m-%d %H:%M:%S},{s},0"),
        ("time,rtt", "{s},12.5", "{s},timeout"),
        (
            "monitor_id,time,status,ping",
            "1,{t:%Y-%m-%d %H:%M:%S}+00:00,1,12",
            "1,{t:%Y-%m-%d %H:%M:%S}+00:00,0,",
        ),
    ],
)
def test_a_table_of_probes_in_many_writings(head: str, up: str, down: str) -> None:
    """A minute of probes every second, silent from 20 to 39: the same fates from each writing."""
    rows = []
    for n in range(60):
        t = START + timedelta(seconds=n)
        local = t.astimezone(BERLIN)
        rows.append((down if 20 <= n < 40 else up).format(t=t, l=local, s=int(t.timestamp())))
    reading = read("\r\n".join([head, *rows]) + "\r\n")
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and reading.reader == "probe-list" and not reading.rows_rejected
    assert [o.failure is None for o in log.observations] == [True] * 20 + [False] * 20 + [True] * 20
    assert log.observations[0].at == START and log.step == 1.0
    (one,) = outage.detect([log], [], []).outages
    assert one.widest.start <= START + timedelta(seconds=20) <= one.start.latest


def test_pending_and_unknown_words_in_a_table() -> None:
    """Pending and maintenance are neither; a word that nobody knows rejects its row."""
    rows = [
        "time,status",
        "2026-03-02T08:00:00Z,1",
        "2026-03-02T08:01:00Z,2",
        "2026-03-02T08:02:00Z,3",
        "2026-03-02T08:03:00Z,blau",
        "2026-03-02T08:04:00Z,1",
    ]
    reading = read("\n".join(rows))
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and len(log.observations) == 2
    assert {"probes.neither", "probes.unread"} <= codes(reading) and reading.rows_rejected == 1


def test_two_zones_in_one_file_are_told() -> None:
    """Rows with an offset and rows without: read, and said."""
    reading = read(
        "time,status\n2026-03-02T08:00:00Z,1\n2026-03-02 09:01:00,1\n2026-03-02T08:02:00+00:00,0\n"
    )
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and "time.two_zones" in codes(reading)
    assert [o.at.minute for o in log.observations] == [0, 1, 2]


def test_a_clock_that_always_shows_the_same_minute_tells_nothing() -> None:
    """Sixty probes in two hours, all at minute five: no observation, and the reason."""
    rows = [f"2026-03-02 {8 + n // 30:02}:05:{n % 30:02},{int(n < 30)}" for n in range(60)]
    reading = read("time,status\n" + "\n".join(rows))
    assert not reading.records and "time.stuck" in codes(reading)


def test_headings_alone_and_nothing_at_all() -> None:
    """A table of headings, an empty file: refused, no traceback."""
    assert "probes.nothing" in codes(read("timestamp,status\n"))
    assert not read("").records and not read("\ufeff\r\n\r\n").records


def test_a_list_of_hours_is_no_list_of_outages() -> None:
    """Working hours and calls have starts and ends too; they stay what they are."""
    hours = "Datum;Von;Bis;Mitarbeiter;Tätigkeit\n02.03.2026;09:00;11:00;A. Muster;Überstunden\n"
    assert read(hours).reader != "outage-list"
    assert read("Name;Start;Ende;Gehalt\nA;01.01.2020;;3000\n").reader != "outage-list"


@given(st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["iso", "german", "epoch"]))
def test_a_stamp_is_what_the_clock_showed(wall: datetime, form: str) -> None:
    """Written and read again: the same instant, an hour wide where the clock shows it twice, none where never."""
    wall = wall.replace(microsecond=0)
    written = {
        "iso": wall.isoformat(" "),
        "german": f"{wall:%d.%m.%Y %H:%M:%S}",
        "epoch": str(int(wall.replace(tzinfo=UTC).timestamp())),
    }[form]
    found = wall_time.stamp(written, BERLIN)
    if form == "epoch":
        assert found and found.at == wall.replace(tzinfo=UTC)
        return
    both = {wall.replace(tzinfo=BERLIN, fold=fold).astimezone(UTC) for fold in (0, 1)}
    shown = {at for at in both if at.astimezone(BERLIN).replace(tzinfo=None) == wall}
    assert (found is None) == (not shown)
    if found:
        assert shown == {at for at in both if found.at <= at <= found.at + timedelta(seconds=found.width)}


@pytest.mark.parametrize(
    ("raw", "heading", "seconds"),
    [
        ("0:05:30", "Dauer", 330),
        ("5 min", "Dauer", 300),
        ("330", "Dauer (s)", 330),
        ("5,5", "Dauer (min)", 330),
        ("1h 5m", "Duration", 3900),
        ("2 Tage, 1:00:00", "Dauer", 176400),
        ("1.5", "Dauer (h)", 5400),
        ("05:30", "Dauer (min)", 330),
    ],
)
def test_durations(raw: str, heading: str, seconds: int) -> None:
    """Clocks, words, and numbers in the unit of their heading."""
    assert outages_and_probes.duration(raw, heading) == timedelta(seconds=seconds)


def test_a_duration_that_is_none() -> None:
    """Words that are no length."""
    assert (
        outages_and_probes.duration("lange", "Dauer") is None
        and outages_and_probes.duration("", "Dauer") is None
    )
