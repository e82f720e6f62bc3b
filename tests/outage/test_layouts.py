"""One cut as each maker, monitor and person would write it: 17 June 2026, 14:07:10 to 15:42:40 in Berlin. The files are
made by hand, each in a layout of its own (docs/logs.md says which layouts were found and which rest on memory)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.model.finding import Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Outage, Strength
from heller.model.record import Blob, Reading
from heller.outage import detect

HERE = Path(__file__).parent / "data" / "layouts"
BERLIN = ZoneInfo("Europe/Berlin")
DEAD = tuple(
    datetime(2026, 6, 17, *clock, tzinfo=BERLIN).astimezone(UTC) for clock in ((14, 7, 10), (15, 42, 40))
)
LATE = timedelta(seconds=265)  # a controller or a monitor of many hosts notices minutes late


def _reading(name: str, data: bytes) -> Reading:
    return intake.read(Blob(name, data, sha256(data).hexdigest(), date(2026, 12, 31)), BERLIN)


def _outages(reading: Reading) -> tuple[Outage, ...]:
    probes = [record for record in reading.records if isinstance(record, ProbeLog)]
    devices = [record for record in reading.records if isinstance(record, DeviceLog)]
    return tuple(detect(probes, devices, []).outages)


@pytest.mark.parametrize("path", sorted(HERE.iterdir()), ids=lambda path: path.name)
def test_each_layout_tells_the_same_cut(path: Path) -> None:
    """One outage, with the cut inside its bounds up to what its writer is late, and none of it invented."""
    (outage,) = _outages(_reading(path.name, path.read_bytes()))
    assert abs(outage.span.start - DEAD[0]) <= LATE and abs(outage.span.end - DEAD[1]) <= LATE
    assert outage.shortest <= DEAD[1] - DEAD[0] + timedelta(seconds=5)  # it notices both ends a little late


def _rows(path: Path) -> list[str]:
    return path.read_text().rstrip("\n").split("\n")


LINES = sorted(
    path for path in HERE.iterdir() if path.suffix in (".log", ".txt") and "mikrotik-net" not in path.name
)


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.name)
def test_a_line_less_never_makes_it_longer(path: Path) -> None:
    """Whichever line is missing: the outage is not longer than with it, or its end is open and that is said."""
    rows = _rows(path)
    whole = _outages(_reading(path.name, path.read_bytes()))[0]
    for n in range(len(rows)):
        reading = _reading(path.name, "\n".join([*rows[:n], *rows[n + 1 :], ""]).encode())
        for outage in _outages(reading):
            assert outage.shortest <= whole.shortest + timedelta(seconds=65), rows[n]


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.name)
def test_a_gap_in_the_middle_is_no_longer_outage(path: Path) -> None:
    """The lines of the middle third are gone: what is left claims no more than the whole."""
    rows = _rows(path)
    third = max(1, len(rows) // 3)
    whole = _outages(_reading(path.name, path.read_bytes()))[0]
    for outage in _outages(_reading(path.name, "\n".join([*rows[:third], *rows[-third:], ""]).encode())):
        assert outage.shortest <= whole.shortest + timedelta(seconds=65)


@pytest.mark.parametrize(
    "message",
    [
        "WAN connection test failed, retrying",
        "PPPoE connecting to provider",
        "Internetverbindung wird aufgebaut",
        "VPN tunnel to gateway lost",
        "DNS server of provider not reachable",
        "WLAN: uplink of repeater lost",
        "Telefonie: Anmeldung beim Anbieter fehlgeschlagen",
        "Firmware update of gateway available",
    ],
)
def test_what_only_looks_like_the_line_is_no_outage(message: str) -> None:
    """Words of telephones, tunnels, names and attempts make nothing by their plain sense."""
    line = f"<134>2026-06-17T14:07:10+02:00 box daemon: {message}\n"
    assert not _outages(_reading("box.log", line.encode() * 2))


@pytest.mark.parametrize(
    "said",
    [
        "charon: IKE_SA to gateway lost",
        "nginx: upstream gateway down",
        "fetchmail: Verbindung zum Provider fehlgeschlagen",
    ],
)
def test_what_servers_call_a_gateway_is_no_line(said: str) -> None:
    """A tunnel, an upstream, a mailbox: words of programs that are no router."""
    line = f"<134>2026-06-17T14:07:10+02:00 box {said}\n"
    assert not _outages(_reading("box.log", line.encode() * 2))


def test_plain_words_are_a_suspicion_and_quoted() -> None:
    """A maker that nobody here knows is believed to mean what it says, with a warning, and proves nothing alone."""
    data = (HERE / "30-teltonika.log").read_bytes()
    reading = _reading("30-teltonika.log", data)
    (warned,) = [f for f in reading.findings if f.code == "log.plain_words"]
    assert warned.weight is Weight.WARNING and "Port WAN link down" in str(warned.text.args["message"])
    assert _outages(reading)[0].strength is Strength.SUSPECTED
