"""Series of other monitors: Prometheus, SmokePing, fping, RIPE Atlas; and lists of hops, which have no times."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob

from heller import intake, outage
from heller.intake.monitors import fping_lines as in_columns
from heller.intake.readers import fping
from heller.model.finding import Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "logs"
ZERO = 1_772_445_600.0  # 2 March 2026, 10:00 UTC


def read(data: bytes | str | Any, name: str = "file.json") -> Reading:
    """The reading of bytes, of text, or of a value as JSON."""
    if not isinstance(data, bytes | str):
        data = json.dumps(data)
    return intake.read(blob(data.encode() if isinstance(data, str) else data, name), BERLIN)


def sample(name: str) -> Reading:
    """The reading of a file of third parties."""
    return intake.read(blob((DATA / name).read_bytes(), name), BERLIN)


def logs(reading: Reading) -> list[ProbeLog]:
    """The probe logs of a reading."""
    return [record for record in reading.records if isinstance(record, ProbeLog)]


def codes(reading: Reading) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in reading.findings}


def seconds(found: ProbeLog) -> list[tuple[float, bool]]:
    """Seconds after ZERO and whether it was answered."""
    return [(round(o.at.timestamp() - ZERO, 3), o.failure is None) for o in found.observations]


def series(values: Sequence[Sequence[object]], **labels: str) -> dict[str, object]:
    """One series as Prometheus gives it."""
    return {
        "metric": {"__name__": "probe_success", "instance": "https://www.example.com", **labels},
        "values": values,
    }


UP_DOWN = [[ZERO + 15 * n, "0" if 20 <= n < 40 else "1"] for n in range(60)]


@pytest.mark.parametrize("wrapped", [False, True])
def test_prometheus_in_both_wrappings(wrapped: bool) -> None:
    """The same series alone and inside data.result: each value was scraped within the step before it."""
    whole: Any = [series(UP_DOWN)]
    if wrapped:
        whole = {"status": "success", "data": {"resultType": "matrix", "result": whole}}
    reading = read(whole)
    (found,) = logs(reading)
    assert (reading.reader, found.target, found.step) == ("prometheus", "www.example.com", 15.0)
    assert seconds(found)[19:21] == [(15 * 18, True), (15 * 19, False)]
    assert {o.width for o in found.observations} == {15.0}
    (one,) = outage.detect([found], [], []).outages
    assert one.widest.start.timestamp() <= ZERO + 15 * 19 and one.widest.end.timestamp() >= ZERO + 15 * 38
    assert "prometheus.grid" in codes(reading)


def test_prometheus_gaps_are_gaps() -> None:
    """NaN and missing scrapes are neither up nor down, in whatever order they come."""
    values = [v if n % 50 not in (3, 4) else [v[0], "NaN"] for n, v in enumerate(UP_DOWN[:20])]
    values += UP_DOWN[45:]
    reading = read([series(values)])
    (found,) = logs(reading)
    assert len(found.observations) == 20 - 2 + 15 and reading.rows_rejected == 2
    detection = outage.detect([found], [], [])
    assert not detection.outages and sum(s.seconds for s in detection.unobserved) > 300


def test_prometheus_takes_the_time_of_an_answer_and_leaves_other_series() -> None:
    """The duration beside a success is its round trip; a temperature says nothing about a line."""
    took = [[t, "0.25"] for t, _ in UP_DOWN]
    other = {
        "metric": {"__name__": "node_temp", "instance": "a.example"},
        "values": [[ZERO, "21.5"], [ZERO + 15, "22"]],
    }
    reading = read([series(UP_DOWN), series(took, __name__="probe_duration_seconds"), other])
    (found,) = logs(reading)
    assert {o.rtt for o in found.observations if not o.failure} == {0.25}
    assert "prometheus.other_series" in codes(reading)
    alone = read([other])
    assert [f.weight for f in alone.findings if f.code == "prometheus.nothing"] == [Weight.REFUSED]
    instant = {
        "status": "success",
        "data": {"resultType": "vector", "result": [{"metric": {"__name__": "up"}, "value": [ZERO, "1"]}]},
    }
    assert "prometheus.nothing" in codes(read(instant))


def test_the_series_of_third_parties() -> None:
    """A real excerpt: every 20 seconds, all of it with a target."""
    reading = sample("prometheus-up.json")
    found = logs(reading)
    assert found and all(log.step == 20.0 and "." in log.target for log in found)
    assert sum(len(log.observations) for log in found) == reading.rows - reading.rows_rejected > 100


def test_smokeping_says_the_same_by_fetch_and_by_xport() -> None:
    """Down for five whole steps, stamped at their end; a fraction at each edge, where something answered."""
    both = [logs(sample(name))[0] for name in ("smokeping-fetch.txt", "smokeping-xport.json")]
    steps = [{o.at: o.failure for o in found.observations} for found in both]
    shared = steps[0].keys() & steps[1].keys()
    assert len(shared) > 20 and all(steps[0][at] == steps[1][at] for at in shared)
    for found in both:
        lost = sorted({o.at.timestamp() for o in found.observations if o.failure})
        assert lost == [1447551600 + 300 * n for n in range(5)] and found.step == 300
        (last,) = [o for o in found.observations if o.at.timestamp() == 1447553100]
        assert last.failure is None and last.width == 600  # the poll of this step came up to a step later
        (one,) = outage.detect([found], [], []).outages
        assert one.widest.start.timestamp() <= 1447551600 <= one.start.latest.timestamp()


def test_smokeping_without_values_was_not_watched() -> None:
    """Rows that are all unknown are a gap; loss in percent is told from its size; XML reads the same."""
    good: list[float | None] = [0.0, 0.02]
    unknown: list[float | None] = [None, None]
    dead: list[float | None] = [100.0, None]
    rows = [good] * 10 + [unknown] * 5 + [dead] * 5 + [good] * 10
    meta = {"start": int(ZERO), "end": int(ZERO) + 9000, "step": 300, "legend": ["loss", "median"]}
    reading = read({"about": "RRDtool graph JSON output", "meta": meta, "data": rows}, "203.0.113.9.json")
    (found,) = logs(reading)
    assert found.target == "203.0.113.9" and {"smokeping.gaps", "smokeping.pings"} <= codes(reading)
    assert seconds(found)[0] == (-300, True) and len({at for at, _ in seconds(found)}) == 25
    cells = "".join(
        "<row><t>"
        + str(int(ZERO) + 300 * n)
        + "</t>"
        + "".join(f"<v>{'NaN' if v is None else v}</v>" for v in row)
        + "</row>\n"
        for n, row in enumerate(rows)
    )
    xml = (
        f"<?xml version='1.0'?>\n<xport>\n<meta><start>{int(ZERO)}</start><step>300</step>"
        f"<legend><entry>loss</entry><entry>median</entry></legend></meta>\n<data>\n{cells}</data></xport>"
    )
    assert seconds(logs(read(xml, "203.0.113.9.xml"))[0]) == seconds(found)


def test_the_database_of_smokeping_is_refused_with_the_way_out() -> None:
    """It is in the byte order of its computer: exported there, it can be read."""
    reading = sample("smokeping.rrd")
    (finding,) = reading.findings
    assert finding.weight is Weight.REFUSED and finding.do and "rrdtool xport" in finding.do.id


@pytest.mark.skipif(not shutil.which("rrdtool"), reason="rrdtool is not installed")
def test_a_fresh_database_is_exported_as_it_is_read(tmp_path: Path) -> None:
    """Made, filled and exported by rrdtool itself: the lost polls lie in the steps that are down."""
    path, zero = tmp_path / "t.rrd", int(ZERO)
    run = ["rrdtool", "create", str(path), "--start", str(zero - 300), "--step", "300"]
    subprocess.run(
        [*run, "DS:loss:GAUGE:600:0:20", "DS:median:GAUGE:600:0:180", "RRA:AVERAGE:0.5:1:100"], check=True
    )
    for n in range(20):
        value = "20:U" if 8 <= n < 13 else "0:0.01"
        subprocess.run(["rrdtool", "update", str(path), f"{zero + 300 * n + 100}:{value}"], check=True)
    out = subprocess.run(
        ["rrdtool", "xport", "--json", "--start", str(zero), "--end", str(zero + 6000),
         f"DEF:l={path}:loss:AVERAGE", f"DEF:m={path}:median:AVERAGE", "XPORT:l:loss", "XPORT:m:median"],
        check=True, capture_output=True,
    )  # fmt: skip
    (one,) = outage.detect(logs(read(out.stdout, "t.rrd.json")), [], []).outages
    assert (
        one.widest.start.timestamp() <= zero + 300 * 8 + 100
        and one.widest.end.timestamp() >= zero + 300 * 13 + 100
    )


def fping_lines(period: float = 1.0, limit: float = 0.5) -> str:
    """A target that is silent for ten seconds, as fping prints it."""
    rows = []
    for n in range(40):
        sent = ZERO + n * period
        if 15 <= n < 25:
            rows.append(f"[{sent + limit:.5f}] 203.0.113.1 : [{n}], timed out (20.0 avg, 1% loss)")
        else:
            rows.append(f"[{sent + 0.02:.5f}] 203.0.113.1 : [{n}], 64 bytes, 20.0 ms (20.0 avg, 0% loss)")
    return "\n".join(rows) + "\n"


def test_fping_stamps_the_printing() -> None:
    """An answer was sent its round trip earlier, a loss in its turn, whatever the time limit was."""
    for limit in (0.5, 0.9):
        (found,) = logs(read(fping_lines(limit=limit), "fping.log"))
        assert found.step == 1.0
        assert [(round(at, 2), up) for at, up in seconds(found)] == [(n, not 15 <= n < 25) for n in range(40)]
    reading = read(fping_lines().replace("[3], ", "[7], ", 1), "fping.log")
    assert "fping.missing" in codes(reading)


def test_fping_as_json_says_the_same() -> None:
    """The lines of -J with a time stamp; summaries alone have none and are refused."""
    lines = []
    for row in fping_lines().splitlines():
        stamp, n = float(row[1:].split("]")[0]), int(row.split(": [")[1].split("]")[0])
        one = {"timestamp": f"{stamp:.5f}", "host": "203.0.113.1", "seq": n, "rtt": 20.0}
        lines.append(json.dumps({"timeout" if "timed out" in row else "resp": one}))
    assert seconds(logs(read("\n".join(lines), "f.json"))[0]) == seconds(logs(read(fping_lines(), "f"))[0])
    for summary in ('{"vSum": {"host": "127.0.0.1", "values": [0.062]}}', "127.0.0.1 : 0.04 0.05 -"):
        reading = read(summary, "f")
        assert reading.reader == "fping" and codes(reading) == {"fping.no_times"} and not reading.records


@pytest.mark.skipif(not shutil.which("fping"), reason="fping is not installed")
def test_fping_on_loopback() -> None:
    """The program itself: the times of sending lie within the run, a fifth of a second apart."""
    before = time.time()
    with subprocess.Popen(
        ["fping", "-D", "-l", "-p", "200", "127.0.0.1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        time.sleep(1.5)
        run.terminate()
        out, _ = run.communicate()
    (found,) = logs(read(out, "fping.log"))
    at = [o.at.timestamp() for o in found.observations]
    assert len(at) > 3 and before - 0.1 <= at[0] <= at[-1] <= time.time()
    assert found.step == pytest.approx(0.2, abs=0.05) and all(o.failure is None for o in found.observations)


@pytest.mark.parametrize("name", ["mtr-router-then-silence.json", "centos-7.7_traceroute.out"])
def test_a_list_of_hops_is_no_outage(name: str) -> None:
    """No times inside: refused with the reason and what would help."""
    reading = sample(name)
    assert reading.reader == "route" and not reading.records
    assert [f.weight for f in reading.findings if f.code == "route.no_times"] == [Weight.REFUSED]


@pytest.mark.parametrize(
    "said",
    [
        "Start: 2026-03-02T10:00:00+0100\nHOST: buero      Loss%   Snt   Last   Avg\n  1.|-- fritz.box 0.0% 3 0.5\n",
        "\r\nRoutenverfolgung zu dns.google [8.8.8.8]\r\nüber maximal 30 Hops:\r\n\r\n  1    <1 ms  fritz.box",
        '{"report": {"mtr": {"src": "a", "dst": "203.0.113.1"}, "hubs": []}}',
    ],
)
def test_hops_of_other_programs_are_refused_too(said: str) -> None:
    """mtr's table, Windows in German, and mtr without any hop."""
    reading = read(said.encode("cp1252"), "weg.txt")
    assert reading.reader == "route" and not reading.records and "route.no_times" in codes(reading)


def atlas(n: int, **other: object) -> dict[str, object]:
    """A result of RIPE Atlas, every four minutes."""
    base: dict[str, object] = {
        "fw": 5080, "type": "ping", "msm_id": 1001, "prb_id": 42, "timestamp": int(ZERO) + 240 * n, "lts": 20,
        "dst_addr": "203.0.113.1", "sent": 3, "rcvd": 3, "min": 11.0, "avg": 12.0, "max": 13.0, "step": 240,
        "result": [{"rtt": 12.0}, {"rtt": 11.0}, {"x": "*"}],
    }  # fmt: skip
    return base | other


GONE = {"rcvd": 0, "min": -1, "avg": -1, "max": -1, "result": [{"x": "*"}] * 3}


def test_atlas_as_list_and_as_lines() -> None:
    """Three results without any answer are nine lost probes; the clock is bounded by its last setting."""
    results = [atlas(n, **(GONE if 5 <= n < 8 else {})) for n in range(12)]
    as_lines = "\n".join(json.dumps(one) for one in results)
    for data in (results, as_lines):
        reading = read(data)
        (found,) = logs(reading)
        assert (reading.reader, found.target, found.step) == ("ripe-atlas", "203.0.113.1", 240)
        assert sum(o.failure is Failure.TIMEOUT for o in found.observations) == 9
        assert found.observations[0].rtt == pytest.approx(0.011) and 1.0 <= found.uncertainty < 1.1
        (one,) = outage.detect([found], [], []).outages
        assert one.start.latest.timestamp() >= ZERO + 240 * 5 >= one.widest.start.timestamp()


def test_atlas_doubts_are_said() -> None:
    """A clock that was never set, several Atlas probes, errors of the own host, other measurements."""
    results = [
        atlas(0, lts=-1),
        atlas(1, prb_id=43),
        atlas(2, rcvd=0, result=[{"error": "connect failed"}]),
        atlas(3, type="dns"),
    ]
    reading = read(results)
    assert {"atlas.clock_unknown", "atlas.several_probes", "atlas.other"} <= codes(reading)
    mine = next(log for log in logs(reading) if len(log.observations) == 2)
    assert mine.uncertainty > 60 and mine.observations[1].failure is Failure.LOCAL


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789 ;,.:\n\t-#äöü", max_size=200), st.integers(0, 3))
def test_a_tail_of_rubbish_costs_a_finding(tail: str, kind: int) -> None:
    """What was whole is still read; the rest is told."""
    whole = [
        json.dumps([series(UP_DOWN)]),
        fping_lines(),
        json.dumps([atlas(n) for n in range(4)]),
        json.dumps(atlas(1)),
    ][kind]
    reading = read(whole + "\n" + tail, "f")
    assert "reader-broke" not in codes(reading) and reading.title
    assert datetime(2026, 3, 2, tzinfo=UTC) <= min(o.at for log in logs(reading) for o in log.observations)


def test_fping_in_columns_says_what_it_says_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two targets, one of them lost for a while, gaps, a line that nobody knows: the same probes, rows and doubts."""
    rows, zero = [], 1772442000
    for n in range(400):
        lost = 100 <= n < 180 or n == 300
        said = (
            f"64 bytes, {9 + n % 7}.{n % 10} ms (10.2 avg)" if not lost else "timed out (10.2 avg, 0% loss)"
        )
        if n not in (50, 51, 170):
            rows.append(f"[{zero + n + (0.5 if lost else 0.01):.5f}] 192.0.2.1 : [{n}], {said}")
        rows.append(f"[{zero + n}.30000] 198.51.100.1 : [{n}], 64 bytes, 12 ms (12.0 avg, 0% loss)")
    rows[77] = "what is this"
    log = blob("\n".join(rows).encode())
    by_line = fping.read(log, BERLIN)
    monkeypatch.setattr(in_columns, "LONG", 0)
    assert in_columns.read(log, fping._LINE, fping._OTHER) is not None
    assert fping.read(log, BERLIN) == by_line and len(by_line.records) == 2
