"""Logs of routers that went over to another way: what they say of it, beside what they say of the line."""

from __future__ import annotations

import pytest
from tests.intake.documents import BERLIN, blob

from heller.intake.readers import fritzbox, syslog
from heller.model.kinds.device_log import DeviceLog
from heller.model.record import Reading


def signs(reading: Reading) -> list[tuple[str, str, str]]:
    """Time of day at the site, sign and port of every event."""
    (log,) = reading.records
    assert isinstance(log, DeviceLog)
    return [(f"{e.at.astimezone(BERLIN):%H:%M:%S}", e.sign.value, e.port) for e in log.events]


# In the words of a stranger's sample (05-fritz-fallback-lte.txt); no document of the maker bears them out.
FRITZBOX = """\
02.03.26 11:32:00 Mobilfunkverbindung wurde getrennt. Internetverbindung wieder über DSL.
02.03.26 11:30:00 Internetverbindung wurde erfolgreich hergestellt. IP-Adresse: 198.51.100.17
02.03.26 11:29:41 DSL ist verfügbar (DSL-Synchronisierung besteht mit 109344/41999 kbit/s).
02.03.26 10:02:30 Internetverbindung über Mobilfunk wurde erfolgreich hergestellt. IP-Adresse: 10.88.3.4
02.03.26 10:02:00 Ersatzverbindung (Ausfallschutz) wird aufgebaut: DSL nicht verfügbar.
02.03.26 10:00:02 Internetverbindung wurde getrennt.
02.03.26 10:00:00 DSL antwortet nicht (Keine DSL-Synchronisierung).
"""


def test_a_fritzbox_that_goes_over_to_the_mobile_network() -> None:
    """The line is down from sync to sync; the mobile network carries from when it stands, not from when it is tried."""
    reading = fritzbox.read(blob(FRITZBOX.encode()), BERLIN)
    assert signs(reading) == [
        ("10:00:00", "line_down", ""),
        ("10:00:02", "session_down", ""),
        ("10:02:30", "detour_up", ""),
        ("11:29:41", "line_up", ""),
        ("11:30:00", "session_up", ""),
        ("11:32:00", "detour_down", ""),
    ]


# mwan3track's words as its source has them (openwrt/packages, net/mwan3).
MWAN3 = """\
2026-03-02T10:00:40+01:00 gw mwan3track[2201]: Interface wan (eth1) is offline
2026-03-02T10:00:41+01:00 gw mwan3track[2202]: Interface {other} (eth2) is online
2026-03-02T11:30:10+01:00 gw mwan3track[2201]: Interface wan (eth1) is online
2026-03-02T11:30:12+01:00 gw mwan3track[2202]: Interface {other} (eth2) is offline
"""


@pytest.mark.parametrize("other", ["lte", "wanb"])
def test_mwan3_names_the_line_that_stands_in(other: str) -> None:
    """A mobile port stands in for the line, and so does one whose first word is that it took over."""
    reading = syslog.read(blob(MWAN3.format(other=other).encode()), BERLIN)
    assert [sign for _, sign, _ in signs(reading)] == [
        "session_down",
        "detour_up",
        "session_up",
        "detour_down",
    ]
    assert "syslog.mobile" in {finding.code for finding in reading.findings}


UNIFI = """\
<134>2026-03-02T10:00:00+01:00 UCG-Ultra ubios-udapi-server[1234]: wanFailover: WAN interface eth4 transition to state inactive
<134>2026-03-02T10:00:04+01:00 UCG-Ultra CEF: 0|Ubiquiti|UniFi Network|9.3.45|111|Internet Disconnected|6|UNIFIwanName=WAN1 msg=WAN1 is down. Failover to WAN2.
<134>2026-03-02T11:30:00+01:00 UCG-Ultra CEF: 0|Ubiquiti|UniFi Network|9.3.45|112|Internet Restored|3|UNIFIwanName=WAN1 msg=WAN1 is back online.
"""  # noqa: E501 -- lines of a log


def test_unifi_says_that_it_failed_over() -> None:
    """Its two layers name one line twice; the one that never says 'up' is told by the other."""
    assert signs(syslog.read(blob(UNIFI.encode()), BERLIN)) == [
        ("10:00:04", "session_down", "WAN1"),
        ("10:00:04", "detour_up", "WAN1"),
        ("11:30:00", "session_up", "WAN1"),
        ("11:30:00", "detour_down", "WAN1"),
    ]


# As owners quote the event EVT_GW_WANTransition in public (Kane610/aiounifi, issue 236).
TRANSITION = """\
2026-03-02T10:00:00+01:00 USG mca-ctrl[9]: Gateway[02:00:00:d2:0e:01] WAN iface eth0 transition to state inactive
2026-03-02T10:00:02+01:00 USG mca-ctrl[9]: Gateway[02:00:00:d2:0e:01] WAN iface eth1 transition to state active
2026-03-02T11:30:00+01:00 USG mca-ctrl[9]: Gateway[02:00:00:d2:0e:01] WAN iface eth0 transition to state active
2026-03-02T11:30:01+01:00 USG mca-ctrl[9]: Gateway[02:00:00:d2:0e:01] WAN iface eth1 transition to state inactive
"""


def test_a_transition_of_two_interfaces_is_a_line_and_its_stand_in() -> None:
    """Which port is the line is told by the order: it went down first, and the other came up for it."""
    found = signs(syslog.read(blob(TRANSITION.encode()), BERLIN))
    assert [(sign, port) for _, sign, port in found] == [
        ("session_down", "eth0"),
        ("detour_up", "eth1"),
        ("session_up", "eth0"),
        ("detour_down", "eth1"),
    ]


EDGEOS = """\
2026-03-02T10:00:15+01:00 edgerouter wlb: Group: G, Interface: eth0, State: inactive->failover
2026-03-02T10:00:15+01:00 edgerouter ubnt-util: WLB-G-eth0 transition to state inactive
2026-03-02T11:30:15+01:00 edgerouter wlb: Group: G, Interface: eth0, State: recover->active
"""


def test_edgeos_says_which_line_was_left() -> None:
    """Two programs of one device speak of the same port."""
    found = signs(syslog.read(blob(EDGEOS.encode()), BERLIN))
    assert [(sign, port) for _, sign, port in found] == [
        ("session_down", "eth0"),
        ("session_down", "eth0"),
        ("session_up", "eth0"),
    ]


def test_two_lines_that_fail_together_are_no_stand_in() -> None:
    """Both go down, both come back: neither carried for the other."""
    both = MWAN3.format(other="wanb").replace("is online\n", "is offline\n", 1)
    found = signs(syslog.read(blob(both.encode()), BERLIN))
    assert not any(sign.startswith("detour") for _, sign, _ in found)
