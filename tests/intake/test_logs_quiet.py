"""A long log is read by the lines that can tell something: what it says is the same as by all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.intake.devices import quiet, unknown
from heller.intake.devices.families import sign_of
from heller.intake.servers import postfix, syslog
from heller.model.record import Blob

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
LOGS = [
    path
    for folder in (
        HERE / "data" / "logs",
        HERE.parent / "outage" / "data" / "layouts",
        HERE.parent / "outage" / "data" / "strangers",
    )
    for path in sorted(folder.rglob("*"))
    if path.is_file() and path.suffix in (".log", ".txt", "") and path.stat().st_size < 200_000
]


def _tells(line: syslog.SyslogLine) -> bool:
    """Whether a line says something to anybody."""
    told = sign_of(line)
    return bool(
        (told and (told.sign or told.own_host))
        or postfix.is_mail(line)
        or unknown.about_line(f"{line.program} {line.said}")
    )


def test_no_line_that_tells_something_is_without_a_stem() -> None:
    """Of all samples: a sign of any family, a mail server's line and one that is quoted have a stem."""
    asked = 0
    for path in LOGS:
        for row, raw in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            line = syslog.line(row, raw)
            if line is not None and _tells(line):
                asked += 1
                assert any(stem in raw.lower() for stem in quiet.STEMS), raw
    assert asked > 150


def _long(n: int, events: dict[int, str]) -> bytes:
    """A log of a second a line: leases, and what happens at some of them."""
    lines = []
    for k in range(n):
        at = datetime(2026, 12, 31, 20) + timedelta(seconds=k)
        said = events.get(k, f"dnsmasq-dhcp[7]: DHCPACK(br-lan) 192.168.1.{k % 200} pc{k % 50}")
        lines.append(f"{at:%b %e %H:%M:%S} router {said}")
    return "\n".join(lines).encode() + b"\n"


def test_a_long_log_says_what_it_says_by_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over New Year, with an outage between many leases: the same log, the same doubts, the same number of lines."""
    events = {
        9000: "netifd: Interface 'wan' is now down",
        9100: "newdaemon: Leitung beginnt gestört zu sein",
        16000: "netifd: Interface 'wan' is now up",
    }
    blob = Blob("router.log", _long(20_000, events), "d", date(2027, 1, 1))
    quick = intake.read(blob, BERLIN)
    monkeypatch.setattr(quiet, "LONG", 10**9)
    assert quick == intake.read(blob, BERLIN) and quick.rows == 20_000
    assert len(quiet.rows(blob).kept) == 20_000
    monkeypatch.setattr(quiet, "LONG", 5_000)
    assert len(quiet.rows(blob).kept) < 2_500
