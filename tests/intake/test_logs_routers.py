"""Logs of routers of all makers: each message by what its source expects, each trap by a line that has it."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.intake.devices.sign import is_uplink
from heller.intake.readers import fritzbox, mikrotik, syslog
from heller.intake.written import log_years
from heller.intake.written.log_years import WrittenTime
from heller.model.errors import HellerError
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.record import Blob, Reading

DATA = Path(__file__).parent / "data" / "logs"
MADE = DATA / "made"
SAMPLES = sorted(p.name.removesuffix(".syslog.msg") for p in DATA.glob("*.syslog.msg"))
DOWN, UP = (DeviceSign.LINE_DOWN, DeviceSign.SESSION_DOWN), (DeviceSign.LINE_UP, DeviceSign.SESSION_UP)


def read(name: str, until: date | None = None) -> Reading:
    """The reading of a made file."""
    data = (MADE / name).read_bytes()
    return intake.read(Blob(name, data, blob(data).digest, until), BERLIN)


def signs(reading: Reading) -> list[tuple[str, str, str]]:
    """Clock in Berlin, sign and port of all events."""
    logs = [r for r in reading.records if isinstance(r, DeviceLog)]
    return [
        (e.at.astimezone(BERLIN).strftime("%H:%M:%S"), e.sign.value, e.port)
        for log in logs
        for e in log.events
    ]


def codes(reading: Reading) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in reading.findings}


def expected(name: str) -> tuple[DeviceSign, ...] | None:
    """The signs that the source's own reading of a message amounts to; None where it is not about a line."""
    yang = json.loads((DATA / f"{name}.yang.json").read_text())
    error, said = yang["error"], json.dumps(yang["yang_message"])
    if error.startswith("INTERFACE_UP"):
        return UP
    if error.startswith(("INTERFACE_DOWN", "LACP_INTERFACE_DOWN")):
        return (DeviceSign.OWN_ACT,) if yang["os"] == "ios" else DOWN
    if error == "BFD_STATE_CHANGE":
        return DOWN
    if error.startswith("BGP"):
        established = '"ESTABLISHED"' in said
        return UP if established else DOWN if yang["os"] == "sonic" else None
    if error.startswith("OSPF_NEIGHBOR_UP"):
        return UP if '"FULL"' in said or '"UP"' in said else None
    return DOWN if error == "OSPF_NEIGHBOR_DOWN" else None


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_read_as_its_source_expects(name: str) -> None:
    """Behind a stated year each real message gives the sign that its own project reads from it, or none."""
    data = (DATA / f"{name}.syslog.msg").read_bytes()
    reading = intake.read(Blob(f"{name}.log", data, blob(data).digest, date(2018, 12, 31)), BERLIN)
    assert reading.reader == "syslog" and not reading.rows_rejected
    found = [DeviceSign(sign) for _, sign, _ in signs(reading)]
    wanted = expected(name)
    assert (len(found) == 1 and found[0] in wanted) if wanted else found == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_device_is_the_one_that_the_source_names(name: str) -> None:
    """The host is found in front of the stamp, behind it, or between number and stamp."""
    yang = json.loads((DATA / f"{name}.yang.json").read_text())
    data = (DATA / f"{name}.syslog.msg").read_bytes()
    reading = intake.read(Blob(name, data, blob(data).digest, date(2018, 12, 31)), BERLIN)
    devices = [r.device for r in reading.records if isinstance(r, DeviceLog)]
    host = yang.get("host") or yang["message_details"]["host"]
    assert devices in ([host], [])
    assert devices or expected(name) is None


@pytest.mark.parametrize("kind", ["txt", "html", "xml"])
def test_a_fritzbox_tells_the_same_in_every_form(kind: str) -> None:
    """Text, push mail and XML: the loss of DSL from 16:38:26 on, the forced break as an own act, no WLAN."""
    found = signs(read(f"fritzbox-dsl-loss.{kind}"))
    assert found == [
        ("04:10:00", "own_act", ""),
        ("04:10:02", "own_act", ""),
        ("04:10:20", "session_up", ""),
        ("16:38:26", "line_down", ""),
        ("16:38:40", "session_down", ""),
        ("16:38:40", "session_down", ""),
        ("16:40:31", "line_up", ""),
        ("16:41:16", "session_down", ""),
        ("16:41:44", "session_up", ""),
    ]


def test_the_push_mail_itself_can_be_handed_in() -> None:
    """The log is the body of the mail; it is read as a member of it."""
    reading = read("fritzbox-push.eml")
    assert len(signs(reading)) == 9
    (log,) = (r for r in reading.records if isinstance(r, DeviceLog))
    assert log.source.member == "ereignisse.html"


def test_openwrt_counts_states_and_leaves_noise() -> None:
    """'Check failed' is a lost ping, lan3 a desk, wwan the mobile line; pppd's signal 15 follows the loss."""
    reading = read("openwrt-logread.log")
    found = signs(reading)
    assert {port for _, sign, port in found if not sign.startswith("detour")} == {"ppp", "wan"}
    assert {port for _, sign, port in found if sign.startswith("detour")} == {"wwan"}
    assert (found[0], found[-1]) == (("08:12:33", "session_down", "ppp"), ("10:40:40", "session_up", "wan"))
    assert "own_act" not in {sign for _, sign, _ in found}
    assert reading.title == "OpenWrt" and "syslog.mobile" in codes(reading)


def test_pppd_over_new_year_takes_its_year_from_the_file_name() -> None:
    """logrotate's name says 1 March 2015: December is of 2014, and what follows signal 15 is an own act."""
    reading = read("pppd-20150301.log")
    (log,) = reading.records
    assert isinstance(log, DeviceLog)
    assert [e.at.year for e in tuple(log.events)[:2]] == [2014, 2014]
    assert log.events[0].at == datetime(2014, 12, 31, 22, 59, 30, tzinfo=UTC)
    assert [e.sign.value for e in tuple(log.events)[-3:]] == ["own_act", "own_act", "session_up"]
    assert "log.year_stated" in codes(reading)


def test_dpinger_comes_late_and_its_send_errors_are_the_own_hosts() -> None:
    """An alarm out of a minute's window is unsure by a minute; a slow line alone is no alarm of loss."""
    reading = read("pfsense-rfc5424.log")
    (log,) = reading.records
    assert isinstance(log, DeviceLog)
    assert [(e.sign.value, e.port) for e in log.events] == [
        ("session_down", "WAN_PPPOE"),
        ("session_up", "WAN_PPPOE"),
    ]
    assert log.uncertainty > 60 and {"syslog.own_host", "syslog.window"} <= codes(reading)


def test_mpd_of_a_firewall_without_a_year_waits_for_one() -> None:
    """RFC 3164: refused alone, read when the year is stated."""
    assert "log.no_year" in codes(read("opnsense-mpd.log"))
    found = signs(read("opnsense-mpd.log", date(2015, 12, 31)))
    assert (found[0], found[-1]) == (("08:12:31", "session_down", "wan"), ("10:40:02", "session_up", "wan"))
    assert ("08:14:00", "line_down", "igb1") in found


def test_mikrotik_reads_what_has_a_day_and_refuses_what_has_none() -> None:
    """The head of a saved log tells the day of its last lines; times alone are not placed."""
    saved = read("mikrotik-saved.txt")
    (log,) = saved.records
    assert isinstance(log, DeviceLog)
    assert log.events[0].at == datetime(2014, 12, 31, 22, 10, tzinfo=UTC)
    assert log.events[-1].at == datetime(2015, 2, 18, 9, 40, 2, tzinfo=UTC)
    assert {e.port for e in log.events} == {"", "pppoe-out1", "ether3"}
    bare = read("mikrotik-times-only.txt")
    assert bare.records == () and "mikrotik.no_date" in codes(bare)
    assert bare.rows == bare.rows_rejected


def test_mikrotik_through_a_syslog_server() -> None:
    """The same messages behind a server's stamp are of the same maker."""
    lines = (
        "2015-02-04T08:12:31+01:00 192.0.2.88 pppoe,ppp,info pppoe-out1: disconnected",
        "2015-02-04T08:20:00+01:00 192.0.2.88 wireguard,info wg1: disconnected",
        "2015-02-04T10:40:02+01:00 192.0.2.88 pppoe,ppp,info pppoe-out1: connected",
    )
    reading = intake.read(blob("\n".join(lines).encode(), "zentral.log"), BERLIN)
    assert [sign for _, sign, _ in signs(reading)] == ["session_down", "session_up"]
    assert reading.title == "MikroTik, 192.0.2.88"


def test_a_server_with_several_devices_gives_a_log_for_each() -> None:
    """Two routers in one file: their ports are not mixed."""
    rows = [
        "2015-02-04T08:12:31Z gw1 7: %LINK-3-UPDOWN: Interface ATM0, changed state to down",
        "2015-02-04T08:12:32Z gw2 7: %LINK-3-UPDOWN: Interface ATM0, changed state to down",
        "2015-02-04T08:13:32Z gw2 8: %LINK-3-UPDOWN: Interface ATM0, changed state to up",
    ]
    reading = syslog.read(blob("\n".join(rows).encode()), BERLIN)
    assert [(r.device, len(r.events)) for r in reading.records if isinstance(r, DeviceLog)] == [
        ("gw1", 1),
        ("gw2", 2),
    ]


@pytest.mark.parametrize(
    ("wrapped", "encoding"),
    [("\ufeff{}", "utf-8"), ("{}", "utf-16"), ("{}", "cp1252"), ("{}\0\0\0", "utf-8")],
)
def test_encodings_and_line_ends_do_not_matter(wrapped: str, encoding: str) -> None:
    """A BOM, UTF-16, Latin-1, CRLF and the NUL bytes of a power cut: the same events."""
    for name in ("fritzbox-dsl-loss.txt", "openwrt-logread.log"):
        said = (MADE / name).read_text("utf-8").replace("\n", "\r\n")
        reading = intake.read(blob(wrapped.format(said).encode(encoding), name), BERLIN)
        assert signs(reading) == signs(read(name))


def test_a_rotated_log_brings_its_year_along() -> None:
    """gzip keeps when the file was last written; that day says the year."""
    said = (MADE / "opnsense-mpd.log").read_bytes()
    packed = gzip.compress(said, mtime=int(datetime(2015, 2, 5, tzinfo=UTC).timestamp()))
    reading = intake.read(blob(packed, "system.log.1.gz"), BERLIN)
    (log,) = reading.records
    assert isinstance(log, DeviceLog)
    assert (
        log.events[0].at == datetime(2015, 2, 4, 7, 12, 31, tzinfo=UTC)
        and log.source.member == "system.log.1"
    )
    broken = intake.read(blob(packed[:-12], "system.log.1.gz"), BERLIN)
    assert broken.records == () and broken.findings[0].code == "refused"


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2020, 12, 31)),
    st.lists(st.integers(0, 200 * 86_400), min_size=1, max_size=30),
)
def test_years_are_found_again(begin: datetime, steps: list[int]) -> None:
    """Stamps without a year, in order and less than a year apart, get back the years that they had."""
    times = [begin.replace(microsecond=0)]
    for step in steps:
        times.append(times[-1] + timedelta(seconds=step))
    stamps = [WrittenTime(0, t.month, t.day, t.hour, t.minute, t.second) for t in times]
    if log_years._unset(stamps) or log_years._anew(stamps):
        return  # the first hours of a January before a longer silence look like a clock that nobody set
    found = log_years.years_of(stamps, Blob("x", b"", "", times[-1].date()))
    assert found.times == times and not found.missing


def test_a_clock_that_nobody_set_moves_no_year() -> None:
    """Two lines of 1 January in the middle of November are of a clock that was not set, and no new year."""
    days = [(11, 4), (1, 1), (1, 1), (11, 5)]
    stamps = [WrittenTime(0, month, day, 0, n, 0) for n, (month, day) in enumerate(days)]
    found = log_years.years_of(stamps, Blob("x", b"", "", date(2015, 11, 30)))
    assert [t and t.year for t in found.times] == [2015, 1972, 1972, 2015]


@pytest.mark.parametrize(
    ("port", "outward"),
    [("wan", True), ("wan2", True), ("pppoe-wan", True), ("wwan", True), ("wan6", False), ("lan", False)],
)
def test_which_interfaces_lead_outward(port: str, outward: bool) -> None:
    """By their names; one for IPv6 alone is not the whole line."""
    assert is_uplink(port) is outward


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(p.name for p in MADE.iterdir())))
def test_no_bytes_break_the_readers(junk: bytes, name: str) -> None:
    """Junk in the middle of a log costs findings, never a traceback."""
    data = (MADE / name).read_bytes()
    middle = len(data) // 2
    for reader in (fritzbox, syslog, mikrotik):
        try:
            reading = reader.read(blob(data[:middle] + junk + data[middle:], name), BERLIN)
        except HellerError:
            continue  # broken XML is refused with a reason
        assert reading.rows >= reading.rows_rejected
