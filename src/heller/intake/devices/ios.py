"""Messages in the form of Cisco: IOS, IOS XE, IOS XR, NX-OS, and Arista's EOS, which took it over.

`%LINK` and `%LINEPROTO` speak of ports; neighbours of BGP and OSPF, and BFD, are signs of a session at most.
"""

from __future__ import annotations

import re

from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.intake.written.log_years import WrittenTime
from heller.model.kinds.device_log import DeviceSign

IOS, XR, NXOS, EOS = "Cisco IOS", "Cisco IOS XR", "Cisco NX-OS", "Arista EOS"
_STATE = re.compile(
    r"(?:Line protocol on )?(?:Interface|Controller) (?P<port>[^,]+), changed state to "
    r"(?P<state>administratively down|Administratively Down|Admin(?:istratively)?-?down|[Dd]own|[Uu]p)"
)
_DIALER = re.compile(r"Interface (?P<port>\S+) (?:un)?bound (?:to|from) profile")
_NEXUS = re.compile(
    r"(?:Interface |individual port )(?P<port>\S+) is (?P<state>down|up)(?: \((?P<why>[^)]*)\))?"
)
_BGP = re.compile(
    r"neighbor (?P<who>\S+?)(?:\(.*?\))? (?:.* )?(?P<state>Up|Down)\b"
    r"|peer (?P<peer>\S+) .*old state (?P<old>\w+) .*new state (?P<new>\w+)"
)
_OSPF = re.compile(r"Nbr (?P<who>\S+) .*from (?P<old>\w+) to (?P<new>\w+)")
_BFD = re.compile(
    r"peer \(.{0,200}?ip:(?P<who>[^,]{1,99}).{0,300}changed state from \w{1,40} to (?P<state>Up|Down)"
)
# Ports of a session that runs over a line (PPP over ATM or Ethernet), and ports that carry no line at all.
SESSION = ("Dialer", "Di", "Virtual-Access", "Vi", "Virtual-PPP", "Tunnel")
_NEVER_A_LINE = (
    *("Loopback", "Null", "NVI", "Vlan", "BVI", "Virtual-Template"),
    *("mgmt", "Management", "loopback", "Lo", "MgmtEth"),
)
_RESTARTS = ("SYS-5-RESTART", "SYS-5-RELOAD")


def sign_of(line: SyslogLine) -> LineSign | None:
    """What a message of this form says; None where the line is of another form."""
    if not line.tag:
        return None
    maker = _maker(line)
    if line.tag in _RESTARTS:
        return LineSign(maker, DeviceSign.RESTART)
    if dialer := _DIALER.match(line.said):
        up = line.tag.endswith("-BIND")
        return LineSign(maker, DeviceSign.SESSION_UP if up else DeviceSign.SESSION_DOWN, dialer["port"])
    if line.tag.startswith(("BGP-", "ROUTING-BGP", "OSPF-", "ROUTING-OSPF", "BFD-")):
        return _neighbour(maker, line)
    return _port(maker, line)


def _maker(line: SyslogLine) -> str:
    if re.search(r"RP/\d+/\w+/CPU\d", line.raw):
        return XR
    if isinstance(line.server, WrittenTime) and line.server.year and not line.device:
        return NXOS
    return EOS if line.program and not line.device else IOS


def _port(maker: str, line: SyslogLine) -> LineSign:
    state = _STATE.match(line.said) or _NEXUS.match(line.said)
    if state is None or state["port"].startswith(_NEVER_A_LINE):
        return LineSign(maker)
    port, low = state["port"], state["state"].lower()
    why = (state.groupdict().get("why") or "").lower()
    if low.startswith("admin") or why.startswith("administratively"):
        return LineSign(maker, DeviceSign.OWN_ACT, port)
    session = line.tag.startswith("LINEPROTO") or port.startswith(SESSION)
    if low == "up":
        return LineSign(maker, DeviceSign.SESSION_UP if session else DeviceSign.LINE_UP, port)
    return LineSign(maker, DeviceSign.SESSION_DOWN if session else DeviceSign.LINE_DOWN, port)


def _neighbour(maker: str, line: SyslogLine) -> LineSign:
    """A neighbour that came or went: the path to one other router, not the line as a whole."""
    if hit := _BFD.search(line.said):
        return LineSign(maker, _session(up=hit["state"] == "Up"), f"BFD {hit['who']}")
    if (hit := _OSPF.search(line.said)) and "FULL" in (hit["old"].upper(), hit["new"].upper()):
        return LineSign(maker, _session(up=hit["new"].upper() == "FULL"), f"OSPF {hit['who']}")
    if hit := _BGP.search(line.said):
        if hit["state"]:
            return LineSign(maker, _session(up=hit["state"] == "Up"), f"BGP {hit['who']}")
        if "Established" in (hit["old"], hit["new"]):
            return LineSign(maker, _session(up=hit["new"] == "Established"), f"BGP {hit['peer']}")
    return LineSign(maker)


def _session(*, up: bool) -> DeviceSign:
    return DeviceSign.SESSION_UP if up else DeviceSign.SESSION_DOWN


FAMILIES = (sign_of,)
