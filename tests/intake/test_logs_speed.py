"""Speed tests of five programs: bits and bytes, the time of each test, and tests that failed."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.intake.monitors import breitbandmessung
from heller.model.finding import Weight
from heller.model.kinds.speed_test import MBIT, SpeedTest
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "logs"


def read(data: bytes | str | Any, name: str = "file.json") -> Reading:
    """The reading of bytes, of text, or of a value as JSON."""
    if not isinstance(data, bytes | str):
        data = json.dumps(data)
    return intake.read(blob(data.encode() if isinstance(data, str) else data, name), BERLIN)


def speeds_in(reading: Reading) -> list[SpeedTest]:
    """The speed tests of a reading."""
    return [record for record in reading.records if isinstance(record, SpeedTest)]


def codes(reading: Reading) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in reading.findings}


def at(said: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(said).astimezone(UTC)


def test_iperf3_of_third_parties_is_an_upload() -> None:
    """The computer sent for 13 seconds: what arrived is the upload; its server stands inside."""
    reading = intake.read(blob((DATA / "iperf-3.0.11.json").read_bytes(), "iperf.json"), BERLIN)
    (found,) = speeds_in(reading)
    raw = json.loads((DATA / "iperf-3.0.11.json").read_text())
    assert found.up == round(raw["end"]["sum_received"]["bits_per_second"]) and found.down is None
    assert found.at == at("2017-06-28T15:31:28+00:00") and found.server == "192.168.0.188"
    assert "speed.inside" in codes(reading)
    raw["start"]["test_start"]["reverse"] = 1
    assert speeds_in(read(raw))[0].down == found.up


def test_iperf3_that_failed_is_a_record_with_a_reason() -> None:
    """With a time it is a failed test, without one a finding; two reports may follow each other."""
    start = {
        "version": "iperf 3.12",
        "timestamp": {"timesecs": 1772445600},
        "connecting_to": {"host": "203.0.113.9"},
    }
    failed = {
        "start": start,
        "intervals": [],
        "end": {},
        "error": "unable to connect to server: Connection timed out",
    }
    reading = read(json.dumps(failed, indent=1) + "\n" + json.dumps(failed))
    assert [t.failed[:17] for t in speeds_in(reading)] == [
        "unable to connect"
    ] * 2 and not reading.rows_rejected
    reading = read({"start": {"version": "iperf 3.12"}, "end": {}, "error": "no route"})
    assert not reading.records and codes(reading) == {"iperf3.no_time"}


@pytest.mark.skipif(not shutil.which("iperf3"), reason="iperf3 is not installed")
@pytest.mark.parametrize("way", ["up", "down"])
def test_iperf3_on_loopback(way: str) -> None:
    """The program itself, a quarter of a second at 20 Mbit/s: about that rate, in the right direction."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        ["iperf3", "-s", "-1", "-p", port, "-B", "127.0.0.1"], stdout=subprocess.DEVNULL
    ) as server:
        out = b""
        for _ in range(20):
            reverse = ["-R"] if way == "down" else []
            run = ["iperf3", "-c", "127.0.0.1", "-p", port, "--json", "-n", "600K", "-b", "20M", *reverse]
            out = subprocess.run(run, capture_output=True, check=False).stdout
            if b'"error"' not in out:
                break
            time.sleep(0.1)
        server.wait(timeout=10)
    (found,) = speeds_in(read(out))
    assert 1 * MBIT < (found.rate(way) or 0) < 2000 * MBIT
    assert found.rate("down" if way == "up" else "up") is None
    assert abs(found.at.timestamp() - time.time()) < 60


OOKLA = {
    "type": "result",
    "timestamp": "2026-03-02T10:00:00Z",
    "ping": {"jitter": 0.5, "latency": 11.2},
    "download": {"bandwidth": 11_750_000, "bytes": 1, "elapsed": 1},
    "upload": {"bandwidth": 5_000_000},
    "packetLoss": 0,
    "isp": "x",
    "server": {"id": 1, "host": "speed.example.net", "name": "Example"},
    "result": {"url": "https://www.speedtest.net/result/c/1"},
}
LOG = {
    "type": "log",
    "timestamp": "2026-03-02T11:00:00Z",
    "message": "Configuration - Could not connect",
    "level": "error",
}


def test_ookla_counts_bytes() -> None:
    """11.75 MB/s are 94 Mbit/s; a log of errors between is a failed test; the course of a test is none."""
    lines = [
        json.dumps(one) for one in (OOKLA, {"type": "testStart", "timestamp": "2026-03-02T10:00:00Z"}, LOG)
    ]
    found = speeds_in(read("\n".join(lines)))
    assert [(t.down, t.up, t.failed) for t in found] == [
        (94 * MBIT, 40 * MBIT, ""),
        (None, None, "Configuration - Could not connect"),
    ]
    assert found[0].latency == pytest.approx(0.0112) and found[0].at == at("2026-03-02T10:00:00+00:00")
    cli = {
        "download": 94e6,
        "upload": 40e6,
        "ping": 11.2,
        "server": {"host": "a"},
        "timestamp": "2026-03-02T10:00:00.5Z",
        "bytes_sent": 1,
    }
    assert [(t.down, t.up) for t in speeds_in(read(cli))] == [(94 * MBIT, 40 * MBIT)]


HEAD = (
    '"server name","server id","idle latency","idle jitter","packet loss","download","upload",'
    '"download bytes","upload bytes","share url"'
)
ROW = '"Example - Berlin","1","11.2","0.5","0","11750000","5000000","1","2","https://www.speedtest.net/result/c/1"'


@pytest.mark.parametrize(
    ("content", "when"),
    [
        (f'"timestamp",{HEAD}\n"2026-03-02 11:00:00",{ROW}\n', "2026-03-02T11:00:00+01:00"),
        (f"{HEAD}\n2026-03-02 11:00:00,{ROW}\n", "2026-03-02T11:00:00+01:00"),
        (f"2026-03-02 11:00:00,{ROW}\n2026-03-02 12:00:00,{ROW}\n", "2026-03-02T11:00:00+01:00"),
        (f"\ufeff{HEAD},time\r\n{ROW},2026-03-02T10:00:00Z\r\n", "2026-03-02T10:00:00+00:00"),
        (f"2026-03-02,11:00:00,{ROW}\n", "2026-03-02T11:00:00+01:00"),
    ],
)
def test_ookla_csv_with_the_stamp_of_a_script(content: str, when: str) -> None:
    """Before the row, under a heading of its own or none, in one cell or two, with a zone or without."""
    found = speeds_in(read(content, "speed.csv"))
    assert (found[0].at, found[0].down, found[0].up) == (at(when), 94 * MBIT, 40 * MBIT)


def test_ookla_csv_without_a_time_is_refused() -> None:
    """A rate without a time is no record; an error line with one is a failed test."""
    reading = read(f"{HEAD}\n{ROW}\n", "speed.csv")
    assert not reading.records and [f.weight for f in reading.findings] == [Weight.REFUSED]
    reading = read(
        f"{HEAD}\n2026-03-02 11:00:00,{ROW}\n[2026-03-02 12:00:00.123] [error] Cannot open socket: x\n",
        "s.csv",
    )
    assert [t.failed for t in speeds_in(reading)] == ["", "Cannot open socket: x"]
    cli = "Server ID,Sponsor,Server Name,Timestamp,Distance,Ping,Download,Upload,Share,IP Address\n"
    cli += "1,X,Berlin,2026-03-02T10:00:00Z,1,11.2,94000000.0,40000000.0,,203.0.113.1\n"
    assert [(t.down, t.tool) for t in speeds_in(read(cli, "s.csv"))] == [(94 * MBIT, "speedtest-cli")]


def forms() -> list[str]:
    """The tables of third parties, one after the other."""
    parts = (DATA / "breitbandmessung-forms.txt").read_text().split("### ")[1:]
    return [part.partition("\n")[2] for part in parts]


@pytest.mark.parametrize(
    ("number", "count", "first", "down", "up", "width"),
    [
        (0, 1, "2026-03-03T14:26:41+01:00", 558_900_000, 53_290_000, 0),
        (1, 1, "2026-03-03T14:30:26+01:00", 469_010_000, 53_990_000, 0),
        (2, 3, "2026-03-15T14:00:00+01:00", 235_500_000, 38_500_000, 60),
        (3, 1, "2026-03-15T14:00:00+01:00", 1_000_500_000, 50_250_000, 60),
    ],
)
def test_breitbandmessung_in_all_forms(
    number: int, count: int, first: str, down: int, up: int, width: int
) -> None:
    """Day and time in one cell, the time last, in two columns, a thousand and a half; as CP1252 and CRLF too."""
    for data in (forms()[number].encode(), forms()[number].replace("\n", "\r\n").encode("cp1252")):
        reading = read(data, "messungen.csv")
        found = speeds_in(reading)
        assert (reading.reader, len(found), reading.rows_rejected) == ("breitbandmessung", count, 0)
        assert (found[0].at, found[0].down, found[0].up, found[0].width) == (at(first), down, up, width)


def test_breitbandmessung_with_the_tariff_and_a_failed_test() -> None:
    """The promised speeds stand beside each row; a row without a figure is a test that failed."""
    table = (
        "Messzeitpunkt;Download (Mbit/s);Upload (Mbit/s);Download Soll maximal (Mbit/s);"
        "Download Soll normalerweise (Mbit/s);Download Soll minimal (Mbit/s)\n"
        "03.03.2026 14:26:41;558,90;53,29;1.000;850;600\n03.03.2026 14:36:41;-;-;1.000;850;600\n"
        "25.10.2026 02:30:00;500;50;1.000;850;600\nkaputt;1;1;;;\n"
    )
    reading = read(table, "x.csv")
    found = speeds_in(reading)
    assert found[0].promised and found[0].promised.of("down") == (1000 * MBIT, 850 * MBIT, 600 * MBIT)
    assert [bool(t.failed) for t in found] == [False, True, False]
    assert found[2].width == 3600 and found[2].at == at("2026-10-25T02:30:00+02:00")
    assert {"time.twice", "breitband.no_time"} <= codes(reading) and reading.rows_rejected == 1


def test_the_measuring_protocol_by_its_lines() -> None:
    """A PDF that says so: number, day, minute, rates; and its own verdict, marked as not confirmed."""
    pages = (
        "Breitbandmessung\nMessprotokoll\n1 03.03.2026 14:26 558,90 Mbit/s 53,29 Mbit/s\n"
        "2 03.03.2026 14:36 1.000,50 Mbit/s 50,00 Mbit/s\nEine Abweichung wurde festgestellt.\n"
    )
    line = "Rechnung 1 03.03.2026 14:26 5 Mbit/s"
    assert breitbandmessung.is_protocol(pages) and not breitbandmessung.is_protocol(line)
    reading = breitbandmessung.protocol(blob(b"", "p.pdf"), pages, BERLIN)
    assert [(t.down, t.up, t.width) for t in speeds_in(reading)] == [
        (558_900_000, 53_290_000, 60),
        (1_000_500_000, 50_000_000, 60),
    ]
    assert codes(reading) == {"breitband.protocol", "breitband.verdict"}


def test_ndt7_says_no_time_by_itself() -> None:
    """The summary is refused with its rates, since the UUID holds the server's start; the archive has times."""
    way = {
        "UUID": "ndt-x_1632945031_unsafe_1",
        "Throughput": {"Value": 93.9, "Unit": "Mbit/s"},
        "Latency": {"Value": 11.0, "Unit": "ms"},
    }
    summary = {"ServerFQDN": "ndt.example.net", "ServerIP": "203.0.113.1", "Download": way, "Upload": way}
    events = [
        {"Key": "starting", "Value": {"Test": "download"}},
        {"Key": "measurement", "Value": {"Test": "download"}},
    ]
    reading = read("\n".join(json.dumps(one) for one in (*events, summary)))
    assert (reading.reader, reading.records, codes(reading)) == ("ndt7", (), {"ndt7.no_time"})
    timed = summary | {"StartTime": "2026-03-02T10:00:00.123456789Z"}
    (found,) = speeds_in(read(timed))
    assert (found.down, found.latency) == (93_900_000, 0.011) and found.at.timestamp() == pytest.approx(
        1772445600.123, abs=0.001
    )
    failed = [events[0], {"Key": "error", "Value": {"Test": "download", "Failure": "dial tcp: no route"}}]
    assert codes(read("\n".join(json.dumps(one) for one in failed))) == {"ndt7.failed"}
