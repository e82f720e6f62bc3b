"""One measurement of throughput: HTTP with several streams, or the installed iperf3. Effects, no verdict.

The first second is not counted, so that slow start does not speak for the line (iperf3's `-O 1`). Rates are
what was carried inside TCP, in bit/s. A test that fails is a record that says why.
"""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from msgspec import Struct

from heller.machine.sent import unacknowledged
from heller.model.finding import Locator
from heller.model.kinds.speed_test import MBIT, SpeedTest

OMIT_S = 1.0
CONNECT_S = 5.0
STALLED_S = 5.0  # without a byte: the stream is given up
PIECE = bytes(65536)
UPLOAD = 1 << 40  # announced; the test ends long before
WAYS = ("down", "up")


class Server(Struct, frozen=True):
    """Whom to measure against: `iperf3` is HOST or HOST:PORT, `url` is fetched again and again, `upload` is posted to.
    `source` is the own address that is bound, which chooses the uplink."""

    iperf3: str = ""
    url: str = ""
    upload: str = ""
    source: str = ""
    streams: int = 4
    seconds: int = 10

    @property
    def host(self) -> str:
        """Its name or address."""
        return (
            self.iperf3.rpartition(":")[0]
            if self.iperf3.count(":") == 1
            else self.iperf3 or (urlsplit(self.url).hostname or "")
        )

    @property
    def ways(self) -> tuple[str, ...]:
        """What it can measure."""
        return WAYS if self.iperf3 or self.upload else WAYS[:1]


class Failed(Exception):
    """A measurement that did not come about, in the words of who said so."""


def cost_mb(rates: Sequence[int | None], seconds: int) -> float | None:
    """Megabytes that one test takes at these rates (bit/s): 42.5 for 10 s at 34 Mbit/s; None where none is known."""
    known = [rate for rate in rates if rate]
    return sum(known) * (seconds + OMIT_S) / 8 / MBIT if known else None


def measure(server: Server, done: Callable[[str], None] = lambda way: None) -> SpeedTest:
    """Both ways one after the other; `done` is told each. It never raises for the network."""
    at = datetime.now(UTC)
    tool = "iperf3" if server.iperf3 else "http"
    rates: dict[str, int | None] = {}
    failed = []
    for way in server.ways:
        try:
            rates[way] = _iperf3(server, way) if server.iperf3 else _http(server, way)
        except (Failed, OSError, HTTPException, ValueError) as error:
            failed.append(f"{way}: {str(error) or type(error).__name__}")
        done(way)
    return SpeedTest(
        at=at,
        tool=tool,
        source=Locator(""),
        down=rates.get("down"),
        up=rates.get("up"),
        server=server.iperf3 or server.url,
        failed="; ".join(failed),
    )


def skip(server: Server, why: str) -> SpeedTest:
    """The record of a test that was not made, and why."""
    tool = "iperf3" if server.iperf3 else "http"
    return SpeedTest(
        datetime.now(UTC), tool, Locator(""), server=server.iperf3 or server.url, failed=f"skipped: {why}"
    )


def public_address(url: str, source: str = "") -> str:
    """What a server says from which address one came; empty where it did not answer with one."""
    from ipaddress import ip_address

    try:
        connection = _connected(url, source)
        try:
            connection.request("GET", urlsplit(url).path or "/", headers={"Connection": "close"})
            return str(ip_address(connection.getresponse().read(200).decode("ascii", "replace").strip()))
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError):
        return ""


def _iperf3(server: Server, way: str) -> int:
    """The rate that iperf3 reports as received; raises Failed with its own words."""
    program = shutil.which("iperf3")
    if program is None:
        raise Failed("iperf3 is not installed")
    port = server.iperf3.rpartition(":")[2] if server.iperf3.count(":") == 1 else "5201"
    command = [program, "--json", "--client", server.host, "--port", port, "--connect-timeout", "5000"]
    command += ["--time", str(server.seconds), "--omit", "1", "--parallel", str(server.streams)]
    command += ["--reverse"] * (way == "down") + (["--bind", server.source] if server.source else [])
    try:
        ran = subprocess.run(
            command, capture_output=True, timeout=server.seconds + 30, stdin=subprocess.DEVNULL, check=False
        )
        said = json.loads(ran.stdout)
        if "error" in said:
            raise Failed(str(said["error"]))
        return int(said["end"]["sum_received"]["bits_per_second"])
    except subprocess.TimeoutExpired as error:
        raise Failed("iperf3 did not end") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Failed("iperf3 said nothing that can be read") from error


def _http(server: Server, way: str) -> int:
    """Bits per second over all streams between the end of the first second and the end."""
    counts = [0] * server.streams
    errors: list[str] = []
    stop = threading.Event()
    carry = _fetch if way == "down" else _post

    def stream(number: int) -> None:
        try:
            carry(server, stop, counts, number)
        except (Failed, OSError, HTTPException, ValueError) as error:
            if not stop.is_set():
                errors.append(str(error) or type(error).__name__)

    threads = [threading.Thread(target=stream, args=(n,), daemon=True) for n in range(server.streams)]
    for thread in threads:
        thread.start()
    stop.wait(OMIT_S)
    first, begin = sum(counts), time.monotonic()
    _wait(stop, threads, server.seconds)
    last, end = sum(counts), time.monotonic()
    stop.set()
    for thread in threads:
        thread.join(STALLED_S + CONNECT_S)
    if errors:
        raise Failed(errors[0])
    if last == first:
        raise Failed("not one byte came")
    return round((last - first) * 8 / (end - begin))


def _wait(stop: threading.Event, threads: list[threading.Thread], seconds: float) -> None:
    """Until the time is over, or all streams have failed."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and any(thread.is_alive() for thread in threads):
        stop.wait(min(left, 0.1))


def _fetch(server: Server, stop: threading.Event, counts: list[int], number: int) -> None:
    """Fetch the page again and again over one connection, counting what comes."""
    connection = _connected(server.url, server.source)
    try:
        while not stop.is_set():
            connection.request("GET", _path(server.url))
            answer = connection.getresponse()
            if answer.status != 200:
                raise Failed(f"{answer.status} {answer.reason}")
            while not stop.is_set() and (piece := answer.read1(len(PIECE))):
                counts[number] += len(piece)
    finally:
        connection.close()


def _post(server: Server, stop: threading.Event, counts: list[int], number: int) -> None:
    """Post without an end, counting what the socket took less what still waits in it."""
    connection = _connected(server.upload, server.source)
    sent = 0
    try:
        connection.putrequest("POST", _path(server.upload))
        connection.putheader("Content-Type", "application/octet-stream")
        connection.putheader("Content-Length", str(UPLOAD))
        connection.endheaders()
        while not stop.is_set():
            connection.send(PIECE)
            sent += len(PIECE)
            counts[number] = sent - unacknowledged(connection.sock)
    finally:
        connection.close()


def _connected(url: str, source: str) -> HTTPConnection:
    """A connection that gives up when nothing moves."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Failed(f"{url} is no address of a web server")
    bound = (source, 0) if source else None
    made: HTTPConnection = (
        HTTPSConnection(
            parts.hostname,
            parts.port,
            timeout=CONNECT_S,
            source_address=bound,
            context=ssl.create_default_context(),
        )
        if parts.scheme == "https"
        else HTTPConnection(parts.hostname, parts.port, timeout=CONNECT_S, source_address=bound)
    )
    made.connect()
    made.sock.settimeout(STALLED_S)
    return made


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
