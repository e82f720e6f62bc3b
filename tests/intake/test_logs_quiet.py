"""A long log is read by the lines that can tell something: what it says is the same as by all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heller import intake
from heller.intake.devices import quiet, unknown
from heller.intake.devices.families import sign_of
from heller.intake.readers import fritzbox
from heller.intake.readers import syslog as syslog_reader
from heller.intake.servers import postfix, syslog
from heller.intake.written import stamped_lines
from heller.model.kinds.device_log import DeviceEvents, DeviceLog
from heller.model.record import Blob, Reading

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


def _by_nouns(reading: Reading) -> Reading:
    """The same with every event as a noun."""
    nouns = [replace(r, events=tuple(r.events)) if isinstance(r, DeviceLog) else r for r in reading.records]
    return replace(reading, records=tuple(nouns))


def _in_columns(reading: Reading) -> bool:
    return any(isinstance(r, DeviceLog) and isinstance(r.events, DeviceEvents) for r in reading.records)


def test_a_long_log_says_what_it_says_by_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over New Year, with an outage between many leases: the same log, the same doubts, the same number of lines."""
    events = {
        9000: "netifd: Interface 'wan' is now down",
        9100: "newdaemon: Leitung beginnt gestört zu sein",
        16000: "netifd: Interface 'wan' is now up",
    }
    blob = Blob("router.log", _long(20_000, events), "d", date(2027, 1, 1))
    assert len(quiet.rows(blob).kept) < 2_500
    quick = intake.read(blob, BERLIN)
    monkeypatch.setattr(stamped_lines, "LONG", 10**9)
    monkeypatch.setattr(quiet, "LONG", 10**9)
    assert _in_columns(quick) and _by_nouns(quick) == intake.read(blob, BERLIN) and quick.rows == 20_000
    assert len(quiet.rows(blob).kept) == 20_000


def test_columns_say_what_every_line_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sample of a log: told in columns it has the same events, in the same words, and the same doubts."""
    in_columns = 0
    for path in LOGS:
        blob = Blob(path.name, path.read_bytes(), "d", date(2026, 12, 31))
        one_by_one = intake.read(blob, BERLIN)
        with monkeypatch.context() as patch:
            patch.setattr(stamped_lines, "LONG", 0)
            found = intake.read(blob, BERLIN)
        assert _by_nouns(found) == _by_nouns(one_by_one), path.name
        in_columns += _in_columns(found)
    assert in_columns > 30


SAID = {
    "syslog": (
        "netifd: Interface 'wan' is now down",
        "netifd: Interface 'wan' is now up",
        "netifd: Interface 'wwan' is now up",
        "netifd: Interface 'wwan' is now down",
        "pppd[9]: Terminating on signal 15",
        "pppd[9]: Modem hangup",
        "pppd[9]: local  IP address 192.0.2.1",
        "kernel: Linux version 5.4",
        "newdaemon: Leitung beginnt zu stocken",
        "dnsmasq: query",
    ),
    "fritz": (
        "Internetverbindung wurde getrennt.",
        "Internetverbindung wurde erfolgreich hergestellt.",
        "DSL antwortet nicht (Keine DSL-Synchronisierung).",
        "DSL ist verfügbar (DSL-Synchronisierung besteht).",
        "Die Internetverbindung wird kurz unterbrochen (Zwangstrennung).",
        "Anmeldung des FRITZ!Box-Benutzers an der Benutzeroberfläche.",
        "FRITZ!Box neu gestartet",
    ),
}
FORMS = {
    "syslog": ("%Y-%m-%dT%H:%M:%S", "%b %e %H:%M:%S", "%a %b %e %H:%M:%S %Y"),
    "fritz": ("%d.%m.%y %H:%M:%S",),
}


@given(
    st.sampled_from(sorted(SAID)),
    st.integers(0, 2),
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 7, 60, 3599, 3600, 90_000, -1, -3600])),
        min_size=2,
    ),
    st.sampled_from(
        [datetime(2026, 3, 28, 23, 59), datetime(2026, 10, 25, 1, 58), datetime(2026, 12, 31, 22)]
    ),
    st.booleans(),
)
def test_columns_follow_the_clock_as_each_line_does(
    maker: str, form: int, story: list[tuple[int, int]], begin: datetime, turned: bool
) -> None:
    """Over the change of the clocks and of the year, backwards and with jumps: the same moments, widths and doubts."""
    rows, at = [], begin
    for said, later in story:
        at += timedelta(seconds=later)
        words = SAID[maker][said % len(SAID[maker])]
        host = "router " if maker == "syslog" else ""
        rows.append(f"{at:{FORMS[maker][form % len(FORMS[maker])]}} {host}{words}")
    blob = Blob("router.log", "\n".join(rows[::-1] if turned else rows).encode(), "d", date(2027, 1, 31))
    reader = syslog_reader if maker == "syslog" else fritzbox
    one_by_one = reader.read(blob, BERLIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamped_lines, "LONG", 0)
        assert _by_nouns(reader.read(blob, BERLIN)) == _by_nouns(one_by_one)
