"""What reading a log costs, class by class: processor time and memory, each in a process of its own. What a reader
loads the first time is part of it.

python benchmarks/logs.py [--mb N] [--only NAME,...]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

BEGIN = datetime(2026, 3, 2)


def _at(n: int, step: float = 1.0) -> datetime:
    return BEGIN + timedelta(seconds=n * step)


def fritz(n: int) -> str:
    """An entry every ten seconds."""
    return f"{_at(n, 10):%d.%m.%y %H:%M:%S} {'Internetverbindung wurde getrennt.' if n % 2 else 'DSL ist verfügbar'}"


def openwrt(n: int) -> str:
    """A line of syslog each second."""
    state = "down" if n % 9 == 0 else "up"
    return f"{_at(n):%a %b %e %H:%M:%S %Y} daemon.notice netifd: Interface 'wan' is now {state}"


def sophos(n: int) -> str:
    """A line of key=value each second."""
    state = "Dead" if n % 9 == 0 else "Live"
    stamp = f'date={_at(n):%Y-%m-%d} time={_at(n):%H:%M:%S} timezone="CET"'
    return (
        f'<30>device="SFW" {stamp} log_component="Gateway" message="Gateway 198.51.100.1 on PortB is {state}"'
    )


def ping(n: int) -> str:
    """A probe each second, as `ping -D`."""
    return f"[{1772442000 + n}.123456] 64 bytes from 1.1.1.1: icmp_seq={n % 65536} ttl=57 time=11.0 ms"


def pingplotter(n: int) -> str:
    """A row every five seconds."""
    return "Time,1.1.1.1" if n == 0 else f"{_at(n, 5):%d.%m.%Y %H:%M:%S},{'*' if n % 5000 < 50 else 12}"


def leases(n: int) -> str:
    """A line of syslog each second that says nothing of the line, as most do."""
    return f"{_at(n):%b %e %H:%M:%S} router dnsmasq-dhcp[{n % 9}]: DHCPACK(br-lan) 192.168.1.{n % 200} host{n % 50}"


def fping(n: int) -> str:
    """A probe each second, as `fping -D -l`."""
    told = (
        "timed out (10.2 avg, 0% loss)" if n % 900 < 20 else f"64 bytes, {10 + n % 7}.{n % 10} ms (10.2 avg)"
    )
    return f"[{1772442000 + n}.{n % 99999:05}] 192.0.2.1 : [{n}], {told}"


def probes(n: int) -> str:
    """A row each second of a table with state and time."""
    if n == 0:
        return "Zeit;Status;Antwortzeit (ms)"
    return f"{_at(n):%d.%m.%Y %H:%M:%S};{'down;' if n % 900 < 20 else f'up;{10 + n % 7}'}"


def access(n: int) -> str:
    """A hit each second, in the combined format."""
    asked = (
        f'"GET /artikel/{n % 5000} HTTP/1.1" 200 {n % 9999} "https://shop.example/" "Mozilla/5.0 ({n % 40})"'
    )
    return f"203.0.113.{n % 200} - - [{_at(n):%d/%b/%Y:%H:%M:%S} +0100] {asked}"


CLASSES: dict[str, Callable[[int], str]] = {
    "ping": ping,
    "probes": probes,
    "pingplotter": pingplotter,
    "access": access,
    "fping": fping,
    "fritz": fritz,
    "leases": leases,
    "openwrt": openwrt,
    "sophos": sophos,
}
TABLES = ("probes", "pingplotter")


def made(name: str, size: int) -> bytes:
    """So many bytes of a class."""
    line = CLASSES[name]
    sample = len("\n".join(map(line, range(1, 1001))).encode()) / 1000
    return "\n".join(map(line, range(int(size / sample)))).encode()


def child(name: str, size: int) -> None:
    """In a process of its own: reads, and says what it took."""
    from zoneinfo import ZoneInfo

    from heller import intake
    from heller.model.record import Blob

    data = made(name, size)
    digest, before = sha256(data).hexdigest(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    file = f"{name}-20260303.{'csv' if name in TABLES else 'log'}"
    reading = intake.read(Blob(file, data, digest), ZoneInfo("Europe/Berlin"))
    cpu = time.process_time() - begun
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    lines = data.count(b"\n")
    print(
        json.dumps(
            {"reader": reading.reader, "mb": len(data) / 1e6, "lines": lines, "cpu": cpu, "peak": peak}
        )
    )


def main() -> None:
    """Each class, or the child."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mb", type=float, default=100)
    asked.add_argument("--only", default=",".join(CLASSES))
    asked.add_argument("--child", help=argparse.SUPPRESS)
    given = asked.parse_args()
    size = int(given.mb * 1e6)
    if given.child:
        child(given.child, size)
        return
    for name in given.only.split(","):
        run = [sys.executable, __file__, "--child", name, "--mb", str(given.mb)]
        told = json.loads(subprocess.run(run, check=True, capture_output=True).stdout)
        speed, each = told["mb"] / told["cpu"], told["cpu"] / told["lines"] * 1e6
        print(
            f"{name:14} {told['reader']:12} {each:6.1f} µs a line {speed:7.1f} MB/s {told['peak']:7.0f} MB more memory"
        )


if __name__ == "__main__":
    main()
