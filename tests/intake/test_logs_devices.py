"""Logs of routers: what concerns the line, at which time, and how sure that time is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.intake.readers import fritzbox, syslog
from heller.model.finding import Weight
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "logs"
UPDOWN = "%LINEPROTO-5-UPDOWN: Line protocol on Interface"
LINK = "%LINK-3-UPDOWN: Interface"


def only(reading: Reading) -> DeviceLog:
    """The one device log of a reading."""
    (found,) = reading.records
    assert isinstance(found, DeviceLog)
    return found


def codes(reading: Reading) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in reading.findings}


def ios(*lines: str) -> Reading:
    """The reading of a Cisco log."""
    return syslog.read(blob("\n".join(lines).encode()), BERLIN)


def box(*lines: str) -> Reading:
    """The reading of a FRITZ!Box log."""
    return fritzbox.read(blob("\n".join(lines).encode()), BERLIN)


WITH_YEAR = ("junos_LACP_INTERFACE_DOWN_default", "nxos_INTERFACE_DOWN", "sonic_")


@pytest.mark.parametrize(
    "name", sorted(p.name for p in DATA.glob("*.syslog.msg") if not p.name.startswith(WITH_YEAR))
)
def test_a_log_without_year_is_refused(name: str) -> None:
    """Real lines of routers carry no year: none is guessed, nothing is taken from them."""
    reading = intake.read(blob((DATA / name).read_bytes(), name), BERLIN)
    assert (reading.reader, reading.records) == ("syslog", ())
    assert [f.weight for f in reading.findings if f.code == "log.no_year"] == [Weight.REFUSED]


def test_the_year_comes_from_the_syslog_server() -> None:
    """A real line behind a server's stamp is read; 'administratively down' is the customer's own act."""
    raw = (DATA / "ios_INTERFACE_DOWN_time_synchronized.syslog.msg").read_text()
    log = only(ios("2018-05-09T12:49:28+00:00 " + raw.removeprefix("<189>")))
    (event,) = log.events
    assert (event.sign, event.port) == (DeviceSign.OWN_ACT, "GigabitEthernet2")
    assert event.at == datetime(2018, 5, 9, 12, 49, 28, tzinfo=UTC)
    assert "12:49:27.098" in event.message and log.device == "NetAuto_CSRv-03"


def test_the_year_is_that_of_the_nearest_new_year() -> None:
    """Written at 23:59:59 on 31 December, received in the new year."""
    log = only(
        ios(f"2016-01-01T00:00:01+00:00 gw1 7: Dec 31 23:59:59.5 UTC: {UPDOWN} Di0, changed state to down")
    )
    assert log.events[0].at == datetime(2016, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert log.uncertainty == 1.0


def test_two_clocks_give_their_median_difference() -> None:
    """The router is 70, 71 and 70 seconds behind: its milliseconds are kept, moved by 70 seconds."""
    rows = [
        (0, "08:12:31", "07:11:21.000", "ATM0", "down"),
        (1, "08:12:33", "07:11:22.000", "Dialer0", "down"),
        (2, "09:00:00", "07:58:50.000", "ATM0", "up"),
    ]
    reading = ios(
        *(
            f"2015-02-04T{server}+01:00 gw1 {n}: .Feb  4 {device}: {LINK} {port}, changed state to {state}"
            for n, server, device, port, state in rows
        )
    )
    log = only(reading)
    assert [e.at.time().isoformat() for e in log.events] == ["07:12:31", "07:12:32", "08:00:00"]
    assert [e.sign for e in log.events] == [DeviceSign.LINE_DOWN, DeviceSign.SESSION_DOWN, DeviceSign.LINE_UP]
    assert {"syslog.clock_offset", "syslog.clock_lost"} <= codes(reading)
    assert log.uncertainty == 2.0  # a server of whole seconds, and a mark


def test_a_clock_that_was_not_set_after_a_restart_is_not_followed() -> None:
    """After a restart IOS counts from 1 March: such a line takes the server's time."""
    good = [
        f"2015-02-04T08:00:0{n}+00:00 gw1 {n}: Feb  4 08:00:0{n}.000: {UPDOWN} ATM0, changed state to {s}"
        for n, s in ((1, "down"), (2, "up"), (3, "down"))
    ]
    restart = "2015-02-16T13:31:32+00:00 gw1 1: *Mar  1 00:00:09.000: %SYS-5-RESTART: System restarted --"
    log = only(ios(*good, restart))
    assert (log.events[-1].sign, log.events[-1].at) == (
        DeviceSign.RESTART,
        datetime(2015, 2, 16, 13, 31, 32, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("mark", "label", "uncertainty"),
    [("", " UTC", 1.0), (".", " UTC", 60.0), ("*", " CET", 3600.0), ("", "", 3601.0)],
)
def test_marks_and_a_missing_zone_widen_the_uncertainty(mark: str, label: str, uncertainty: float) -> None:
    """With a year but no server: '.' and '*' say how good the clock is, and no zone may be an hour."""
    log = only(ios(f"7: {mark}Feb  4 2015 08:12:31.098{label}: {UPDOWN} Serial0, changed state to down"))
    assert log.uncertainty == uncertainty
    assert log.events[0].at.hour == (7 if "CET" in label else 8)


def test_what_follows_an_own_act_is_part_of_it() -> None:
    """The protocol goes down because the port was switched off; when it is up again it counts again."""
    said = [
        "%LINK-5-CHANGED: Interface ATM0, changed state to administratively down",
        f"{UPDOWN} ATM0, changed state to down",
        f"{LINK} ATM0, changed state to up",
        f"{LINK} ATM0, changed state to down",
        f"{UPDOWN} ATM0, changed state to down",
    ]
    log = only(ios(*(f"2015-02-04T08:00:0{n}Z gw1 {n}: {s}" for n, s in enumerate(said))))
    own, down = DeviceSign.OWN_ACT, DeviceSign.LINE_DOWN
    assert [e.sign for e in log.events] == [own, own, DeviceSign.LINE_UP, down, DeviceSign.SESSION_DOWN]


def test_ports_that_are_no_line_are_left_out() -> None:
    """Loopbacks and VLANs of the own house are not the line."""
    log = only(
        ios(
            *(
                f"2015-02-04T08:00:00Z gw1 1: {UPDOWN} {p}, changed state to down"
                for p in ("Loopback0", "Vlan1")
            )
        )
    )
    assert log.events == ()


LOSS = (
    "17.11.17 16:41:44 Internetverbindung wurde erfolgreich hergestellt. IP-Adresse: 203.0.113.9",
    "17.11.17 16:41:16 PPPoE-Fehler: Zeitüberschreitung.",
    "17.11.17 16:40:31 DSL ist verfügbar (DSL-Synchronisierung besteht mit 23519/9936 kbit/s).",
    "17.11.17 16:38:49 DSL-Synchronisierung beginnt (Training).",
    "17.11.17 16:38:40 Internetverbindung wurde getrennt.",
    "17.11.17 16:38:40 PPPoE-Fehler: Zeitüberschreitung.",
    "17.11.17 16:38:26 DSL antwortet nicht (Keine DSL-Synchronisierung).",
)


@pytest.mark.parametrize("lines", [LOSS, LOSS[::-1], (" ".join(LOSS),)])
def test_a_loss_of_dsl_in_its_usual_order(lines: tuple[str, ...]) -> None:
    """Newest first, oldest first, or copied from the page into one line: the same events in order."""
    log = only(box(*lines))
    ticks = [(e.at.astimezone(BERLIN).time().isoformat(), e.sign.value) for e in log.events]
    assert ticks[0] == ("16:38:26", "line_down")
    assert sorted(ticks[1:3]) == [("16:38:40", "session_down")] * 2
    assert ticks[3:] == [("16:40:31", "line_up"), ("16:41:16", "session_down"), ("16:41:44", "session_up")]


@pytest.mark.parametrize(
    "message",
    [
        'Die WireGuard-Verbindung zur Gegenstelle "Handy" wurde getrennt.',
        "WLAN-Gerät wurde abgemeldet.",
        "Internetverbindung (Telefonie) wurde getrennt.",
        "Internetverbindung IPv6 wurde getrennt.",
        "Anmeldung der Internetrufnummer war nicht erfolgreich.",
    ],
)
def test_messages_that_only_look_like_the_line(message: str) -> None:
    """Only a whitelist counts."""
    reading = box(f"04.02.15 08:12:31 {message}")
    assert only(reading).events == () and "log.not_understood" in codes(reading)


def test_a_forced_disconnection_is_no_fault() -> None:
    """What the box breaks itself to be ahead of the provider is an own act, its 'getrennt' included."""
    log = only(
        box(
            "04.02.15 04:00:20 Internetverbindung wurde erfolgreich hergestellt.",
            "04.02.15 04:00:01 Internetverbindung wurde getrennt.",
            "04.02.15 04:00:00 Die Internetverbindung wird kurz unterbrochen, um der Zwangstrennung durch"
            " den Anbieter zuvorzukommen.",
        )
    )
    assert [e.sign.value for e in log.events] == ["own_act", "own_act", "session_up"]


def test_repeated_messages_keep_their_first_time() -> None:
    """'[3 Meldungen seit ...]' is a message at both times."""
    log = only(
        box("04.02.15 09:00:00 PPPoE-Fehler: Zeitüberschreitung. [3 Meldungen seit 04.02.15 08:12:31]")
    )
    assert [e.at.astimezone(BERLIN).hour for e in log.events] == [8, 9]


def test_the_hour_that_comes_twice_follows_the_order_of_the_log() -> None:
    """25 October 2015: 02:30 in summer time, then 02:10 in winter time, forty minutes later."""
    reading = box(
        "25.10.15 03:05:00 Internetverbindung wurde erfolgreich hergestellt.",
        "25.10.15 02:10:00 PPPoE-Fehler: Zeitüberschreitung.",
        "25.10.15 02:30:00 Internetverbindung wurde getrennt.",
        "25.10.15 01:00:00 Internetverbindung wurde erfolgreich hergestellt.",
    )
    times = [e.at for e in only(reading).events]
    assert times[2] - times[1] == timedelta(minutes=40)
    assert times[3] - times[2] == timedelta(minutes=55)
    assert "log.repeated_hour" not in codes(reading)


def test_a_time_that_came_twice_is_as_wide_as_the_hour() -> None:
    """A single entry in the repeated hour: nothing tells which of the two it was, so it may be either."""
    reading = box(
        "25.10.15 04:05:00 Internetverbindung wurde erfolgreich hergestellt.",
        "25.10.15 02:30:00 Internetverbindung wurde getrennt.",
    )
    down, up = only(reading).events
    assert (down.at, down.width, up.width) == (datetime(2015, 10, 25, 0, 30, tzinfo=UTC), 3600.0, 0.0)
    assert "log.repeated_hour" in codes(reading)


def test_a_box_without_a_clock_is_not_believed() -> None:
    """After a power cut the box counts from an old date until it has a time server."""
    reading = box(
        "04.02.15 09:00:00 Internetverbindung wurde erfolgreich hergestellt.",
        "01.01.15 00:01:10 DSL antwortet nicht (Keine DSL-Synchronisierung).",
        "04.02.15 08:00:00 Internetverbindung wurde getrennt.",
    )
    first, between, last = only(reading).events
    assert first.at <= between.at and between.width == pytest.approx((last.at - first.at).total_seconds())
    assert "log.clock_unset" in codes(reading) and not reading.rows_rejected


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(junk: bytes) -> None:
    """Bad bytes give findings, never a traceback."""
    for reader, line in (
        (fritzbox, LOSS[0]),
        (syslog, f"2015-02-04T08:00:00Z gw1 1: {UPDOWN} ATM0, changed"),
    ):
        assert reader.read(blob(line.encode() + b"\n" + junk), BERLIN).reader == reader.NAME


@pytest.mark.parametrize("line", ["99.99.15 08:00:00 DSL antwortet nicht", "31.02.15 25:00:00 x"])
def test_impossible_days_are_rejected(line: str) -> None:
    """There is no such day: the row is counted."""
    assert box(line).rows_rejected == 1


def test_readers_know_their_own_and_leave_the_rest() -> None:
    """A table, a letter or an empty file is no log."""
    for reader in (fritzbox, syslog):
        assert reader.identify(b"Datum;Uhrzeit;Art\n04.02.15;08:12;Gespr\xe4ch\n", "kontakte.csv").score == 0
        assert reader.identify(b"", "leer.txt").score == 0
    assert fritzbox.identify("\n".join(LOSS).encode(), "ereignisse.txt").score == 85
