"""What the office's own watcher and the router wrote down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from example.calendar import ASLEEP, BACK, BERLIN, DEAD, NEW_ROUTER, WATCH

DEVICE_LAG = 6.6  # seconds by which the router's clock is behind


def files() -> dict[str, bytes]:
    """Two ping logs and the router's log."""
    dice = random.Random(20150204)
    strays = {round(dice.random() * 25000) for _ in range(30)}

    def internet(n: int, at: datetime) -> bool:
        return not DEAD <= at < BACK and n not in strays

    def router(_n: int, at: datetime) -> bool:
        return not NEW_ROUTER[0] <= at < NEW_ROUTER[1]

    return {
        "ping-internet.log": ping("203.0.113.53", 60, 56, (16.0, 24.0), internet, dice),
        "ping-router.log": ping("192.168.178.1", 300, 64, (0.4, 0.9), router, dice),
        "router-syslog.log": syslog(),
    }


def ping(
    target: str,
    step: int,
    ttl: int,
    rtt: tuple[float, float],
    answered: Callable[[int, datetime], bool],
    dice: random.Random,
) -> bytes:
    """As `ping -D -O -i STEP TARGET` writes: answers when they come, losses when the next is sent."""
    lines = [f"PING {target} ({target}) 56(84) bytes of data."]
    at, n = WATCH[0] + timedelta(seconds=3.2), 1
    while at < WATCH[1]:
        if ASLEEP[0] <= at < ASLEEP[1]:  # the office PC slept and sent nothing
            at += timedelta(seconds=step)
            continue
        if answered(n, at):
            ms = dice.uniform(*rtt)
            stamp = at.timestamp() + ms / 1000
            lines.append(f"[{stamp:.6f}] 64 bytes from {target}: icmp_seq={n} ttl={ttl} time={ms:.1f} ms")
        else:
            lines.append(f"[{at.timestamp() + step:.6f}] no answer yet for icmp_seq={n}")
        at += timedelta(seconds=step + dice.uniform(0, 0.004))
        n += 1
    return ("\n".join(lines) + "\n").encode()


def _events() -> Iterator[tuple[datetime, str]]:
    def at(day: int, clock: str) -> datetime:
        return datetime.fromisoformat(f"2015-02-{day:02d}T{clock}").replace(tzinfo=BERLIN)

    line = "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/1, changed state to"
    port = "%LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to"
    yield at(2, "07:01:12.310"), "%SYS-5-CONFIG_I: Configured from console by vty0 (192.168.178.20)"
    yield (
        at(3, "18:22:40.020"),
        "%LINK-5-CHANGED: Interface GigabitEthernet0/2, changed state to administratively down",
    )
    yield at(4, "08:12:32.150"), f"{port} down"
    yield at(4, "08:12:33.160"), f"{line} down"
    yield at(9, "11:05:00.400"), "%SYS-5-CONFIG_I: Configured from console by vty0 (192.168.178.20)"
    yield at(16, "14:19:31.800"), "%SYS-5-RESTART: System restarted --"
    yield at(16, "14:21:05.250"), f"{port} up"
    yield at(16, "14:21:06.260"), f"{line} up"
    yield at(16, "14:21:36.300"), f"{line} down"
    yield at(18, "10:39:48.900"), f"{line} up"


def syslog() -> bytes:
    """As the office's syslog server kept it: its own stamp, the host, the router's stamp."""
    rows = []
    for number, (at, said) in enumerate(_events(), 41):
        device = at - timedelta(seconds=DEVICE_LAG)
        stamp = f"{device:%b} {device.day:2d} {device:%H:%M:%S}.{device.microsecond // 1000:03d}"
        server = at.isoformat(timespec="milliseconds")
        rows.append(f"{server} 192.168.178.1 {number:06d}: {stamp} CET: {said}")
    return ("\n".join(rows) + "\n").encode()
