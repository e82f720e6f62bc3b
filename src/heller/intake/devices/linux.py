"""Routers that run Linux or FreeBSD: OpenWrt (netifd, mwan3), pppd wherever it runs, pfSense and OPNsense.

mwan3's lines 'Check failed' are single lost pings, and dpinger's 'sendto error' is the own host's: neither
is a sign of the line. dpinger judges a window of a minute, so its alarms come late and end late.
"""

from __future__ import annotations

import re

from heller.intake.devices.sign import LineSign, is_uplink
from heller.intake.servers.syslog import SyslogLine
from heller.model.kinds.device_log import DeviceSign

OPENWRT, PPPD, PFSENSE, LINUX = "OpenWrt", "pppd", "pfSense/OPNsense", "Linux"
ANYWHERE = (PPPD, LINUX)  # programs of many makers
DOWN, UP, ACT, RESTART = (
    *(DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP),
    *(DeviceSign.OWN_ACT, DeviceSign.RESTART),
)
WINDOW = 60.0  # seconds over which dpinger judges, as pfSense and OPNsense set it
_NETIFD = re.compile(
    r"(?P<kind>Interface|Network device|Network alias) '(?P<port>[^']+)' (?P<what>link is down|link is up"
    r"|has lost the connection|is now up|is now down|has link connectivity loss)"
)
_MWAN = re.compile(r"Interface (?P<port>\S+) \((?P<device>[^)]*)\) is (?P<state>offline|online)")
_SHOWTIME = re.compile(r"(?P<state>enter|leave) showtime", re.IGNORECASE)
_FREEBSD_LINK = re.compile(
    r"(?:<\d>)?(?P<port>[a-z]+\d+(?:\.\d+)?): link state changed to (?P<state>UP|DOWN)"
)
_BOOT = re.compile(
    r"(?:\[ *0\.0+\] )?(?:Linux version \d|Booting Linux|---<<BOOT>>---)|.{0,300}kernel boot file is"
)
_DPINGER = re.compile(r"(?P<port>\S+) (?P<ip>[0-9a-fA-F.:%\w]+): (?P<what>Alarm|Clear) .*loss (?P<loss>\d+)%")
_GATEWAY = re.compile(
    r".{0,300}Gateway alarm: (?P<port>\S{1,99}) \(Addr:\S{1,99} Alarm:(?P<on>\w{1,40}).{0,300}Loss:(?P<loss>\d+)"
)
_MPD = re.compile(
    r"\[(?P<port>[^\]]+)\] (?:(?P<up>IFACE: Up event)|(?P<down>IFACE: Down event|LCP: no reply to|PPPoE: "
    r"connection (?:timeout|closed)|LCP: authorization failed|LCP: peer not responding)|(?P<close>IFACE: Close "
    r"event|caught fatal signal))"
)
_PPPD: tuple[tuple[str, DeviceSign | None], ...] = (
    (r"(?:local|remote) +IP address ", UP),
    (r"Terminating on signal|Hangup \(SIGHUP\)|Terminating connection due to lack of activity", ACT),
    (r"No response to \d+ echo-requests", DOWN),
    (r"Serial link appears to be disconnected", DOWN),
    (r"LCP terminated by peer", DOWN),
    (r"(?:Modem hangup|Connection terminated|Link terminated)", DOWN),
    (r"Timeout waiting for PAD[OS] packets", DOWN),
    (r"Unable to complete PPPoE Discovery", DOWN),
    (r"LCP: timeout sending Config-Requests", DOWN),
    (r"(?:PAP|CHAP) authentication failed", DOWN),
    (r"Peer not responding", DOWN),
)
_SAID = tuple((re.compile(pattern), sign) for pattern, sign in _PPPD)


def openwrt(line: SyslogLine) -> LineSign | None:
    """netifd's interfaces that lead outward, mwan3's verdicts, the DSL modem's driver."""
    if line.program == "netifd":
        return _netifd(line)
    if line.program.startswith("mwan3"):
        if (hit := _MWAN.match(line.said)) and is_uplink(hit["port"]):
            return LineSign(OPENWRT, UP if hit["state"] == "online" else DOWN, hit["port"])
        return LineSign(OPENWRT)
    if line.program in ("kernel", "dsl_control", "vdsl_cpe_control", "dsl_notify") and (
        hit := _SHOWTIME.search(line.said)
    ):
        up = hit["state"].lower() == "enter"
        return LineSign(OPENWRT, DeviceSign.LINE_UP if up else DeviceSign.LINE_DOWN, "dsl")
    if line.program in ("procd", "dnsmasq", "odhcpd", "hostapd", "dropbear", "firewall"):
        return LineSign(OPENWRT)
    return None


def _netifd(line: SyslogLine) -> LineSign:
    hit = _NETIFD.match(line.said)
    if hit is None or hit["what"] == "has link connectivity loss":
        return LineSign(OPENWRT)
    port, up = hit["port"], hit["what"].endswith("up")
    if hit["kind"] == "Network device":
        # The port of a switch may lead to a desk: it counts where it is named as a line.
        sign = DeviceSign.LINE_UP if up else DeviceSign.LINE_DOWN
        return LineSign(OPENWRT, sign if is_uplink(port) else None, port)
    return LineSign(OPENWRT, (UP if up else DOWN) if is_uplink(port) else None, port)


def pppd(line: SyslogLine) -> LineSign | None:
    """pppd, the same on every Linux. Several sessions of one router are not told apart."""
    if line.program != "pppd":
        return None
    sign = next((sign for pattern, sign in _SAID if pattern.match(line.said)), None)
    return LineSign(PPPD, sign, "ppp" if sign else "")


def pfsense(line: SyslogLine) -> LineSign | None:
    """dpinger's alarms, mpd's sessions, ports of FreeBSD."""
    if line.program == "dpinger":
        if "sendto error" in line.said:
            return LineSign(PFSENSE, own_host=True)
        hit = _DPINGER.match(line.said)
        if hit is None or (hit["what"] == "Alarm" and hit["loss"] == "0"):  # slow, not silent
            return LineSign(PFSENSE)
        return LineSign(PFSENSE, DOWN if hit["what"] == "Alarm" else UP, hit["port"], WINDOW)
    if line.program == "ppp" and (hit := _MPD.match(line.said)):
        port = re.sub(r"_link\d+$", "", hit["port"])
        return LineSign(PFSENSE, UP if hit["up"] else ACT if hit["close"] else DOWN, port)
    if line.program == "kernel" and (hit := _FREEBSD_LINK.match(line.said)):
        sign = DeviceSign.LINE_UP if hit["state"] == "UP" else DeviceSign.LINE_DOWN
        return LineSign(PFSENSE, sign, hit["port"])
    if line.program in ("rc.gateway_alarm", "filterlog", "php-fpm", "ppp", "configd.py"):
        return LineSign(PFSENSE)
    return None


def boot(line: SyslogLine) -> LineSign | None:
    """A kernel that starts: the router, or its power, was off."""
    if line.program in ("kernel", "syslogd") and _BOOT.match(line.said):
        return LineSign(LINUX, RESTART)
    return None


FAMILIES = (
    openwrt,
    pppd,
    pfsense,
    boot,
)
